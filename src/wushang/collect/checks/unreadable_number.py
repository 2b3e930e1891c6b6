"""A count, an amount or a rate that is no number, or whose unit cannot be known."""

import polars as pl

from wushang.collect.checks.cell_error import shows_error
from wushang.collect.finding import NOTHING, by_word, found
from wushang.collect.table import Table

code = "unreadable_number"
title = "数字读不出"
WHY = {
    "unreadable": "不是数字",
    "fraction": "应为整数",
    "too_long": "数字太长",
    "unit_unknown": "没有写明费率的单位，% 和 ‰ 都说得通",
    "compared": "带大于、小于号，不是一个数",
    "too_exact": "小数位数超过 6 位",
}
REMEDY = {
    "unreadable": "请只填数字，如 1234.50",
    "fraction": "请填整数",
    "too_long": "请核对位数",
    "compared": "请填测得的数",
    "too_exact": "请按检测报告填写",
    "unit_unknown": "请在表头写明单位，如 执行费率(%)，再上传",
}


def find(table: Table) -> pl.DataFrame:
    problems = []
    for name in table.of_type("integer", "money", "rate", "decimal"):
        trouble = table.troubles[name]
        if trouble.null_count() == trouble.len():
            continue
        where = trouble.is_in(list(WHY)) & ~shows_error(table.text[name])
        problems.append(found(table, code, name, where, by_word(trouble, WHY), by_word(trouble, REMEDY)))
    return pl.concat([*problems, NOTHING])
