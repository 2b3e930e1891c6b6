"""历史试算 and 新旧对比: what a version would have done in past months, and whom it moves beside the one in force."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wushang.judge import prose
from wushang.judge.assessments.difference import GroupDifference, compared
from wushang.judge.backtest import shown
from wushang.judge.backtest.report import Backtest, Trial, backtest, past, whole_months
from wushang.judge.difference import Difference
from wushang.judge.load import region_name
from wushang.judge.models import PolicyVersion, ReportedInputs
from wushang.judge.run import regional
from wushang.judge.subject import SUBJECTS
from wushang.judge.views.policies import version_for
from wushang.people.page import allowed
from wushang.terms.period import Period
from wushang.terms.problem import Refused

KEPT = 3600  # seconds that a trial is kept: the same text on the same data says the same
LISTED = 500  # units that a page lists


@allowed("judge.see")
@require_safe
def backtest_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The trial over the months asked for; the last three years where nothing is asked."""
    version, today = _of_units(request, pk), request.today  # type: ignore[attr-defined]
    told: dict[str, Any] = {"version": version, "region": region_name(version.region), "problem": ""}
    try:
        period = _asked(request, today)
    except Refused as refused:
        period, told["problem"] = past(today), f"{refused.problem.why}。{refused.problem.remedy}"
    found = tried(version, period, today)
    return render(request, "judge/backtest.html", told | shown.page(found) | {"found": found})


def _of_units(request: HttpRequest, pk: int) -> PolicyVersion:
    version = version_for(request, pk)
    if not version.pack.of_units:
        raise Http404
    return version


def _asked(request: HttpRequest, today: date) -> Period:
    """Raises Refused for months that cannot be read, or are not over."""
    start, end = (_month(request, name) for name in ("from", "to"))
    if start is None and end is None:
        return past(today)
    start, end = start or end, end or start
    assert start and end
    return whole_months(Period(min(start, end), max(start, end)), today)


def _month(request: HttpRequest, name: str) -> date | None:
    text = request.GET.get(name, "")
    if not text:
        return None
    try:
        found = parse_date(f"{text}-01")
    except ValueError:
        found = None
    if found is None:
        raise Refused(_("“%(text)s”不是月份") % {"text": text[:20]}, _("请写成 2026-03"))
    return found


def tried(version: PolicyVersion, period: Period, today: date) -> Backtest:
    """Worked out once per text, months and state of the facts."""
    pool, holding = regional(version.region), holding_beside(version, today)
    key = f"judge.backtest.{version.digest}.{version.number}.{holding.pk if holding else 0}.{version.region}.{pool.commit}.{period.start}.{period.end}"
    found: Backtest | None = cache.get(key)
    if found is None:
        others = [Trial("in_force", str(holding), holding.pack)] if holding else []
        found = backtest(Trial("tried", str(version), version.pack), others, pool, period, version.region)
        cache.set(key, found, KEPT)
    return found


def holding_beside(version: PolicyVersion, today: date) -> PolicyVersion | None:
    """The version of the same rule that holds today, where it says anything else."""
    held = PolicyVersion.objects.of(version).in_force_on(today).order_by("number").last()
    return held if held and held.digest != version.digest else None


@allowed("judge.see")
@require_safe
def difference_page(request: HttpRequest, pk: int) -> HttpResponse:
    """This version beside the one in force: what the text says otherwise, and which units, cases, townships … change."""
    version, today = version_for(request, pk), request.today  # type: ignore[attr-defined]
    others = list(PolicyVersion.objects.of(version).exclude(pk=version.pk).order_by("-number"))
    against = next((one for one in others if str(one.number) == request.GET.get("against")), None) or holding_beside(version, today)
    against = against or next(iter(others), None)
    told: dict[str, Any] = {"version": version, "against": against, "others": others, "region": region_name(version.region)}
    if against:
        told |= _compared(against, version, today)
    return render(request, "judge/difference.html", told)


def _compared(old: PolicyVersion, new: PolicyVersion, today: date) -> dict[str, Any]:
    given = ReportedInputs.objects.filter(policy=new.policy, region=new.region).values_list("pk", flat=True).first()
    key = f"judge.difference.{old.digest}.{new.digest}.{new.region}.{regional(new.region).commit}.{given}.{today}"
    found: Difference | GroupDifference | None = cache.get(key)
    if found is None:
        found = compared(old, new.pack, today, new.region)
        cache.set(key, found, KEPT)
    if isinstance(found, GroupDifference):
        return {"found": found, "groups": found.moves[:LISTED], "more": max(0, len(found.moves) - LISTED), "subject": SUBJECTS[found.subject]}
    lines = [{"move": move, "before": title(old, move.before), "after": title(new, move.after)} for move in found.moves[:LISTED]]
    return {"found": found, "lines": lines, "more": max(0, len(found.moves) - LISTED)}


def title(version: PolicyVersion, code: str) -> str:
    return prose.title(version.pack, code) if code else _("不预警")
