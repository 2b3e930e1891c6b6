"""Unified social credit code (统一社会信用代码): 18 characters with two check characters."""

import polars as pl

from wushang.collect.cells.numbers import SCIENTIFIC
from wushang.collect.cells.usccs import surely_right
from wushang.collect.finding import NOTHING, by_word, found
from wushang.collect.table import Table
from wushang.terms.identifiers import is_uscc, uscc_problem

code = "uscc"
title = "统一社会信用代码校验不通过"
OCR = str.maketrans("IOSVZ", "105U2")  # letters the code does not use, and what they are mistaken for


def find(table: Table) -> pl.DataFrame:
    return pl.concat([*(_column(table, name) for name in table.of_type("uscc")), NOTHING])


def _column(table: Table, name: str) -> pl.DataFrame:
    text = table.text[name]
    text = text.set(text.str.contains(SCIENTIFIC).fill_null(False), None)
    doubtful = text.filter(~surely_right(text)).drop_nulls().unique()
    wrong = {one: why for one in doubtful if (why := uscc_problem(one))}
    if not wrong:
        return NOTHING
    better = {one: mended(one) for one in wrong}
    remedies = {one: _remedy(one, better[one]) for one in wrong}
    suggestion = by_word(text, {one: b for one, b in better.items() if b})
    return found(table, code, name, text.is_in(list(wrong)), by_word(text, wrong), by_word(text, remedies), suggestion)


def mended(text: str) -> str:
    """The code with mistaken letters read as digits, if that alone makes it right; else nothing."""
    tried = text.translate(OCR)
    return tried if tried != text and is_uscc(tried) else ""


def _remedy(text: str, better: str) -> str:
    if not better:
        return "请按营业执照核对后改正；没有的请留空"
    places = [i for i, (a, b) in enumerate(zip(text, better, strict=True)) if a != b]
    return "、".join(f"第 {i + 1} 位 {text[i]} → {better[i]}" for i in places) + "，校验通过"
