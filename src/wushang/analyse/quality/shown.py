"""Scores as a page and a workbook show them."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.analyse.quality.delivered import Scored, Trend, summed
from wushang.analyse.quality.scores import DIMENSIONS, Part, Reason, total
from wushang.collect import checks
from wushang.pool.sheet import Column, Heading, ledger

TITLES = {
    "late": gettext_lazy("报来了，但迟了"), "missing": gettext_lazy("到现在没有报"), "footer": gettext_lazy("合计与各行相加不符"), "repeated": gettext_lazy("整行重复"),
}  # fmt: skip


def rows(found: list[Scored]) -> list[dict[str, Any]]:
    """One row a department and table over the months, its scores, and the department's own row above them."""
    shown = []
    for sender, mine in groupby(found, key=lambda one: one.sender):
        some = list(mine)
        tables = [(source, list(one)) for source, one in groupby(some, key=lambda one: one.source.id)]
        if len(tables) > 1:
            shown.append(_row(sender.short_name, _("各表合计"), some, True))
        shown += [_row(sender.short_name, one[0].source.title, one, False) for _source, one in tables]
    return shown


def _row(who: str, what: str, some: list[Scored], whole: bool) -> dict[str, Any]:
    parts = summed(some)
    return {"who": who, "what": what, "cells": [cell(parts[name]) for name in DIMENSIONS], "total": total(parts),
            "whole": whole, "sender": some[0].sender, "source": some[0].source, "parts": parts}  # fmt: skip


def cell(part: Part) -> dict[str, Any]:
    """A score with its fraction, for people who want to know out of what."""
    return {"score": part.score, "of": part.of, "lost": part.lost}


def title_of(reason: Reason) -> str:
    """What a reason is, in a clerk's words."""
    known = {check.code: check.title for check in checks.every()}
    return str(TITLES.get(reason.code) or known.get(reason.code, reason.code))


def told(one: Scored, trend: Trend) -> dict[str, Any]:
    """The scores of one table of one month as data, and how its total went."""
    scores = [
        {"dimension": name, "title": str(title), "score": part.score, "lost": part.lost, "of": part.of, "reasons": [
            {"code": reason.code, "title": title_of(reason), "column": reason.column, "lost": reason.lost} for reason in part.reasons
        ]}
        for name, title in DIMENSIONS.items() if (part := one.parts.get(name))
    ]  # fmt: skip
    return {
        "sender": one.sender.code, "sender_name": one.sender.short_name, "source": one.source.id, "title": one.source.title,
        "month": one.month, "batch": one.batch.pk if one.batch else None, "total": one.total, "scores": scores,
        "trend": [{"month": month, "total": total} for month, total in trend],
    }  # fmt: skip


def panels(found: list[Scored], months: list[date]) -> dict[str, Any]:
    """Small multiples: points lost out of 100, month by month, one panel a department and table; one scale for all."""
    shown = []
    for (sender, _source), mine in groupby(found, key=lambda one: (one.sender, one.source.id)):
        some = list(mine)
        by_month = {one.month: one.total for one in some}
        values = [_lost(by_month.get(month)) for month in months]
        if sum(value is not None for value in values) > 1:
            shown.append({"name": f"{sender.short_name} {some[0].source.title}", "values": values})
    return {"unit": _("分"), "months": [f"{month:%Y-%m}" for month in months], "panels": shown}


def _lost(score: float | None) -> float | None:
    return None if score is None else round(100 - score, 1)


def as_table(data: dict[str, Any]) -> dict[str, Any]:
    """The picture's own table."""
    head = [_("失分（满分 100）"), *(month[2:] for month in data["months"])]
    return {"head": head, "rows": [[one["name"], *("—" if v is None else v for v in one["values"])] for one in data["panels"]]}


def workbook(found: list[Scored], period: str, unit: str, maker: str, on: date) -> bytes:
    """The table as xlsx: scores, and beside each what was lost out of what."""
    columns = [Column(_("部门"), 16), Column(_("报送表"), 20)]
    for title in DIMENSIONS.values():
        columns += [Column(str(title), 9, "rate"), Column(_("失分处"), 8, "count"), Column(_("分母"), 10, "count")]
    columns.append(Column(_("总分"), 9, "rate"))
    lines = []
    for row in rows(found):
        cells = [value for one in row["cells"] for value in (one["score"], one["lost"], one["of"])]
        lines.append([row["who"], row["what"], *cells, row["total"]])
    note = _("得分＝100×（1－失分处÷分母），只舍不入；总分为各项的平均。按文件报来时的样子计，事后订正不影响。")
    return ledger(Heading(_("数据质量 %(p)s") % {"p": period}, unit, maker, on, note), columns, lines, "A3")
