"""The grade of an accident (事故等级) against what its deaths, serious injuries and loss make it by decree 493."""

from functools import reduce

import polars as pl

from wushang.collect.finding import NOTHING, found
from wushang.collect.table import Table
from wushang.terms import codes

code = "accident_grade"
title = "事故等级与伤亡、损失不符"
FIGURES = {"dead": "dead_from", "serious": "serious_from", "loss": "loss_from"}


def find(table: Table) -> pl.DataFrame:
    if table.source.lands != "Accident" or "grade" not in table.header.places:
        return NOTHING
    frame = table.values.select("grade", grade_by_figures().alias("ours"))
    names = {grade.code: grade.name for grade in codes.all("accident_grade")}
    why = "按死亡、重伤、直接经济损失应为" + frame["ours"].replace_strict(names)
    wrong = frame["grade"] != frame["ours"]  # null where no grade is said
    return found(table, code, "grade", wrong, why, "已按原值接收；请核对伤亡和损失", severity="warn")


def grade_by_figures() -> pl.Expr:
    """The worst grade that one of the figures reaches (条例第3条); the first of the list where none does."""
    lowest, *others = codes.all("accident_grade")

    def or_worse(below: pl.Expr, grade: codes.Code) -> pl.Expr:
        reached = [pl.col(name) >= int(grade.extra[least]) for name, least in FIGURES.items() if int(grade.extra[least])]
        return pl.when(pl.any_horizontal(reached).fill_null(False)).then(pl.lit(grade.code)).otherwise(below)

    return reduce(or_worse, others, pl.lit(lowest.code))
