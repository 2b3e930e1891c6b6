"""What the rows of a list come to in words, so that the figure that opened it is read off its head."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _

from wushang.integrate.lineage.facts import Figure

MONEY = ("payments", "penalties")  # kinds whose amounts add up


def said(figure: Figure) -> str:
    """平均每月 100.0 人，缴费 1,200.00 元; 合计 120.50 元; '' where a list is counted alone."""
    if figure.kind == "headcounts":
        return _heads(figure.rows().order_by())
    if figure.kind in MONEY:
        total = figure.rows().order_by().aggregate(n=Sum("amount"))["n"]
        return _("合计 %(n)s 元") % {"n": _yuan(total or 0)}
    return ""


def _heads(rows: QuerySet[Any]) -> str:
    """Insured people of one month, or the mean of several (those of all modes together); what was paid in them."""
    found = rows.aggregate(people=Sum("insured"), months=Count("month", distinct=True), paid=Sum("paid"))
    if not found["months"]:
        return ""
    people = _("%(n)s 人") % {"n": f"{found['people']:,}"}
    if found["months"] > 1:
        people = _("平均每月 %(n)s 人") % {"n": f"{found['people'] / found['months']:,.1f}"}
    return people + (_("，缴费 %(n)s 元") % {"n": _yuan(found["paid"])} if found["paid"] is not None else "")


def _yuan(fen: int) -> str:
    return f"{fen / 100:,.2f}"
