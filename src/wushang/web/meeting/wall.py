"""What the wall adds to the meeting page's content: the map of the townships, trade across cause, who has reported."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from wushang.people.maps import cell, map_of
from wushang.terms import codes
from wushang.web import days, reporting
from wushang.web import figures as written
from wushang.web.meeting import pictures
from wushang.web.meeting.content import VERB, Content
from wushang.web.meeting.figures import Figures

REST = ""  # the row or column of everything that has no line of its own
SHADES = 4  # of one hue: deeper, more


def area_map(content: Content) -> dict[str, Any]:
    """地图: every township with its rate, toned by the same words that stand in the table beside it."""
    held = map_of(settings.WUSHANG_REGION, content.towns_known)
    rows = {row["code"]: row for row in content.towns()["rows"]}
    cells = [_town(part, rows[part.code]) for part in held.drawn.parts]
    note = _("格内为发生率 ‰") if held.drawn.lies else _("格内为发生率 ‰，位置不代表方位")
    approval = held.kept.approval if held.kept else ""
    return {"drawn": held.drawn, "cells": cells, "note": note, "approval": approval, "keys": _keys(cells), "missing": held.missing}


def _tones() -> dict[str, str]:
    """The words of web.meeting.words.against → how a part of the map is drawn."""
    return {_("明显偏高"): "high", _("相当"): "usual", _("明显偏低"): "low", _("数据太少"): "few", _("不可计算"): "few"}


def _town(part: Any, row: dict[str, Any]) -> dict[str, Any]:
    said = _("%(n)s 起，发生率 %(rate)s‰，%(against)s") % {
        "n": written.count(row["count"]), "rate": written.rate(row["rate"]), "against": row["against"] or "—",
    }  # fmt: skip
    tone = _tones().get(row["against"], "usual")
    return cell(part, row["name"], written.rate(row["rate"]), tone=tone, said=said, url=row["url"], against=row["against"])


def _keys(cells: list[dict[str, Any]]) -> list[dict[str, str]]:
    """The key of the tones that occur, in the words of the table."""
    found = {one["tone"]: one["against"] for one in cells if one["against"]}
    return [{"tone": tone, "said": found[tone]} for tone in dict.fromkeys(_tones().values()) if tone in found]


def crossed(content: Content) -> dict[str, Any]:
    """行业 × 原因: the five most frequent of each and the rest; every cell opens its list, and all add up to the total."""
    figures = content.figures
    trades = pictures.top(figures.by_industry, lambda code: codes.name("industry", code) if code else "")[0]
    causes = pictures.top(figures.by_kind, lambda name: name)[0]
    names = {code: name for code, name, _pair in trades} | {REST: _("其他行业")}
    kinds = {code: name for code, name, _pair in causes} | {REST: _("其他原因")}
    counted = _counted(figures, names, kinds)
    top = max(counted.values(), default=0)
    rows = [_row(content, trade, names, kinds, counted, top) for trade in names]
    total = {kind: sum(counted[trade, kind] for trade in names) for kind in kinds}
    sums = [{"n": n, "url": content.url(**_one("kind", kind, kinds)) if n else ""} for kind, n in total.items()]
    n = sum(total.values())
    return {
        "title": _("行业 × 原因"), "note": _("起数，共 %(n)s") % {"n": written.count(n)},
        "head": [*kinds.values(), _("合计")], "rows": rows, "total": [*sums, {"n": n, "url": content.url()}],
    }  # fmt: skip


def _counted(figures: Figures, trades: dict[str, str], kinds: dict[str, str]) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for (trade, kind), pair in figures.by_both.items():
        found[trade if trade in trades else REST, kind if kind in kinds else REST] += pair.now
    return found


def _row(
    content: Content, trade: str, trades: dict[str, str], kinds: dict[str, str], counted: Counter[tuple[str, str]], top: int
) -> dict[str, Any]:
    cells = [_cell(content, trade, kind, trades, kinds, counted[trade, kind], top) for kind in kinds]
    total = sum(counted[trade, kind] for kind in kinds)
    return {"name": trades[trade], "cells": cells, "total": {"n": total, "url": content.url(**_one("industry", trade, trades)) if total else ""}}


def _cell(
    content: Content, trade: str, kind: str, trades: dict[str, str], kinds: dict[str, str], n: int, top: int
) -> dict[str, Any]:
    asked = _one("industry", trade, trades) | _one("kind", kind, kinds)
    return {"n": n, "shade": -(-SHADES * n // top) if top else 0, "url": content.url(**asked) if n else ""}


def _one(side: str, key: str, keys: dict[str, str]) -> dict[str, str]:
    """The part of an address that keeps one line of a side: itself, or all that have none of their own."""
    return {side: key} if key else {f"not_{side}": ",".join(code for code in keys if code)}


def fresh(content: Content) -> list[dict[str, Any]]:
    """报送情况 by department: what has come for the last month, what is late. Nothing where the viewer has a part only."""
    if not content.scope.covers(VERB, settings.WUSHANG_REGION):
        return []
    return [{"sender": one.sender, "title": one.short_title, "late": one.late, "said": _came(one)} for one in content.sent]


def _came(line: reporting.Line) -> str:
    if line.late:
        return _("已迟 %(n)s 天") % {"n": line.late}
    return _("%(day)s到") % {"day": days.day_short(line.came)} if line.came else _("未到报送日")
