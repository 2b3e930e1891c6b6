"""A needed cell is blank, or holds only a placeholder."""

import polars as pl

from wushang.collect.finding import NOTHING, found
from wushang.collect.table import Table

code = "required"
title = "必填项为空"


def find(table: Table) -> pl.DataFrame:
    needed = [name for name, column in table.source.columns.items() if column.required and name in table.header.places]
    problems = [
        found(table, code, name, table.text[name].is_null(), "必填项为空", f"请补填“{table.title(name)}”")
        for name in needed
    ]
    groups = [group for group in table.source.any_of if any(name in table.header.places for name in group)]
    return pl.concat([*problems, *(_any_of(table, group) for group in groups), NOTHING])


def _any_of(table: Table, group: list[str]) -> pl.DataFrame:
    titles = "、".join(table.title(name) for name in group)
    nothing = table.text.select(pl.all_horizontal(pl.col(group).is_null()))[:, 0]
    lost = "，认不出是哪个单位" if table.source.unit_name in group else ""
    return found(table, code, group[0], nothing, f"{titles}都没有填{lost}", "至少补填其中一项")
