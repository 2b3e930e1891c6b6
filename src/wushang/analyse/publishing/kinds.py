"""What a measure counts, whatever it is divided by: 发生率 tells the same cases as 受伤人次 to who knows the headcount."""

from __future__ import annotations

import functools

import ibis

from wushang.analyse.measures import measures
from wushang.pool.tables import declared


@functools.cache
def kind_of(code: str) -> str:
    """The first measure by name that counts the same rows of the same table; '' for one that counts nothing (参保人数)."""
    cell = measures()[code].cell
    if cell is None or cell.count is None:
        return ""
    rows = ibis.table(declared()[cell.table].schema, name=cell.table) if cell.table == "injuries" else None
    if rows is None:
        return code
    alike = (
        other for other, measure in sorted(measures().items())
        if measure.cell and measure.cell.table == cell.table and measure.cell.count and not callable(measure.cell.over)
        and (measure.cell.basis, measure.cell.status) == (cell.basis, cell.status)
        and measure.cell.count(rows).equals(cell.count(rows))
    )  # fmt: skip
    return code if callable(cell.over) else next(alike, code)
