"""整改、复核、评估、办结 in the strip of the 预警件 page (环节条), as the case stands."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.rectify.models import Case
from wushang.rectify.words import said_day

# state → the stage that it is in, counted from 整改
PLACE = {
    "report_due": 0, "overdue": 0, "returned": 0, "interview": 0, "submitted": 1, "late_submitted": 1,
    "evaluating": 2, "extended": 2, "listed": 2, "open": 3, "interviewed": 3, "accepted": 3,
    "closed_ok": 4, "delisted": 4, "dropped": 4,
}  # fmt: skip


def stages(case: Case | None, strip: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """warn's strip of nine in; the last four told by the case (nothing changes without one)."""
    if case is None or case.state == "dropped":
        return strip
    reached = PLACE[case.state]
    head = [{**stage, "state": "done"} for stage in strip[:-4]]
    done = (_day(case.submitted), _date(case.accepted), _signed(case), _day(case.ended))
    tail = []
    for place, stage in enumerate(strip[-4:]):
        state = "done" if place < reached else "now" if place == reached else "next"
        until = _("%(day)s前") % {"day": said_day(case.due)} if state == "now" and case.due else ""
        if state == "now" and case.state in ("evaluating", "extended") and case.recheck_on:
            until = _("%(day)s起") % {"day": said_day(case.recheck_on)}
        tail.append({**stage, "state": state, "when": done[place] if state == "done" else until})
    return head + tail


def _day(at: Any) -> str:
    return said_day(timezone.localdate(at)) if at else ""


def _date(day: date | None) -> str:
    return said_day(day) if day else ""


def _signed(case: Case) -> str:
    return _day(case.ended) if case.recheck_on else _("不评估")
