"""The worker's part: land what people confirmed, take back what they withdrew. The batch's state is the queue.

Small deliveries have a lane of their own, so that nobody's hand entry waits for a file of millions. Of one source and sender
an earlier delivery always lands before a later one, for the later one has the last word.
"""

from __future__ import annotations

import hashlib
import logging
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from wushang.collect import handing
from wushang.collect.models import Batch
from wushang.collect.ways.arriving import confirm_clean
from wushang.integrate.land import Order, land
from wushang.integrate.undo import undo
from wushang.people import audit
from wushang.people.actor import Actor
from wushang.people.lease import held, renew
from wushang.pool.landing import Overtaken
from wushang.pool.models import Commit
from wushang.terms import disk
from wushang.terms.problem import Problem, Refused

log = logging.getLogger(__name__)


def land_waiting(at: datetime) -> int:
    """Land the confirmed deliveries, the small ones first, then the oldest; returns how many."""
    waiting = handing.confirmed()
    first = {batch.pk for batch in _small(waiting, {})}
    return sum(_alone(land_batch, batch, at) for batch in sorted(waiting, key=lambda one: (one.pk not in first, one.pk)))


def land_small(at: datetime) -> int:
    """Confirm what may be without a person, and land the small deliveries that may go first; returns how many landed."""
    unchecked = _unchecked()
    confirm_clean(at)  # after the look at what is unchecked: what was checked meanwhile stands among the confirmed, or there
    return sum(_alone(land_batch, batch, at) for batch in _small(handing.confirmed(), unchecked))


def small_only() -> int:
    """The size in bytes up to which a file is small."""
    return settings.WUSHANG_SMALL_KB * 1024


Queue = tuple[str, int]  # source and sender


def _small(waiting: list[Batch], before: dict[Queue, list[int]]) -> list[Batch]:
    """Those that may go before the others: small, and no large or unchecked one of the same source and sender is older."""
    found, held_up = [], dict(before)
    for batch in waiting:
        queue = (batch.version.source, batch.sender_id)
        if batch.size > small_only() or any(pk < batch.pk for pk in held_up.get(queue, ())):
            held_up[queue] = [*held_up.get(queue, ()), batch.pk]
        else:
            found.append(batch)
    return found


def _unchecked() -> dict[Queue, list[int]]:
    """The deliveries that are not checked yet, by source and sender: they may be confirmed by themselves."""
    found: dict[Queue, list[int]] = defaultdict(list)
    rows = Batch.objects.filter(state__in=(Batch.RECEIVED, Batch.READ)).values_list("version__source", "sender_id", "pk")
    for source, sender, pk in rows:
        found[source, sender].append(pk)
    return found


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
    why, remedy = _("入库没有成功，稍后自动再试。"), _("一直不成功的，请撤回本批，改正后重新报送；或请管理员查看运行日志。")
    if isinstance(failed, Refused) and not isinstance(failed, Overtaken):
        why, remedy = failed.problem.why, failed.problem.remedy or remedy
    elif disk.is_full(failed):
        why, remedy = disk.FULL.why, disk.FULL.remedy
    Batch.objects.filter(pk=batch.pk, state=Batch.CONFIRMED).update(problem=Problem("landing", "", "", why, remedy).to_json())


def land_batch(batch: Batch, at: datetime) -> bool:
    """Resolve, load and publish one confirmed delivery; False when another worker has it."""
    actor = Actor.system()
    with held(_queue(batch), at) as mine:
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


def _queue(batch: Batch) -> str:
    """The name of the turn: deliveries of one source and sender land one after another, in whichever lane."""
    return f"landing:{hashlib.sha256(f'{batch.version.source}|{batch.sender_id}'.encode()).hexdigest()[:24]}"


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
