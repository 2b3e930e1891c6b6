"""Where a delivery lies: in the region of the department that sends it; and which deliveries a scope sees."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from wushang.collect.models import Batch
from wushang.people.deed import NotAllowed, Place, refuse
from wushang.people.models import Department
from wushang.people.scope import Grant, Scope
from wushang.terms.problem import Problem

OWN = "collect.own"  # a role with this word reaches its own department's deliveries alone (报送员)


def place_of(batch: Batch) -> tuple[Place, ...]:
    """The place that a deed on this delivery touches."""
    return ((batch.sender.region.code, "", None),)


def batches_in(scope: Scope, verb: str = "collect.see") -> QuerySet[Batch]:
    """The deliveries a scope reaches. A file holds whole departments' rows: rights over some industries or some
    enterprises alone do not open it."""
    return Batch.objects.filter(_reach(scope, verb, "sender__")).select_related("version", "sender__region")


def departments_in(scope: Scope, verb: str = "collect.upload") -> QuerySet[Department]:
    """The departments for which a scope may bring files."""
    return Department.objects.filter(_reach(scope, verb, "")).select_related("region")


def _reach(scope: Scope, verb: str, path: str) -> Q:
    """The departments' regions; for a sender her own department alone."""
    seen = Q(pk__in=[])
    for grant in scope.for_verb(verb):
        if grant.industries is None and grant.enterprises is None:
            for prefix in grant.regions:
                seen |= Q(**{f"{path}region__code__startswith": prefix}) & _own(grant, path)
    return seen


def _own(grant: Grant, path: str) -> Q:
    return Q(**{f"{path}code": grant.department}) if OWN in grant.verbs else Q()


def sender_of(scope: Scope, code: str) -> Department:
    """The department of this code; Refused where there is none that the scope may bring files for."""
    found = departments_in(scope).filter(code=code).first()
    if found is None:
        why = _("没有这个报送部门，或者它不在您的管辖范围内。")
        raise refuse("which_sender", why, _("请核对部门代码。"), "sender", code)
    return found


def reaches(scope: Scope, verb: str, sender: Department) -> bool:
    """Whether the scope reaches what this department sends."""
    return departments_in(scope, verb).filter(pk=sender.pk).exists()


def refuse_beyond(scope: Scope, verb: str, sender: Department) -> None:
    """NotAllowed where the delivery is another department's and the actor has her own alone."""
    if not reaches(scope, verb, sender):
        why = _("这是%(who)s的报送，不在您的管辖范围内。") % {"who": sender.short_name}
        raise NotAllowed(Problem("not_allowed", "", "", why, _("只能处理本部门的报送。")))
