"""待办 of deliveries: a checked one waits to be confirmed, rows wait in 待订正."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.collect.models import Batch, QuarantinedRow
from wushang.people.actor import Actor
from wushang.people.todo import Todo
from wushang.terms.deadline import Length
from wushang.terms.deadline import due as ends_on

HOLD = Length.parse("2 working_days")  # our default: a delivery is settled within two working days


def items(actor: Actor, today: date) -> list[Todo]:
    """Deliveries that wait for the actor; those an uploader sent and somebody else has to confirm."""
    waiting = Q(state=Batch.CHECKED) | Q(state=Batch.LANDED)
    rows = Batch.objects.filter(waiting).select_related("sender__region", "version").annotate(
        owed=Count("quarantined", filter=Q(quarantined__state=QuarantinedRow.OPEN))
    )  # fmt: skip
    return [todo for batch in rows.exclude(state=Batch.LANDED, owed=0) for todo in _of(actor, batch)]


def _of(actor: Actor, batch: Batch) -> list[Todo]:
    found = []
    owed: int = getattr(batch, "owed", 0)
    if batch.state == Batch.CHECKED and _may(actor, "collect.confirm", batch):
        found.append(_todo(batch, _("确认入库 %(n)d 行") % {"n": batch.rows}, _("确认"), _("待确认")))
    elif batch.state == Batch.CHECKED and _may(actor, "collect.see", batch):
        found.append(_todo(batch, _("等确认入库"), _("查看"), _("待确认"), "started"))
    if owed and _may(actor, "collect.mend", batch):
        found.append(_todo(batch, _("订正%(title)s %(n)d 行") % {"title": batch.version.loaded().title, "n": owed}, _("订正"), _("待订正")))
    return found


def _may(actor: Actor, verb: str, batch: Batch) -> bool:
    return actor.scope.covers(verb, batch.sender.region.code)


def _todo(batch: Batch, what: str, op: str, stage: str, tab: str = "mine") -> Todo:
    came = timezone.localdate(batch.received)
    url = reverse("collect:batch", args=[batch.pk])
    before = _("%(who)s 上传 %(m)d月%(d)d日") % {"who": batch.received_by, "m": came.month, "d": came.day}
    return Todo(
        due=ends_on(came, HOLD), what=what, name=_("报送：%(title)s") % {"title": batch.title}, url=url, stage=stage,
        op=op, op_url=url, before=before, tab=tab,  # type: ignore[arg-type]
    )  # fmt: skip
