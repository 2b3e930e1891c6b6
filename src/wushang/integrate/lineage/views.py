"""数从哪来: the list that adds up to a figure, one injury with the rows that tell of it, one row of a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from wushang.collect.by_hand import texts_of
from wushang.integrate.deeds.correct_row import CorrectRow
from wushang.integrate.leads import VERB as LEADS
from wushang.integrate.lineage import added, facts, rows
from wushang.integrate.lineage.facts import BASES, TITLES, Figure
from wushang.integrate.lineage.kinds import KINDS, LINKS, VERB
from wushang.integrate.lineage.spoken import spoken
from wushang.integrate.linked import Shown
from wushang.integrate.models import Link
from wushang.people import audit
from wushang.people.page import allowed
from wushang.pool.known import known_of
from wushang.pool.models import Disease, EnterpriseVersion, InjuryVersion, Report, Reported, Visit
from wushang.terms import codes
from wushang.terms.problem import Refused

PLAIN, MEND = "pool.case_analysis", "collect.mend"
OF_THE_BODY = frozenset({"part", "grade"})  # for case analysis alone
CHOICES = 40  # words offered for a cell of a code list; of a longer list none
STATUS = {"reported": "已接报", "accepted": "已受理", "recognised": "已认定", "deemed": "视同工伤", "refused": "不予认定", "withdrawn": "已撤回"}


@allowed(VERB)
def unit(request: Any, pk: int) -> HttpResponse:
    """The facts behind a figure of one unit; each leads to its source rows."""
    now = facts.unit_of(request.scope, pk)
    if now is None:
        raise Http404
    known = known_of(request.GET, request.today)
    figure, place = Figure.of(pk, request.GET, known), (now.region, now.industry, pk)
    if not request.scope.covers(figure.verb, *place):
        raise Http404
    page = Paginator(figure.rows(), 50).get_page(request.GET.get("page"))
    return render(request, "integrate/lineage_unit.html", {
        "unit": now, "figure": figure, "known": known, "page": page, "table": _table(figure, list(page.object_list)),
        "kinds": [(code, title) for code, title in TITLES.items() if code not in KINDS or request.scope.covers(KINDS[code].verb, *place)],
        "bases": BASES.items(), "severities": facts.SEVERITIES.items(), "events": _events(figure), "added": added.said(figure), "linked": figure.kind in KINDS and bool(KINDS[figure.kind].linked),
    })  # fmt: skip


def _events(figure: Figure) -> int | None:
    """起: injuries of one accident count once."""
    if figure.kind != facts.INJURIES:
        return None
    return figure.rows().order_by().values("event").distinct().count()


def _table(figure: Figure, found: list[Any]) -> dict[str, Any]:
    query = f"?{figure.known.query}" if figure.known.query else ""
    if figure.kind == facts.INJURIES:
        titles = (_("发生日期"), _("申报日期"), _("认定日期"), _("类别"), _("办理情况"), _("认定书或受理编号"), _("同一起事故"))
        heads: list[Any] = [{"title": title} for title in titles]
        numbers, together = _numbers(figure, found), _together(figure, found)
        made = [[*_injury(row), numbers.get(row.injury_id, "—"), together.get(row.event, "—"), _number(row), _injury_link(row, query)] for row in found]
    else:
        columns = KINDS[figure.kind].columns
        heads = [{"title": column.title, "num": column.num} for column in columns]
        made = [[*(column.words(row) for column in columns), _number(row), _source(row)] for row in found]
    return {"head": [*heads, {"title": _("数据版本")}, {"title": _("来源")}], "rows": made, "long": True}


def _day(value: Any) -> str:
    return value.isoformat() if value else "—"


def _injury(row: InjuryVersion) -> list[Any]:
    kind = codes.name("accident_kind", row.kind, row.occurred) if row.kind else "—"
    return [_day(row.occurred), _day(row.reported), _day(row.recognised), kind, STATUS.get(row.status, row.status)]


def _numbers(figure: Figure, found: list[InjuryVersion]) -> dict[int, str]:
    """认定书编号 of each injury where it has one, else 受理编号, as the reports of that time write them."""
    reports = figure.known.of(Report).filter(injury__in=[row.injury_id for row in found]).order_by("-pk")
    return {one.injury_id: one.values.get("decision_number") or one.values.get("number") or one.key for one in reports}


def _together(figure: Figure, found: list[InjuryVersion]) -> dict[str, str]:
    """起: accidents that hurt several people, which stand in as many rows and count once."""
    rows = figure.rows().order_by().filter(event__in={row.event for row in found})
    counts = rows.values_list("event").annotate(n=Count("pk")).filter(n__gt=1)
    return {event: _("伤 %(n)d 人，计 1 起") % {"n": n} for event, n in counts}


def _injury_link(row: InjuryVersion, query: str) -> dict[str, str]:
    return {"text": _("看来源"), "url": reverse("integrate:lineage_injury", args=[row.injury_id]) + query}


def _number(row: Any) -> str:
    return f"{row.recorded.number:,}"


def _source(row: Reported) -> dict[str, str]:
    return {"text": _("看来源"), "url": reverse("integrate:lineage_row", args=[type(row).__name__, row.pk])}


@allowed(VERB)
def injury(request: Any, pk: int) -> HttpResponse:
    """One injury: its versions, and the rows of the departments' files that tell of it. Opening it is in the audit log."""
    if not facts.may_see_injury(request.scope, pk):
        raise Http404
    known = known_of(request.GET, request.today)
    told = rows.shown(rows.of_injury(pk, known, request.scope.may(LINKS)))
    versions = InjuryVersion.objects.filter(injury=pk, recorded__number__isnull=False, recorded__number__lte=known.number)
    audit.write(request.actor, request.now, "pool.lineage", f"injury:{pk}", {"rows": [row.fact.pk for row in told]})
    analyses = "case_analysis" in request.scope.purposes and request.scope.may(PLAIN)
    return render(request, "integrate/lineage_injury.html", {
        "spoken": spoken(told, frozenset() if analyses else OF_THE_BODY),
        "injury": pk, "known": known, "told": [_told(row, request.scope) | {"link": _link(row, pk)} for row in told],
        "versions": [_version(row) for row in versions.select_related("recorded", "superseded").order_by("-recorded__number", "-pk")],
    })  # fmt: skip


