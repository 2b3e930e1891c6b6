"""What became of a 数据核对申请 in the facts: which commit changed them since, and what that means in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from wushang.people.models import Department
from wushang.pool.models import Commit, Headcount, InjuryVersion, Report
from wushang.pool.models.clock import latest
from wushang.rectify.models import CorrectionRequest
from wushang.terms import codes
from wushang.warn import facts, judged

RECENT = 500  # commits looked back


def commit_since(request: CorrectionRequest) -> int | None:
    """The newest commit since the request that changed what is known of the unit; a correction before any other."""
    later = Commit.objects.filter(number__gt=request.known).order_by("-number")[:RECENT]
    mine = [commit for commit in later if request.enterprise_id in commit.enterprises]
    chosen = next((commit for commit in mine if commit.kind == "correction"), mine[0] if mine else None)
    return chosen.number if chosen else None


def suggestion(request: CorrectionRequest) -> str:
    """The first words of the answer: what the letter said and what holds now; '' where nothing differs."""
    letter, finding = request.warning.letter, request.warning.finding
    frame = judged.told(finding)
    was = letter.values.get("events") if letter else None
    now = facts.accidents(request.enterprise_id, frame.period, latest(), frame.basis, frame.status, frame.at_work).events
    if not isinstance(was, int) or was == now:
        return ""
    return _("经核对，您单位%(period)s工伤事故由 %(was)d 起改为 %(now)d 起。原函怎么办，另行书面告知。") % {
        "period": frame.window_title, "was": was, "now": now,
    }  # fmt: skip


@dataclass(frozen=True)
class Named:
    """One accident that the letter counted, as the office finds its source."""

    injury: int
    said: str


def accidents(request: CorrectionRequest) -> list[Named]:
    """The accidents of the letter, to be looked up and mended where they came from."""
    return [Named(row.injury_id, _said(row)) for row in judged.accidents(request.warning.finding).injuries]


def _said(row: InjuryVersion) -> str:
    kind = codes.name("accident_kind", row.kind, row.occurred) if row.kind else ""
    return " ".join(part for part in (row.occurred.isoformat(), kind, row.post) if part)


def senders(request: CorrectionRequest) -> list[Department]:
    """Departments whose files speak of the unit now: who may be asked to look again."""
    unit = request.enterprise_id
    codes_of: set[Any] = set(Report.objects.current().filter(employer=unit).values_list("sender", flat=True).distinct())
    codes_of |= set(Headcount.objects.current().filter(enterprise=unit).values_list("sender", flat=True).distinct())
    return list(Department.objects.filter(code__in=codes_of).order_by("code"))
