"""A text unlike what its column must look like (a unit number of 8 digits, say)."""

import polars as pl

from wushang.collect.cells.numbers import SCIENTIFIC
from wushang.collect.finding import NOTHING, found
from wushang.collect.table import Table

code = "pattern"
title = "写法不对"


def find(table: Table) -> pl.DataFrame:
    columns = {name: c for name, c in table.source.columns.items() if c.pattern and name in table.header.places}
    problems = []
    for name, column in columns.items():
        text = table.text[name]
        wrong = ~text.str.contains(column.pattern) & ~text.str.contains(SCIENTIFIC)
        problems.append(found(table, code, name, wrong, column.pattern_says, "请按原件改正", severity=column.unknown))
    return pl.concat([*problems, NOTHING])