def _version(row: InjuryVersion) -> dict[str, Any]:
    ids = {unit for unit in (row.employer_id, row.host_id) if unit}
    names = dict(EnterpriseVersion.objects.current().filter(enterprise__in=ids).values_list("enterprise_id", "name"))
    until = row.superseded if row.superseded and row.superseded.number else None
    return {
        "row": row, "until": until, "status": STATUS.get(row.status, row.status), "unit": names.get(row.host_id or row.employer_id or 0, "—"),
        "kind": codes.name("accident_kind", row.kind, row.occurred) if row.kind else "—",
    }  # fmt: skip


def _link(row: rows.SourceRow, injury: int) -> Shown | None:
    """How a row of another department was found to tell of the injury, and how surely; claims name it themselves."""
    if isinstance(row.fact, Report):
        return None
    same = {"source": row.fact.source, "sender": row.fact.sender, "key": row.fact.key}
    found = Link.objects.filter(**same, injury=injury).first()
    return Shown(found, None, None, [], None) if found else None


def _told(row: rows.SourceRow, scope: Any) -> dict[str, Any]:
    return {"row": row, "delivery": row.delivery_for(scope), "cells": row.cells}


def _fact(request: Any, table: str, pk: int) -> tuple[Reported, list[int]]:
    """A row whose unit lies in the scope, and the units it speaks of; else 404, nobody learns which."""
    model = rows.TABLES.get(table)
    found = model._default_manager.filter(pk=pk, recorded__number__isnull=False).select_related("recorded", "superseded").first() if model else None
    if found is None:
        raise Http404
    ids = [getattr(found, name, None) for name in ("enterprise_id", "employer_id", "host_id")]
    units = [one for one in ids if one]
    if EnterpriseVersion.objects.current().filter(request.scope.q(_needed(found)), enterprise__in=units).exists():
        return found, units
    mine = request.scope.may(LINKS) and any(facts.may_see_injury(request.scope, one) for one in rows.injuries_of(found))
    if not mine:  # a hospital's row names no unit for certain: it is seen with the injury that it was found to tell of
        raise Http404
    return found, units


def _needed(found: Reported) -> str:
    """What one must be allowed at the row's unit: a person's health is for who links reports, a lead for who looks into leads."""
    if not isinstance(found, (Visit, Disease)):
        return VERB
    return LINKS if rows.injuries_of(found) else LEADS


@allowed(VERB)
def row(request: Any, table: str, pk: int) -> HttpResponse:
    """One row of a file and its versions through time, personal cells masked."""
    fact, units = _fact(request, table, pk)
    audit.write(request.actor, request.now, "pool.lineage", f"{table}:{pk}", {})
    return _page(request, fact, units, masked=True)


