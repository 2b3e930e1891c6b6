"""How many rows of a delivery wait, by state, kind and change: kept on the delivery, moved row by row under its lock.

`counts` of a Batch: {"open": n, "returned": n, "mended": n, "accepted": n, "suggested": n, "new"/"changed"/"same": of the
settled rows, "kinds": {kind: open rows}}. A million rows are never counted for a page.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q

from wushang.collect.models import Batch, QuarantinedRow

SETTLED = (QuarantinedRow.MENDED, QuarantinedRow.ACCEPTED)
Standing = tuple[str, str, str, bool]  # state, kind, change, suggested


def of(batch: Batch) -> dict[str, Any]:
    """The counts of a delivery; counted once where they were never kept."""
    if not batch.counts:
        recount(batch)
    return batch.counts


def some(*states: str) -> Q:
    """The deliveries that may have rows in one of these states: by their counts, or not counted yet."""
    found = Q(counts={})
    for state in states:
        found |= Q(**{f"counts__{state}__gt": 0})
    return found


def recount(batch: Batch) -> None:
    """Count the rows anew and keep the counts."""
    counts: dict[str, Any] = {"kinds": {}}
    groups = batch.quarantined.order_by().values_list("state", "kind", "change", "suggested").annotate(n=Count("pk"))
    for state, kind, change, suggested, number in groups:
        _add(counts, (state, kind, change, suggested), number)
    _keep(batch, counts)


def standing(row: QuarantinedRow) -> Standing:
    """Where a row counts now."""
    return row.state, row.kind, row.change, row.suggested


def move(batch: Batch, before: Standing, after: Standing) -> None:
    """One row went from one place to another. The caller holds the delivery's lock."""
    kept = Batch.objects.values_list("counts", flat=True).get(pk=batch.pk)
    if not kept:
        return recount(batch)
    _add(kept, before, -1)
    _add(kept, after, 1)
    return _keep(batch, kept)


def _add(counts: dict[str, Any], place: Standing, number: int) -> None:
    state, kind, change, suggested = place
    counts[state] = counts.get(state, 0) + number
    if state in SETTLED:
        counts[change or "new"] = counts.get(change or "new", 0) + number
    if state == QuarantinedRow.OPEN:
        counts["kinds"][kind] = counts["kinds"].get(kind, 0) + number
        if not counts["kinds"][kind]:
            del counts["kinds"][kind]
        counts["suggested"] = counts.get("suggested", 0) + (number if suggested else 0)


def _keep(batch: Batch, counts: dict[str, Any]) -> None:
    batch.counts = {"open": 0, **counts}
    Batch.objects.filter(pk=batch.pk).update(counts=batch.counts)
