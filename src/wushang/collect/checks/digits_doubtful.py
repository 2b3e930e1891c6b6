"""A long number that ends in zeros where a spreadsheet cuts: after 15 digits it writes zeros for what it does not know."""

import polars as pl

from wushang.collect.finding import NOTHING, found
from wushang.collect.table import Table

code = "digits_doubtful"
title = "号码末尾的零可疑"
LONG = ("uscc", "id_number", "identifier")
DIGITS = 15  # a spreadsheet keeps


def find(table: Table) -> pl.DataFrame:
    return pl.concat([*(_column(table, name) for name in table.of_type(*LONG)), NOTHING])


def _column(table: Table, name: str) -> pl.DataFrame:
    text = table.text[name]
    wrong = (text.str.len_bytes() > DIGITS + 1) & text.str.ends_with("00")
    if not wrong.any():
        return NOTHING
    zeros = text.filter(wrong)
    lost = zeros.filter(zeros.str.contains(r"^\d{17,}$") & zeros.str.slice(DIGITS).str.contains(r"^0+$"))
    if lost.is_empty():
        return NOTHING
    wrong = text.is_in(lost.implode())
    why = "第 15 位以后都是 0，可能是表格软件把号码当数字存、丢了后面几位"
    return found(table, code, name, wrong, why, "请按原件核对：确是这个号码的按原值接收，否则按原件改正")
