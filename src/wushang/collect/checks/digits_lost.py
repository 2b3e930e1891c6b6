"""Digits lost in a cell: a spreadsheet keeps 15 digits of a number, the rest cannot be known."""

import polars as pl

from wushang.collect.cells.numbers import SCIENTIFIC
from wushang.collect.finding import NOTHING, found
from wushang.collect.table import Table

code = "digits_lost"
title = "单元格里的号码丢了位数"
LONG = ("text", "identifier", "document", "uscc", "id_number", "phone", "name", "code")


def find(table: Table) -> pl.DataFrame:
    why = "号码按数字存放，表格软件只留 15 位，后面的位数已经丢失"
    remedy = "不能补猜：请把该列设为文本格式，按原件重新填写后再报"
    problems = [
        found(table, code, name, table.text[name].str.contains(SCIENTIFIC), why, remedy)
        for name in table.of_type(*LONG)
    ]
    numbers = [
        found(table, code, name, table.troubles[name] == "digits_lost", "数字按科学计数法存放，位数不全", remedy)
        for name in table.of_type("integer", "money", "rate", "decimal")
    ]
    return pl.concat([*problems, *numbers, NOTHING])
