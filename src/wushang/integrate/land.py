"""Land one checked delivery: resolve, load invisibly, publish one Commit. Overtaken landings are compared anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pkgutil import iter_modules

from django.db import transaction

from wushang.integrate import landers
from wushang.integrate.delivery import Delivery, Outcome, Row
from wushang.integrate.meanwhile import refuse_if_overtaken
from wushang.integrate.telling import untell
from wushang.people.actor import Actor
from wushang.people.models import one_at_a_time
from wushang.pool import landing
from wushang.pool.models import Commit
from wushang.pool.models.clock import latest

Lander = Callable[[Delivery], Outcome]


def _found() -> dict[str, Lander]:
    """The pool's table → what lands it: every module of `landers/` says by `LANDS` which tables are its own."""
    modules = [import_module(f"{landers.__name__}.{found.name}") for found in iter_modules(landers.__path__)]
    return {table: lander for module in modules for table, lander in getattr(module, "LANDS", {}).items()}


LANDERS: dict[str, Lander] = _found()
TRIES = 3


@dataclass(frozen=True)
class Order:
    """What is to be landed: the table its rows become, who sends it, what they are called."""

    lands: str
    source: str
    sender: str
    title: str
    batch: int | None = None
    whole_periods: tuple[str, ...] = ()
    historical: bool = False
    held: frozenset[str] = frozenset()


def land(
    order: Order,
    rows: Iterable[Row],
    actor: Actor,
    at: datetime,
    on_publish: Callable[[Commit | None, Outcome], None] | None = None,
) -> tuple[Commit | None, Outcome]:
    """Publish the rows; `on_publish` runs in the publishing transaction. No change: no commit (None)."""
    for attempt in range(TRIES):
        landing.clear_dead(at)
        commit = landing.start("landing", order.title, actor, at, order.historical)
        try:
            return _land_once(order, rows, commit, at, on_publish)
        except landing.Overtaken:
            landing.abandon(commit)
            if attempt == TRIES - 1:
                raise
        except BaseException:
            landing.abandon(commit)
            raise
    raise AssertionError("unreachable")


def _land_once(order: Order, rows: Iterable[Row], commit: Commit, at: datetime, on_publish) -> tuple[Commit | None, Outcome]:
    seen = latest()
    delivery = Delivery(commit, at, order.source, order.sender, rows, order.batch, order.whole_periods, order.held)
    outcome = LANDERS[order.lands](delivery)
    if not outcome.writes:
        landing.abandon(commit)
        with transaction.atomic():
            _tell(on_publish, None, outcome)
        return None, outcome
    with transaction.atomic():
        one_at_a_time("publish")
        refuse_if_overtaken(commit, seen, outcome.touched)
        landing.publish(commit, at, outcome.touched, compared=seen if outcome.apart else None)
        untell(commit)
        _tell(on_publish, commit, outcome)
    return commit, outcome


def _tell(on_publish, commit: Commit | None, outcome: Outcome) -> None:
    if on_publish:
        on_publish(commit, outcome)
