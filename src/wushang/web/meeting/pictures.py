"""What the meeting page's pictures are made of: the five most frequent and the rest, the line's months and words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from wushang.terms.period import add_months, month_of
from wushang.web import days
from wushang.web import figures as written
from wushang.web.meeting.figures import Pair

TOP = 5
SAY_NOTHING = ("其他伤害", "其他事故")  # causes that belong to 其他 however many they are


def top(pairs: Mapping[str, Pair], name_of: Any) -> tuple[list[tuple[str, str, Pair]], Pair]:
    """The five most frequent (code, name, pair), and the rest summed; rows that say nothing belong to the rest."""
    telling = [(code, pair) for code, pair in pairs.items() if code and code not in SAY_NOTHING and pair.now]
    ranked = sorted(telling, key=lambda found: (-found[1].now, found[0]))
    first = ranked[:TOP]
    kept = {code for code, _pair in first}
    rest = [pair for code, pair in pairs.items() if code not in kept]
    return [(c, name_of(c), p) for c, p in first], Pair(sum(p.now for p in rest), sum(p.last for p in rest))


def months_after(end: date, today: date) -> list[date]:
    """The months after the period up to the present one, at most three: not over yet, hatched."""
    found, month = [], add_months(end, 1)
    while month <= month_of(today) and len(found) < 3:
        found.append(month)
        month = add_months(month, 1)
    return found


def joined(rows: list[tuple[date, int | None, Any]]) -> list[dict[str, str]]:
    """January and February summed over the two months (1—2月合计)."""
    values = {month: value for month, value, _range in rows}
    found = []
    for month in values:
        january = values.get(add_months(month, -1))
        if month.month == 2 and january is not None and values[month] is not None:
            label = _("1—2月合计 %(n)s") % {"n": written.count(january + (values[month] or 0))}
            found.append({"from": f"{month.year}-01", "to": f"{month.year}-02", "label": label})
    return found


def trend_table(rows: list[tuple[date, int | None, Any]]) -> dict[str, Any]:
    said = [
        [days.month(month), written.count(value) if value is not None else _("未报"),
         f"{found.low}～{found.high}" if found else "—"]
        for month, value, found in rows
    ]  # fmt: skip
    return {"head": [_("月份"), _("接报起数"), _("预期范围")], "rows": said}


def unripe_said(unripe: list[date], values: list[int | None]) -> str:
    said = _("浅色为预期范围。")
    if unripe:
        span = days.months(unripe[0], unripe[-1])
        said += _("斜纹：%(months)s未完或未齐，不计入。") % {"months": span[5:] if span.count("年") == 1 else span}
    if any(value is None for value in values):
        said += _("断开处为未报。")
    return said
