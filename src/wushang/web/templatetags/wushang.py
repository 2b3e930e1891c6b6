"""{% load wushang %}: the number and date formats as filters, and the small parts a row is made of."""

from datetime import date
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wushang.terms import codes
from wushang.terms.calendar import is_provisional
from wushang.terms.level import Level
from wushang.web import days, figures

register = template.Library()

for _format in (
    figures.count, figures.rate, figures.rate_said, figures.percent, figures.percent_said, figures.share,
    figures.premium_rate, figures.yuan, figures.wan, figures.money, figures.small, figures.change,
    days.day, days.day_long, days.day_short, days.day_week, days.weekday, days.month,
    days.clock, days.moment, days.moment_short, days.left, days.is_late,
):  # fmt: skip
    register.filter(_format.__name__, _format)


@register.filter
def code_name(code: str | None, listed: str) -> str:
    """A stored code's name in a list of terms.codes; nothing for no code."""
    return codes.name(listed, code) if code else ""


@register.simple_tag
def badge(level: Level | str | None, size: str = "") -> str:
    """The level as shape + character + colour (20 px), in whole words (size="whole"), or at a page's head (size="big", 28 px).

    No level is written —: a normal unit has no badge and no green.
    """
    if not level:
        return figures.NO_VALUE
    level = Level(level)
    word = level.zh if size else level.char
    return format_html(
        '<span class="badge {} {}" title="{}"><span class="shape" aria-hidden="true">{}</span>{}</span>',
        level.value, size, level.zh, level.shape, word,
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def due(context: dict[str, Any], when: date | None, today: date | None = None) -> str:
    """A deadline as date and words: 3月24日 还剩 4 天; late and due today stand out in ink."""
    if when is None:
        return figures.NO_VALUE
    today = today or getattr(context.get("request"), "today", None) or timezone.localdate()
    tone = "late" if days.is_pressing(when, today) else "left"
    shown = '<b class="nowrap">{}</b> <span class="{} small">{}</span>'
    said: tuple[Any, ...] = (days.day_short(when), tone, days.left(when, today))
    if when > today and is_provisional(when):
        shown += ' <span class="left small nowrap" title="{}">{}</span>'
        said += (_("节假日待国务院公布，公布后可能顺延"), _("节假日未定"))
    return format_html(shown, *said)


@register.simple_tag
def change_cell(value: figures.Number) -> str:
    """A change in % for a table cell: ▼ 6.2, the arrow in a fixed place, the word for a reader."""
    if value is None or not figures.arrow(value):
        return figures.size(value) if value is not None else figures.NO_VALUE
    word = _("上升") if value > 0 else _("下降")
    return format_html(
        '<span class="arrow" aria-hidden="true">{}</span><span class="only-read">{}</span><span class="size">{}</span>',
        figures.arrow(value), word, figures.size(value),
    )  # fmt: skip


@register.simple_tag
def bar(value: float | None, most: float, whole: bool = False) -> SafeString:
    """A bar of value out of `most`, as SVG because a strict CSP allows no inline width; `whole` shows the rest."""
    width = 100 * min(max((value or 0) / most, 0), 1) if most else 0
    rest = format_html('<rect class="rest" width="100" height="12"></rect>') if whole else ""
    return format_html(
        '<svg class="barline" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">'
        '{}<rect class="now" width="{}" height="12"></rect></svg>',
        rest, f"{width:.1f}",
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], of: str = "", **changed: object) -> str:
    """This page's address part ?… with some values changed (None or '' removes one): filters stay in the address.
    `of` is the address of another page that takes the same filters."""
    params = context["request"].GET.copy()
    for name, value in changed.items():
        params.pop(name, None)
        if value not in (None, ""):
            params[name] = str(value)
    return f"{of}?{params.urlencode()}" if params else of or context["request"].path


@register.filter
def under(cells: list[Any], head: list[Any]) -> list[tuple[Any, Any]]:
    """Each cell of a row with the head it stands under, for _table.html; a row of another length is refused."""
    return list(zip(cells, head, strict=True))
