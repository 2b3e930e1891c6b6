"""待办 of deliveries: a checked one waits to be confirmed, rows wait in 待订正."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.collect.models import Batch, QuarantinedRow
from wushang.collect.place import batches_in
from wushang.people.actor import Actor
from wushang.people.todo import Todo
from wushang.terms.deadline import Length
from wushang.terms.deadline import due as ends_on

HOLD = Length.parse("2 working_days")  # our default: a delivery is settled within two working days
MEND = Length.parse("5 working_days")  # our default for rows in 待订正


def items(actor: Actor, today: date) -> list[Todo]:
    """Deliveries that wait for the actor; those whose confirmation is somebody else's."""
    return [*_to_confirm(actor), *_to_mend(actor)]


def _to_confirm(actor: Actor) -> Iterator[Todo]:
    mine = set(batches_in(actor.scope, "collect.confirm").filter(state=Batch.CHECKED).values_list("pk", flat=True))
    for batch in batches_in(actor.scope).filter(state=Batch.CHECKED):
        if batch.pk in mine:
            yield _todo(batch, _("确认入库 %(n)d 行") % {"n": batch.rows}, _("确认"), _("待确认"))
        elif batch.received_by == actor.name:
            yield _todo(batch, _("等确认入库"), _("查看"), _("待确认"), "started")


def _to_mend(actor: Actor) -> Iterator[Todo]:
    owed = Count("quarantined", filter=Q(quarantined__state=QuarantinedRow.OPEN))
    rows = batches_in(actor.scope, "collect.mend").filter(state__in=(Batch.CHECKED, Batch.LANDED)).annotate(owed=owed)
    waiting = list(rows.filter(owed__gt=0))
    if old := [batch for batch in waiting if batch.historical]:
        yield _history(old)
    for batch in (one for one in waiting if not one.historical):
        said = {"title": batch.version.loaded().title, "n": batch.owed}
        yield _todo(batch, _("订正%(title)s %(n)d 行") % said, _("订正"), _("待订正"), within=MEND)


def _history(old: list[Any]) -> Todo:
    """All imported history in one row without a clock: nothing is sent from it."""
    what = _("订正历史数据 %(n)d 行，%(files)d 份报送") % {"n": sum(batch.owed for batch in old), "files": len(old)}
    url = reverse("collect:batches")
    return Todo(None, what, _("历史数据"), url, _("待订正"), _("订正"), url)


def _todo(batch: Batch, what: str, op: str, stage: str, tab: str = "mine", within: Length = HOLD) -> Todo:
    came = timezone.localdate(batch.received)
    url = reverse("collect:batch", args=[batch.pk])
    before = _("%(who)s 上传 %(m)d月%(d)d日") % {"who": batch.received_by, "m": came.month, "d": came.day}
    return Todo(
        due=ends_on(came, within), what=what, name=_("报送：%(title)s") % {"title": batch.title}, url=url, stage=stage,
        op=op, op_url=url, before=before, tab=tab,  # type: ignore[arg-type]
    )  # fmt: skip
