"""Where a delivery lies: in the region of the department that sends it; and which deliveries a scope sees."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from wushang.collect.models import Batch
from wushang.people.deed import Place
from wushang.people.models import Department
from wushang.people.scope import Scope


def place_of(batch: Batch) -> tuple[Place, ...]:
    """The place that a deed on this delivery touches."""
    return ((batch.sender.region.code, "", None),)


def batches_in(scope: Scope, verb: str = "collect.see") -> QuerySet[Batch]:
    """The deliveries a scope reaches. A file holds whole departments' rows: rights over some industries or some
    enterprises alone do not open it."""
    return Batch.objects.filter(_regions(scope, verb, "sender__region__code")).select_related(
        "version", "sender__region"
    )


def departments_in(scope: Scope, verb: str = "collect.upload") -> QuerySet[Department]:
    """The departments for which a scope may bring files."""
    return Department.objects.filter(_regions(scope, verb, "region__code")).select_related("region")


def _regions(scope: Scope, verb: str, path: str) -> Q:
    seen = Q(pk__in=[])
    for grant in scope.for_verb(verb):
        if grant.industries is None and grant.enterprises is None:
            for prefix in grant.regions:
                seen |= Q(**{f"{path}__startswith": prefix})
    return seen
