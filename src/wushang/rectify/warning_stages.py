"""整改、复核、评估、办结 in the strip of the 预警件 page (环节条), as the case stands."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.rectify.models import Case
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


def reached(warning: Warning) -> dict[str, dict[str, str]]:
    """Stage → state, when, who; nothing without a case, and nothing of a dropped one."""
    case = Case.objects.filter(warning=warning).exclude(state="dropped").first()
    if case is None:
        return {}
    return {stage: {"state": "done"} for stage in BEFORE} | {
        stage: _stage(case, stage, place - PLACE[case.state]) for place, stage in enumerate(STAGES)
    }


def _stage(case: Case, stage: str, ahead: int) -> dict[str, str]:
    """ahead: below 0 the stage is done, 0 it is now, above 0 it comes."""
    state = "done" if ahead < 0 else "next" if ahead else "now"
    when = {"done": _done(case, stage), "now": _until(case), "next": ""}[state]
    return {"state": state, "when": when, "who": ""}


def _done(case: Case, stage: str) -> str:
    if stage == "evaluate":
        return _day(case.ended) if case.recheck_on else _("不评估")
    return _day({"rectify": case.submitted, "check": case.accepted, "close": case.ended}[stage])


def _until(case: Case) -> str:
    if case.state in ("evaluating", "extended") and case.recheck_on:
        return _("%(day)s起") % {"day": said_day(case.recheck_on)}
    return _("%(day)s前") % {"day": said_day(case.due)} if case.due else ""


def _day(at: date | datetime | None) -> str:
    if at is None:
        return ""
    return said_day(timezone.localdate(at) if isinstance(at, datetime) else at)
