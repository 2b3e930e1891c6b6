"""评定结果: what the rules about cases, townships, trades, departments and the whole area say, why, and the figures a place reports."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wushang.judge.assessments.explain import because
from wushang.judge.assessments.models import VERB, Assessment
from wushang.judge.assessments.running import reported
from wushang.judge.deeds.report_inputs import ReportInputs
from wushang.judge.explain import name_title
from wushang.judge.groups import table_of
from wushang.judge.load import region_name
from wushang.judge.models import PolicyVersion, ReportedInputs
from wushang.judge.prose import title
from wushang.judge.subject import SUBJECTS
from wushang.judge.views.policies import version_for
from wushang.judge.worked import said as shown
from wushang.people.page import allowed, day_of
from wushang.terms.problem import Refused

ROWS = 50


@allowed(VERB)
@require_safe
def assessments(request: HttpRequest, pk: int) -> HttpResponse:
    """Who stands where by one rule on a day, the gravest … as the rule writes them, first."""
    version = _version(request, pk)
    on = day_of(request.GET, "on") or request.today  # type: ignore[attr-defined]
    standing = Assessment.objects.visible(request.scope).standing(version.policy, version.region, on)  # type: ignore[attr-defined]
    chosen = request.GET.get("list", "")
    lines = _lines(version, standing)
    tabs = [(one.code, one.title, sum(line["one"].outcome == one.code for line in lines)) for one in version.pack.outcomes]
    page = Paginator([line for line in lines if chosen in ("", line["one"].outcome)], ROWS).get_page(request.GET.get("page"))
    return render(request, "judge/assessments.html", _told(request, version, on) | {"page": page, "tabs": tabs, "chosen": chosen, "all": len(lines)})


def _version(request: Any, pk: int) -> PolicyVersion:
    """The rule, where something of it may be seen."""
    version = PolicyVersion.objects.filter(pk=pk).first()
    if version is None or version.pack.of_units:
        raise Http404
    rows = Assessment.objects.filter(policy=version.policy, region=version.region)
    if not (request.scope.covers(VERB, version.region) or rows.visible(request.scope).exists()):
        raise Http404
    return version


def _told(request: Any, version: PolicyVersion, on: date) -> dict[str, Any]:
    pack, runs = version.pack, version.runs.all()
    names = [*pack.looked_at, *pack.figures] if len(pack.looked_at) < 5 else [*pack.figures]
    given = ReportedInputs.objects.filter(policy=version.policy, region=version.region).first()
    return {
        "version": version, "pack": pack, "subject": SUBJECTS[pack.subject], "region": region_name(version.region), "on": on,
        "state": version.state_on(request.today), "columns": [name_title(pack, name) for name in names], "last_run": runs.first(),
        "may_report": bool(pack.inputs) and request.scope.covers(ReportInputs.verb, version.region), "given": given,
        "wanted": ",".join(["key", *pack.inputs]), "filled": _filled(version, on) if pack.inputs else "",
        "may_rule": request.scope.covers(VERB, version.region),
    }  # fmt: skip


def _lines(version: PolicyVersion, standing: dict[str, Assessment]) -> list[dict[str, Any]]:
    pack = version.pack
    names = [*pack.looked_at, *pack.figures] if len(pack.looked_at) < 5 else [*pack.figures]
    order = [outcome.code for outcome in pack.outcomes]
    held = [one for one in standing.values() if one.outcome]
    held.sort(key=lambda one: (order.index(one.outcome) if one.outcome in order else len(order), one.key))
    return [{"one": one, "title": title(pack, one.outcome), "values": [shown((one.values | one.figures).get(name)) for name in names]} for one in held]


def _filled(version: PolicyVersion, on: date) -> str:
    """The newest figures as the table that was handed in, to be gone on with."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["key", *version.pack.inputs])
    for key, told in reported(version, on).items():
        rows.writerow([key, *("" if told.get(code) is None else f"{told[code]:g}" for code in version.pack.inputs)])
    return out.getvalue()


@allowed(ReportInputs.verb)
@require_POST
def report_inputs(request: Any, pk: int) -> HttpResponse:
    """The table that somebody pasted."""
    version = version_for(request, pk)
    try:
        told = table_of(request.POST.get("table", ""), version.pack)
        ReportInputs(request.actor, request.now, version, told, day_of(request.POST, "on") or request.today).do()
    except Refused as refused:
        messages.error(request, f"{refused.problem.why}。{refused.problem.remedy}")
    else:
        messages.success(request, _("已填报 %(n)d 行，下次评定起按这些数据算。") % {"n": len(told)})
    return redirect(reverse("judge:assessments", args=[pk]))


@allowed(VERB)
@require_safe
def assessment(request: Any, pk: int) -> HttpResponse:
    """Why: one of them with everything that decided it."""
    one = Assessment.objects.visible(request.scope).select_related("version", "run").filter(pk=pk).first()
    if one is None:
        raise Http404
    earlier = Assessment.objects.filter(policy=one.policy, region=one.region, key=one.key).select_related("version")[:50]
    story = [(row, title(row.version.pack, row.outcome)) for row in earlier]
    return render(request, "judge/assessment.html", {
        "one": one, "why": because(one), "story": story, "subject": SUBJECTS[one.subject], "may_case": request.scope.may("rectify.see"),
    })  # fmt: skip
