"""The worker's part of 同类一并处理: settle the rows of an order, some in a transaction; killed, it goes on where it was."""

from __future__ import annotations

from datetime import datetime
from time import monotonic

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.collect.deeds.accept_row import AcceptRow
from wushang.collect.deeds.mend_row import MendRow
from wushang.collect.deeds.settle_alike import rows_of
from wushang.collect.mending import hand_on
from wushang.collect.models import Batch, QuarantinedRow, Settling
from wushang.people.access import scope_of
from wushang.people.actor import Actor
from wushang.people.lease import held, renew
from wushang.people.scope import Scope
from wushang.terms.problem import Refused

TOGETHER = 50  # rows in one transaction
ROUND = 20.0  # seconds that one order may take of the worker's round


def settle_waiting(at: datetime) -> int:
    """Work on every order that is not done; returns how many rows were settled. For the worker."""
    orders = Settling.objects.filter(done=None).select_related("batch__version", "batch__sender__region", "user")
    return sum(carry_out(order, at, ROUND) for order in orders)


def carry_out(order: Settling, at: datetime, seconds: float) -> int:
    """Settle rows of an order for so long; returns how many. One at a time by lease."""
    began, before = monotonic(), order.settled
    with held(f"settling:{order.pk}", at) as mine:
        order.refresh_from_db()
        while mine and order.done is None and monotonic() - began < seconds:
            if not _some(order, at):
                break
            renew()
    return order.settled - before


def _some(order: Settling, at: datetime) -> bool:
    """The next rows in one transaction; False where the delivery must land first what was settled before."""
    with transaction.atomic():
        batch = Batch.objects.select_for_update().select_related("version", "sender__region").get(pk=order.batch_id)
        if batch.state == Batch.CONFIRMED:
            return False
        rows = list(rows_of(batch, order.kind, order.act).filter(row__gt=order.row).order_by("row")[:TOGETHER])
        if not rows or batch.state not in (Batch.CHECKED, Batch.LANDED):
            order.done = at
        settled = sum(_one(order, batch, row, at) for row in rows if order.done is None)
        order.settled += settled
        order.row = rows[-1].row if rows else order.row
        order.save()
        if settled:
            hand_on(batch)
    return True


def _who_asked(order: Settling, at: datetime) -> Actor:
    """The person who asked, with the rights of today: what was taken from her meanwhile the worker does not do for her."""
    scope = scope_of(order.user, timezone.localdate(at)) if order.user else Scope.nothing()
    return Actor(order.user, order.by, scope, "worker")


def _one(order: Settling, batch: Batch, row: QuarantinedRow, at: datetime) -> bool:
    row.batch = batch
    actor = _who_asked(order, at)
    try:
        if order.act == Settling.MEND:
            values = {p["field"]: p["suggestion"] for p in row.problems if p.get("suggestion")}
            settled = MendRow(actor, at, row, values, order.reason or _("按建议改正"), True).do()
        else:
            settled = AcceptRow(actor, at, row, order.reason, True).do()
    except Refused as refused:
        order.left += 1
        order.why = order.why or _("第 %(row)d 行：%(why)s") % {"row": row.row, "why": refused.problem.why}
        return False
    return bool(settled.state != QuarantinedRow.OPEN)
