"""小图: the rows of a pivot over months, each a small picture of its own on one scale, last year's months dashed."""

from __future__ import annotations

from typing import Any

from wushang.analyse.cube.cube import label
from wushang.analyse.cube.shown import Shown, written
from wushang.analyse.dimensions import dimensions

MONTHS = ("month", "season_month")  # columns that a small picture can be drawn over
MOST = 12


def multiples(shown: Shown) -> dict[str, Any] | None:
    """{data, table, size}; None where the columns are no months, or there is but one."""
    asked, months = shown.asked, shown.cube.across
    if asked.across not in MONTHS or not asked.down or len(months) < 2:
        return None
    code, rows = asked.measures[0], shown.cube.down[:MOST]
    named = [(label(dimensions()[asked.down], key), key) for key in rows]
    panels = [{"name": name, "values": [_value(shown, code, key, month) for month in months], "last": _last(shown, code, key)} for name, key in named]
    table = {"head": [shown.side, *shown.heads],
             "rows": [[name, *(written(shown.cube.figure(code, key, month).value, shown.measures[0]) for month in months)] for name, key in named]}  # fmt: skip
    data = {"unit": shown.measures[0].unit, "months": months, "panels": panels}
    return {"data": data, "table": table, "size": f"rows-{-(-len(rows) // 3)}"}


def _value(shown: Shown, code: str, key: str, month: str) -> float | None:
    value = shown.cube.figure(code, key, month).value
    return None if value is None else round(value, 2)


def _last(shown: Shown, code: str, key: str) -> list[float | None] | None:
    """The same months a year before, where the question is compared with them."""
    if shown.found.before is None or not shown.found.against.startswith("last_year"):
        return None
    found = [shown.found.last(code, key, month) for month in shown.cube.across]
    return [None if one is None or one.value is None else round(one.value, 2) for one in found]
