"""A length of time (接害工龄) that cannot be read, or can be read in more than one way."""

import polars as pl

from wushang.collect.checks.cell_error import shows_error
from wushang.collect.finding import NOTHING, by_word, found
from wushang.collect.table import Table

code = "unreadable_duration"
title = "年限读不出"
WHY = {
    "unreadable": "读不出年限",
    "unit_unknown": "没有写明是年还是月",
    "ambiguous": "小数可能是十分之几年，也可能是几个月",
}


def find(table: Table) -> pl.DataFrame:
    problems = []
    for name in table.of_type("duration"):
        trouble = table.troubles[name]
        if trouble.null_count() == trouble.len():
            continue
        where = trouble.is_not_null() & ~shows_error(table.text[name])
        problems.append(found(table, code, name, where, by_word(trouble, WHY), "请写成“3年2月”这样的年限"))
    return pl.concat([*problems, NOTHING])
