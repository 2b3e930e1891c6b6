"""整改、复核、评估、办结 in the strip of the 预警件 page (环节条), as the case stands."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from wushang.rectify.models import Case
from wushang.rectify.states import ENDED, FIRST, TITLES
from wushang.rectify.words import said_day
from wushang.warn.models import Warning

BEFORE = ("found", "draft", "review", "sign", "deliver")  # a case is opened once all of these are done
STAGES = ("rectify", "check", "evaluate", "close")
# state → the stage that it is in; the last: all are done
PLACE = {
    "report_due": 0, "overdue": 0, "returned": 0, "interview": 0, "submitted": 1, "late_submitted": 1,
    "evaluating": 2, "extended": 2, "listed": 2, "open": 3, "interviewed": 3, "accepted": 3,
    "closed_ok": 4, "delisted": 4,
}  # fmt: skip


# no receipt is waited for any more: it is there, nobody has to sign (留置、公告), or the unit did the next thing without it
MOVED_ON = (
    ~Q(state__in=FIRST) | Q(submitted__isnull=False) | Q(warning__acknowledged__isnull=False) | Q(warning__due=None)
)  # fmt: skip


def reached(warning: Warning) -> dict[str, dict[str, str]]:
    """Stage → state, when, who; nothing without a case, and nothing of a dropped one."""
    case = Case.objects.filter(warning=warning).exclude(state="dropped").first()
    if case is None:
        return {}
    before: dict[str, dict[str, str]] = {stage: {"state": "done"} for stage in BEFORE}
    if warning.delivered:
        before["deliver"]["when"] = _day(warning.delivered)  # not the last day of the receipt
    return before | {
        stage: _stage(case, stage, place - PLACE[case.state]) if wanted(case, stage) else NOT_WANTED
        for place, stage in enumerate(STAGES)
    }


NOT_WANTED = {"state": "none", "when": _lazy("本级不要求"), "who": ""}


def wanted(case: Case, stage: str) -> bool:
    """Whether the rule has this step at this level: a yellow one asks for no report, so nothing is checked either."""
    if stage in ("rectify", "check"):
        return case.wants_report or case.submitted is not None or stage == "rectify" and case.needs_interview
    return stage != "evaluate" or case.recheck_on is not None or case.wants_report


def taken_over(rows: QuerySet) -> QuerySet:
    """Warnings, each with `later_state` and `later_due` once its case and no longer the receipt is what goes on."""
    cases = Case.objects.filter(MOVED_ON, warning=OuterRef("pk")).exclude(state__in=ENDED)
    return rows.annotate(later_state=Subquery(cases.values("state")[:1]), later_due=Subquery(cases.values("due")[:1]))


def later_title(state: str) -> Any:
    return TITLES[state]


def _stage(case: Case, stage: str, ahead: int) -> dict[str, str]:
    """ahead: below 0 the stage is done, 0 it is now, above 0 it comes."""
    state = "done" if ahead < 0 else "next" if ahead else "now"
    when = {"done": _done(case, stage), "now": _until(case), "next": ""}[state]
    renamed = {"title": _("约谈")} if stage == "rectify" and _only_interviewed(case) else {}
    return {"state": state, "when": when, "who": "", **renamed}


def _only_interviewed(case: Case) -> bool:
    """A level that asks for no report asks for the interview in its place."""
    return not case.wants_report and case.submitted is None


def _done(case: Case, stage: str) -> str:
    if stage == "evaluate":
        return _day(case.ended) if case.recheck_on else _("不评估")
    if stage == "rectify" and _only_interviewed(case):
        held = case.interviews.filter(state="held").order_by("-pk").first()
        return _("已约谈 %(day)s") % {"day": said_day(held.held_on)} if held and held.held_on else ""
    return _day({"rectify": case.submitted, "check": case.accepted, "close": case.ended}[stage])


def _until(case: Case) -> str:
    if case.state in ("evaluating", "extended") and case.recheck_on:
        return _("%(day)s起") % {"day": said_day(case.recheck_on)}
    return _("%(day)s前") % {"day": said_day(case.due)} if case.due else ""


def _day(at: date | datetime | None) -> str:
    if at is None:
        return ""
    return said_day(timezone.localdate(at) if isinstance(at, datetime) else at)
