"""上次会议交办: what the last print put before the leaders, and how much of it has been done since."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from wushang.analyse.models import Print
from wushang.people.scope import Scope
from wushang.rectify.models import Case, Referral
from wushang.rectify.states import WITH_ENTERPRISE
from wushang.web import reporting
from wushang.web.meeting.prints import PAGE, area_of


def last_meeting(scope: Scope, today: date) -> dict[str, Any] | None:
    """The newest print of an earlier day over the same area: {date, given, done, url, open: [{title, who}]}; None: none."""
    made = next((one for one in Print.objects.filter(page=PAGE).order_by("-pk")[:50] if _counts(one, scope, today)), None)
    if made is None:
        return None
    given = made.figures["push"]
    left = [one for one in given if _still(one, today)]
    return {
        "date": timezone.localdate(made.at), "given": len(given), "done": len(given) - len(left), "url": "",
        "open": [{"title": f"{one['name']}：{one['problem']}", "who": one["department"]} for one in left],
    }  # fmt: skip


def _counts(made: Print, scope: Scope, today: date) -> bool:
    return made.area == area_of(scope) and timezone.localdate(made.at) < today and bool(made.figures.get("push"))


def _still(matter: dict[str, Any], today: date) -> bool:
    """Whether it stands as it stood: the case waits for the unit, the referral for an answer, the table is owed."""
    parts = [part for part in matter["url"].split("/") if part]
    number = int(parts[-1]) if parts and parts[-1].isdigit() else 0
    if "referrals" in parts:
        return Referral.objects.filter(pk=number, state__in=("sent", "accepted", "sent_back")).exists()
    if number:
        return Case.objects.filter(pk=number, state__in=(*WITH_ENTERPRISE, "listed"), due__lt=today).exists()
    return any(line.late and line.sender == matter["name"] for line in reporting.lines(today))
