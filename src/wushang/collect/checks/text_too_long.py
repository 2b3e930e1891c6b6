"""A text longer than the ledger's column: to cut it would lose what was said."""

import polars as pl
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from wushang.collect.compare import table_of
from wushang.collect.finding import NOTHING, found
from wushang.collect.table import Table

code = "text_too_long"
title = "文字太长"
TEXTS = ("text", "name", "document", "identifier", "uscc")


def find(table: Table) -> pl.DataFrame:
    if not table.source.lands:
        return NOTHING
    model = table_of(table.source.lands)
    problems = []
    for name in table.of_type(*TEXTS):
        if longest := _longest(model, name):
            why = f"超过 {longest} 个字"
            problems.append(found(table, code, name, table.text[name].str.len_chars() > longest, why, "请写得简短些"))
    keys = table.keys().str.len_chars() > (_longest(model, "key") or 120)
    why = "编号各列合起来太长"
    return pl.concat([*problems, found(table, code, table.source.key[0], keys, why, "请写得简短些"), NOTHING])


def _longest(model: type[models.Model], name: str) -> int:
    """How long the column of that name may be; 0 where there is none or any length fits."""
    try:
        return getattr(model._meta.get_field(name), "max_length", None) or 0
    except FieldDoesNotExist:
        return 0
