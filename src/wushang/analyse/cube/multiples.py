"""Pictures of a table over months or quarters: rows by months as 小图, each a small picture on one scale; months alone as one line.
Last year's dashed; those whose reports are not in yet hatched, with what they will come to (估计) dotted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from wushang.analyse.cube.coming import TIMES, Coming, time_of, unripe
from wushang.analyse.cube.cube import ALL, Key
from wushang.analyse.cube.shown import Shown, written
from wushang.analyse.dimensions import dimensions

MOST = 12
Foretold = Mapping[str, Coming]


def months_of(shown: Shown) -> list[str]:
    """The months or quarters that its pictures run over, [] where it has none."""
    asked, cube = shown.asked, shown.cube
    found = cube.across if asked.across in TIMES and asked.down else cube.down if asked.down in TIMES and not asked.across else []
    return sorted(key for key in found if key) if len(found) > 1 else []


def multiples(shown: Shown, coming: Foretold) -> dict[str, Any] | None:
    """{kind, data, table, size, said}; None where there are no months, or but one."""
    months = months_of(shown)
    if not months:
        return None
    made = _panels(shown, months, coming) if shown.pivot else _line(shown, months, coming)
    young = [m for m in months if unripe(shown.asked, shown.asked.across or shown.asked.down, m, shown.found.data_to)]
    made["data"] |= {"unit": shown.measures[0].unit, "months": [_drawn(shown, month) for month in months]}
    made["data"] |= {"unripe": {"from": _drawn(shown, young[0]), "to": _drawn(shown, young[-1])}} if young else {}
    return made | {"said": (_("虚线：上年同期。") if _compares(shown) else "") + _said(shown, young, coming)}


def _panels(shown: Shown, months: list[str], coming: Foretold) -> dict[str, Any]:
    code, rows = shown.asked.measures[0], shown.cube.down[:MOST]
    names = dimensions()[shown.asked.down].named(rows)
    panels = [{"name": names[key], "values": [_value(shown, key, month) for month in months], "last": _last(shown, months, key),
               "estimate": _estimates(shown, months, coming, key)} for key in rows]  # fmt: skip
    table = {"head": [shown.side, *dimensions()[shown.asked.across].named(months).values()],
             "rows": [[names[key], *(written(shown.cube.figure(code, key, month).value, shown.measures[0]) for month in months)] for key in rows]}  # fmt: skip
    return {"kind": "multiples", "data": {"panels": panels}, "table": table, "size": f"rows-{-(-len(rows) // 3)}"}


def _line(shown: Shown, months: list[str], coming: Foretold) -> dict[str, Any]:
    ends = {month: one.of(figure.count or 0)[1:] for month, one in coming.items() if (figure := shown.cube.figure(shown.asked.measures[0], month)).count is not None}
    data = {"name": str(shown.measures[0].title), "values": [_value(shown, month) for month in months], "last": _last(shown, months),
            "estimate": _estimates(shown, months, coming), "reach": [_reach(shown, month, ends.get(month)) for month in months]}  # fmt: skip
    return {"kind": "line", "data": data, "table": None, "size": "short"}


def _value(shown: Shown, *keys: str) -> float | None:
    value = shown.cube.figure(shown.asked.measures[0], *keys).value
    return None if value is None else round(value, 2)


def _last(shown: Shown, months: list[str], row: Key = ALL) -> list[float | None] | None:
    """The same months a year before, where the question is compared with them."""
    if not _compares(shown):
        return None
    found = [shown.found.last(shown.asked.measures[0], *((month, ALL) if row is ALL else (row, month))) for month in months]
    return [None if one is None or one.value is None else round(one.value, 2) for one in found]


def _compares(shown: Shown) -> bool:
    return shown.found.before is not None and shown.found.against.startswith("last_year")


def _estimates(shown: Shown, months: list[str], coming: Foretold, *row: str) -> list[float | None]:
    """What unripe months will come to, and the month before them as it is, so that the dots begin on the line."""
    values = {month: _value(shown, *row, month) for month in months}
    found = {month: round(value / coming[month].share, 1) for month, value in values.items() if month in coming and value is not None}
    before = {months[place - 1]: values[months[place - 1]] for month in found if (place := months.index(month)) and months[place - 1] not in found}
    return [{**before, **found}.get(month) for month in months]


def _reach(shown: Shown, month: str, ends: tuple[float, float] | None) -> list[float] | None:
    """The 90 % interval of an estimate, in the unit of the measure."""
    figure = shown.cube.figure(shown.asked.measures[0], month)
    if ends is None or figure.value is None:
        return None
    each = figure.per / figure.over if figure.over else 1
    return [round(end * each, 2) for end in ends]


def _drawn(shown: Shown, key: str) -> str:
    """How the axis is told of a key: 1—2月 is no month of its own (2026J02)."""
    return key.replace("-02", "J02") if time_of(shown.asked) == "season_month" else key


def _said(shown: Shown, young: list[str], coming: Foretold) -> str:
    """Under the picture: what the hatching and the dots mean."""
    if not young:
        return ""
    told = "、".join(_("%(month)s约报来 %(share)d%%") % {"month": dimensions()[time_of(shown.asked)].label(month), "share": round(one.share * 100)} for month, one in coming.items())
    if not told:
        return _("斜纹：还没有报齐，数字会增加。")
    return _("斜纹：还没有报齐；点线是估计，按以往同样早时报来的比例（%(told)s）推算，只供参考，不作预警和处置的依据。") % {"told": told}
