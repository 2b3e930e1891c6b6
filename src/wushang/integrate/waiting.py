"""The worker's part: land what people confirmed, take back what they withdrew. The batch's state is the queue."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _

from wushang.collect import handing
from wushang.collect.models import Batch
from wushang.integrate.land import Order, land
from wushang.integrate.undo import undo
from wushang.people import audit
from wushang.people.actor import Actor
from wushang.people.lease import held, renew
from wushang.pool.landing import Overtaken
from wushang.pool.models import Commit
from wushang.terms.problem import Problem, Refused

log = logging.getLogger(__name__)


def land_waiting(at: datetime) -> int:
    """Land the confirmed deliveries, oldest first; returns how many."""
    return sum(_alone(land_batch, batch, at) for batch in handing.confirmed())


def undo_waiting(at: datetime) -> int:
    """Take the withdrawn deliveries back; returns how many."""
    return sum(_alone(take_back, batch, at) for batch in handing.to_withdraw())


def _alone(work: Callable[[Batch, datetime], bool], batch: Batch, at: datetime) -> bool:
    """A delivery that fails waits for the next round; it does not hold up the others."""
    try:
        return work(batch, at)
    except Exception as failed:
        log.exception("%s of batch %s failed", work.__name__, batch.pk)
        _tell(batch, failed)
        return False


def _tell(batch: Batch, failed: Exception) -> None:
    """People see that it does not land, and may withdraw it. An exception's own words may hold cells: the log's alone."""
    why, remedy = _("入库没有成功，系统会再试。"), _("一直不成功的，请撤回本批，改正后重新报送；或请管理员查看运行日志。")
    if isinstance(failed, Refused) and not isinstance(failed, Overtaken):
        why, remedy = failed.problem.why, failed.problem.remedy or remedy
    Batch.objects.filter(pk=batch.pk, state=Batch.CONFIRMED).update(problem=Problem("landing", "", "", why, remedy).to_json())


def land_batch(batch: Batch, at: datetime) -> bool:
    """Resolve, load and publish one confirmed delivery; False when another worker has it."""
    actor = Actor.system()
    with held(f"batch:{batch.pk}", at) as mine:
        if not mine:
            return False
        batch.refresh_from_db()  # another worker may have landed it since it was listed
        if batch.state != Batch.CONFIRMED:
            return False
        handed = handing.ready(batch)
        renew()
        order = Order(
            handed.lands, handed.source, handed.sender, handed.title, handed.batch, handed.whole_periods,
            handed.historical, handed.held,
        )  # fmt: skip

        def on_publish(commit: Commit | None, outcome) -> None:
            handing.landed(batch, commit, at)
            said = {"new": outcome.new, "changed": outcome.changed, "gone": outcome.gone, "provisional": outcome.provisional}
            audit.write(actor, at, "integrate.land", f"batch:{batch.pk}", said)

        land(order, handed.rows, actor, at, on_publish)
    return True


def take_back(batch: Batch, at: datetime) -> bool:
    """Undo every commit of a delivery, newest first; the last undo settles the batch in its own transaction."""
    actor = Actor.system()
    with held(f"batch:{batch.pk}", at) as mine:
        if not mine:
            return False
        batch.refresh_from_db()
        if batch.state != Batch.WITHDRAWING:
            return False
        left = [pk for pk in reversed(batch.commits) if not _undone(batch, pk)]
        for place, pk in enumerate(left):
            renew()
            commit, last = Commit.objects.get(pk=pk), place == len(left) - 1
            undo(commit, "withdrawal", _title(batch, pk), actor, at, _settle(batch, at, actor) if last else None)
        if not left:
            _settle(batch, at, actor)(None)
    return True


def _title(batch: Batch, commit: int) -> str:
    return f"撤回报送 {batch.number}（{commit}）"


def _undone(batch: Batch, commit: int) -> bool:
    """A worker killed between two undos must not undo the first again."""
    return Commit.objects.filter(kind="withdrawal", title=_title(batch, commit), number__isnull=False).exists()


def _settle(batch: Batch, at: datetime, actor: Actor):
    def settle(_back: Commit | None) -> None:
        handing.withdrawn(batch, at)
        audit.write(actor, at, "integrate.take_back", f"batch:{batch.pk}", {})

    return settle
