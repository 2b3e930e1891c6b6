"""Citizen's ID number (公民身份号码). Passports and permits of foreigners are let through."""

import polars as pl

from wushang.collect.cells.numbers import SCIENTIFIC
from wushang.collect.finding import NOTHING, by_word, found
from wushang.collect.table import Table
from wushang.terms.identifiers import id_number_problem

code = "id_number"
title = "身份证号码校验不通过"
FOREIGN = r"^[A-Z]{1,3}\d{6,15}$|^\d{7,10}$"  # passport, permit of Hong Kong, Macao, Taiwan and of foreigners


def find(table: Table) -> pl.DataFrame:
    return pl.concat([*(_column(table, name) for name in table.of_type("id_number")), NOTHING])


def _column(table: Table, name: str) -> pl.DataFrame:
    text = table.text[name]
    passed = text.str.contains(SCIENTIFIC) | text.str.contains(FOREIGN)
    text = text.set(passed.fill_null(False), None)
    wrong = {one: _why(one) for one in text.drop_nulls().unique() if id_number_problem(one)}
    if not wrong:
        return NOTHING
    return found(table, code, name, text.is_in(list(wrong)), by_word(text, wrong), "请按身份证原件核对后改正")


def _why(text: str) -> str:
    """The reason without any digit of the number itself: it is shown to more people than the number is."""
    problem = id_number_problem(text) or ""
    return "出生日期不合理" if problem.startswith("出生日期") else problem