@never_cache
@allowed(PLAIN)
@require_POST
def plain(request: Any, table: str, pk: int) -> HttpResponse:
    """The same with personal cells in plain, for case analysis of this very unit; who read it is in the audit log."""
    fact, units = _fact(request, table, pk)
    if not _may_read(request.scope, units):
        raise Http404
    audit.write(request.actor, request.now, "pool.read_personal", f"{table}:{pk}", {"purpose": "case_analysis"})
    return _page(request, fact, units, masked=False)


@never_cache
@allowed(MEND)
def correct(request: Any, table: str, pk: int) -> HttpResponse:
    """订正这一行: its cells as a form; personal ones masked unless the person may read them, which is in the audit log."""
    fact, units = _fact(request, table, pk)
    if fact.superseded and fact.superseded.number or not _may_mend(request.scope, units):
        raise Http404
    batch, plainly, wrong = rows.shown([fact])[0].batch, _may_read(request.scope, units), None
    held = texts_of(batch, fact) if batch else {}
    if request.method == "POST":
        values = {name: request.POST.get(name, "") for name in held if name in request.POST}
        try:
            commit = CorrectRow(request.actor, request.now, fact, values, request.POST.get("reason", "")).do()
            messages.success(request, _("已订正（数据版本第 %(n)s 号），有关单位将重新研判；按旧数发出过的会列入“数据订正”。") % {"n": f"{commit.number:,}"})
            return redirect("integrate:lineage_row", table, _newest(fact))
        except Refused as refused:
            wrong = refused.problem
            messages.error(request, f"{'' if wrong.column in wrong.why else f'“{wrong.column}”'}{wrong.why}；{wrong.remedy}".replace("。；", "。"))
    verb, why = ("pool.read_personal", {"purpose": "correction"}) if plainly else ("pool.lineage", {})
    audit.write(request.actor, request.now, verb, f"{table}:{pk}", why)
    fields = [_field(batch, name, text, plainly, request.POST, wrong) for name, text in held.items()] if batch else []
    return render(request, "integrate/correct_row.html", {
        "fact": fact, "batch": batch, "named": rows.shown([fact])[0].named, "fields": fields, "table": table, "reason": request.POST.get("reason", ""), "masked": not plainly,
    })  # fmt: skip


def _field(batch: Any, name: str, text: str, plainly: bool, said: Any, wrong: Any) -> dict[str, Any]:
    """A cell of the form: as it stands or as it was just written, and what is wrong with it."""
    source = batch.version.loaded()
    column, hidden = source.columns[name], name in source.personal and not plainly
    title = batch.header.get("titles", {}).get(name) or column.titles[0]
    words = list(column.values) if not column.codes else list(dict.fromkeys(one.name for one in codes.all(column.codes)))
    choices = words if len(words) <= CHOICES else []
    shown = rows.mask(text, column) if hidden and text else text
    return {"name": name, "title": title, "text": said.get(name, shown), "key": name in source.key, "must": column.required,
            "choices": choices, "masked": hidden and bool(text), "wrong": wrong if wrong and wrong.column == title else None}  # fmt: skip


def _newest(fact: Reported) -> int:
    same = type(fact)._default_manager.current().filter(source=fact.source, sender=fact.sender, key=fact.key)  # type: ignore[attr-defined]
    return same.values_list("pk", flat=True).get()


def _may_mend(scope: Any, units: list[int]) -> bool:
    """Over every unit that the row speaks of."""
    return bool(units) and not EnterpriseVersion.objects.current().filter(enterprise__in=units).exclude(scope.q(MEND)).exists()


def _may_read(scope: Any, units: list[int]) -> bool:
    mine = EnterpriseVersion.objects.current().filter(scope.q(PLAIN), enterprise__in=units)
    return "case_analysis" in scope.purposes and mine.exists()


def _correct_url(scope: Any, told: rows.SourceRow, units: list[int]) -> str:
    if told.superseded or told.batch is None or not scope.may(MEND) or not _may_mend(scope, units):
        return ""
    return reverse("integrate:correct_row", args=[told.table, told.fact.pk])


def _page(request: Any, fact: Reported, units: list[int], masked: bool) -> HttpResponse:
    told = rows.shown([fact], masked)[0]
    names = dict(EnterpriseVersion.objects.current().filter(enterprise__in=units).values_list("enterprise_id", "name"))
    return render(request, "integrate/lineage_row.html", {
        "row": told, "delivery": told.delivery_for(request.scope), "cells": told.cells, "masked": masked,
        "versions": [_told(one, request.scope) for one in rows.shown(rows.versions(fact))],
        "units": names, "injury": getattr(fact, "injury_id", None),
        "correct_url": _correct_url(request.scope, told, units),
        "may_read": masked and any(cell.personal for cell in told.cells) and _may_read(request.scope, units),
    })  # fmt: skip
