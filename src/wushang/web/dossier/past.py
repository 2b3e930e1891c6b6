"""经过 and 数从哪来 of one unit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.collect.source import shipped
from wushang.people.models import Department
from wushang.pool import models as pool
from wushang.web import days, figures
from wushang.web.dossier.known import Unit
from wushang.web.dossier.tables import named

PAST = 40  # entries shown


def past(unit: Unit) -> list[dict[str, Any]]:
    """经过: what happened, newest first, by year."""
    once = {(entry["date"], entry["text"]): entry for entry in _entries(unit)}  # a warning and its case may say the same
    entries = sorted((one for one in once.values() if not unit.known.asked or one["date"] <= unit.day), key=lambda entry: entry["date"], reverse=True)[:PAST]
    if entries:
        entries[0]["new"] = True
    return [{"year": _("%(y)d年") % {"y": year}, "entries": list(group)} for year, group in groupby(entries, key=lambda e: e["date"].year)]


def _entries(unit: Unit) -> Iterable[dict[str, Any]]:
    for row in unit.injuries:
        said = _("接报事故（%(day)s，%(kind)s）") % {"day": days.day_short(row.occurred), "kind": named("accident_kind", row.kind)}
        yield _entry(row.reported or row.occurred, said)
    for warning in unit.warnings:
        url = reverse("warn:warning", args=[warning.pk])
        for line in warning.entries.all():
            yield _entry(timezone.localdate(line.at), line.text, url)
    for case in unit.cases:
        for line in case.lines.all():
            yield _entry(timezone.localdate(line.at), line.text, reverse("rectify:case", args=[case.pk]))
    for visit in unit.visits:
        yield _entry(visit.on, f"{visit.kind_title}：{visit.result_title}")
    for hazard in unit.hazards:
        yield _entry(hazard.opened, _("发现职业病危害隐患：%(what)s") % {"what": hazard.factor or named("hazard_kind", hazard.kind)})
        if hazard.closed:
            yield _entry(hazard.closed, _("职业病危害隐患销号"))


def _entry(day: date, text: str, url: str = "") -> dict[str, Any]:
    return {"date": day, "text": text, "new": False, "url": url}


def sources(unit: Unit) -> str:
    """数从哪来: which table of which department, when it came; the version of the data."""
    senders = dict(Department.objects.values_list("code", "short_name"))
    lines = []
    for source in shipped().values():
        model = getattr(pool, source.lands)
        of = {"employer": unit.id} if source.lands == "Report" else {"enterprise": unit.id}
        row = unit.known.of(model).filter(source=source.id, **of).select_related("recorded").order_by("-recorded_id").first()
        if row:
            when = days.day_short(row.recorded.published)
            lines.append(f"{source.title}：{senders.get(row.sender, row.sender)}，{when}")
    told = "；".join(lines) or _("没有部门报送过这家单位的数据")
    return told + _("。数据版本第 %(n)s 号。") % {"n": figures.count(unit.known.number)}
