"""Where a delivery lies: in the region of the department that sends it."""

from __future__ import annotations

from wushang.collect.models import Batch
from wushang.people.deed import Place


def place_of(batch: Batch) -> tuple[Place, ...]:
    """The place that a deed on this delivery touches."""
    return ((batch.sender.region.code, "", None),)
