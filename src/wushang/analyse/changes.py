"""How two figures of one measure differ: in per cent, in points of a rate, a year; and whether the people behind them changed
so much that counts mislead (domain.md C3)."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

POINTS = {"%": gettext_lazy("百分点"), "‰": gettext_lazy("千分点")}


def per_cent(now: float | None, before: float | None) -> float | None:
    """(本期 − 上期) ÷ 上期, in per cent; None where a figure is missing or there was nothing before (新增 n, never ∞)."""
    return (now - before) / before * 100 if now is not None and before else None


def points_said(now: float, before: float, unit: str) -> str:
    """12.9 ‰ after 21 ‰: 下降 8.1 个千分点. A difference of rates is points and not per cent."""
    said = {"size": f"{abs(now - before):.1f}", "points": POINTS[unit]}
    if said["size"] == "0.0":
        return _("持平")
    return (_("上升 %(size)s 个%(points)s") if now > before else _("下降 %(size)s 个%(points)s")) % said


def a_year(total: float, years: int) -> float:
    """−20 (per cent in five years) → −4.36 a year, each on what the year before left: (1 + total)^(1/years) − 1."""
    return ((1 + total / 100) ** (1 / years) - 1) * 100


def moved(now: float | None, before: float | None) -> bool:
    """Whether a denominator changed by more than the place allows (WUSHANG_STAFF_MOVED)."""
    change = per_cent(now, before)
    return change is not None and abs(change) > settings.WUSHANG_STAFF_MOVED


def moved_said(now: float | None, before: float | None) -> str:
    """The warning beside two counts whose denominators differ; '' where they do not."""
    change = per_cent(now, before)
    if change is None or not moved(now, before):
        return ""
    said = {"before": f"{before:,.0f}", "now": f"{now:,.0f}", "change": f"{abs(change):.1f}", "limit": settings.WUSHANG_STAFF_MOVED}
    if change > 0:
        return _("平均参保人数由 %(before)s 人增至 %(now)s 人（+%(change)s%%），变动超过 %(limit)s%%，比较起数和人次会误导，请看发生率。") % said
    return _("平均参保人数由 %(before)s 人减至 %(now)s 人（−%(change)s%%），变动超过 %(limit)s%%，比较起数和人次会误导，请看发生率。") % said
