"""A file that lacked a column comes again with it: the delivery that took nothing gives way to the one that counts."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from wushang.collect import counts, shelf
from wushang.collect.models import Batch


def give_way(batch: Batch, at: datetime, by: str) -> list[int]:
    """Take back the sender's earlier deliveries of this table that lacked a column, took no row, and of whose rows every key
    is in this one; returns their pks. The caller confirms `batch` in the same transaction."""
    earlier = Batch.objects.filter(version__source=batch.source, sender=batch.sender, state=Batch.CHECKED, taken=0, pk__lt=batch.pk)
    found = [one for one in earlier.select_for_update(of=("self",)) if one.absent and not _settled(one)]
    mine = _keys(batch) if found else set()
    gone = [one.pk for one in found if all(key in mine and key.strip("|") for key in _keys(one))]
    why = _("缺的列已补上，由批次号 %(n)s 的报送代替") % {"n": batch.number}
    Batch.objects.filter(pk__in=gone).update(state=Batch.WITHDRAWN, withdrawn=at, withdrawn_by=by, withdraw_reason=why)
    return gone


def _settled(batch: Batch) -> bool:
    return any(counts.of(batch).get(state) for state in counts.SETTLED)


def _keys(batch: Batch) -> set[str]:
    """Natural keys of all rows of a delivery, taken or waiting; a row without one is in no other file for certain."""
    waiting = batch.quarantined.values_list("key", flat=True)
    return {*(shelf.table(batch.path).select("key").collect()["key"]), *waiting}
