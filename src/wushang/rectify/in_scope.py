"""Rows a signed-in person may see: by the enterprise's present place; a referral also by who sent it."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from wushang.people.scope import Scope
from wushang.pool.models import EnterpriseVersion
from wushang.rectify.models import Case, CorrectionRequest, Referral
from wushang.warn.units import visible


def named(rows: QuerySet) -> QuerySet:
    """Each row with its enterprise's present `name` and `region`."""
    now = EnterpriseVersion.objects.current().filter(enterprise=OuterRef("enterprise")).order_by("-pk")
    return rows.annotate(name=Subquery(now.values("name")[:1]), region=Subquery(now.values("region")[:1]))


def cases(scope: Scope, verb: str = "rectify.see") -> QuerySet:
    return named(Case.objects.filter(enterprise__in=visible(scope, verb)).select_related("warning", "handler"))


def referrals(scope: Scope, user: Any, verb: str = "rectify.see") -> QuerySet:
    """Those on units in scope, those the user sent (a unit may have moved away since), and those sent to the user's unit."""
    mine = Q(enterprise__in=visible(scope, verb)) | Q(sent_by=user)
    if user.department_id:
        mine |= Q(to=user.department_id)
    rows = Referral.objects.filter(mine)
    return named(rows.select_related("warning", "case", "to", "sent_by", "handler"))


def corrections(scope: Scope, verb: str = "rectify.see") -> QuerySet:
    return named(CorrectionRequest.objects.filter(enterprise__in=visible(scope, verb)).select_related("warning"))


def one(rows: QuerySet, pk: int) -> Any:
    """The row, or 404 where it does not exist or lies outside the scope: nobody learns which."""
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
