"""What the desk (今日待办) lists from rectify for one person: reviews, referrals, corrections, each with its last day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from wushang.people.models import User
from wushang.people.scope import Scope
from wushang.rectify.models import Case, CorrectionRequest, Referral
from wushang.rectify.states import WITH_REVIEWER
from wushang.warn.units import visible


@dataclass(frozen=True)
class Due:
    """One row of the desk."""

    due: date | None
    what: Any
    enterprise: int
    stage: Any
    level: str
    url: str


def dues(user: User, scope: Scope) -> list[Due]:
    """Open work in the user's scope that the user may do, earliest first."""
    rows = [*_reviews(scope), *_interviews(scope), *_referrals(user, scope), *_corrections(scope)]
    return sorted(rows, key=lambda row: row.due or date.max)


def _reviews(scope: Scope) -> list[Due]:
    if not scope.may("rectify.review"):
        return []
    mine = Case.objects.filter(state__in=(*WITH_REVIEWER, "accepted", "interviewed", "open"))
    return [_case(c, _("办结") if c.state not in WITH_REVIEWER else _("复核整改")) for c in _seen(mine, scope, "rectify.review")]


def _interviews(scope: Scope) -> list[Due]:
    if not scope.may("rectify.refer"):
        return []
    return [_case(c, _("约谈")) for c in _seen(Case.objects.filter(state="interview"), scope, "rectify.refer")]


def _seen(rows, scope: Scope, verb: str):
    return rows.filter(enterprise__in=visible(scope, verb))


def _case(case: Case, what: str) -> Due:
    return Due(case.due, what, case.enterprise_id, case.state_title, case.level, reverse("rectify:case", args=[case.pk]))


def _referrals(user: User, scope: Scope) -> list[Due]:
    """To be answered by the user's department; sent back or answered to whoever sent it."""
    theirs = Q(to=user.department, state__in=("sent", "accepted")) if scope.may("rectify.answer_referral") else Q(pk=None)
    rows = Referral.objects.filter(theirs | Q(sent_by=user, state__in=("sent_back", "answered")))
    return [
        Due(r.reply_by, _("转办：%(kind)s") % {"kind": r.kind_title}, r.enterprise_id, r.state_title,
            r.warning.level if r.warning else "", reverse("rectify:referral", args=[r.pk]))
        for r in rows.select_related("warning")
    ]  # fmt: skip


def _corrections(scope: Scope) -> list[Due]:
    if not scope.may("rectify.answer_correction"):
        return []
    rows = _seen(CorrectionRequest.objects.filter(answered=None), scope, "rectify.answer_correction")
    return [
        Due(r.due, _("数据核对申请"), r.enterprise_id, r.kind_title, r.warning.level, reverse("rectify:corrections"))
        for r in rows.select_related("warning")
    ]
