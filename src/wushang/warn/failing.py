"""One bad item does not stop a queue: it is noted with its sentence, the cursor goes on, and it is tried again later."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from wushang.people.models import one_at_a_time
from wushang.people.scope import Scope
from wushang.pool.models import EnterpriseVersion
from wushang.terms.problem import Refused
from wushang.warn import units
from wushang.warn.models import Cursor, Failure

log = logging.getLogger(__name__)
FIRST, LONGEST = timedelta(minutes=1), timedelta(days=1)  # until the next try: doubled each time, up to a day
NOT_THE_ITEM = (OperationalError, InterfaceError)  # the ledger is away or locked: the whole round comes again


@dataclass(frozen=True)
class Item:
    """The next piece of a queue, as people call it, and the enterprise it is about."""

    queue: str
    number: int
    what: str
    enterprise: int | None = None


def nothing() -> tuple[Any, ...]:
    return ()


def in_turn(item: Item, do: Callable[..., int], at: datetime, reckon: Callable[[], tuple[Any, ...]] = nothing) -> int:
    """Do it and move the cursor past it, in one transaction: killed in between, it is handled again from the start.
    `reckon` only reads and may take long: it runs before the transaction, so that nobody waits for it; `do` takes what it found.
    """
    try:
        found = reckon()
        with transaction.atomic():
            return do(*found) if _pass(item) else 0
    except NOT_THE_ITEM:
        raise
    except Exception as error:
        with transaction.atomic():
            if _pass(item):
                note(item, error, at)
        return 0


def again(item: Item, do: Callable[..., int], at: datetime, reckon: Callable[[], tuple[Any, ...]] = nothing) -> int:
    """Try one that failed; of two workers one does it."""
    try:
        found = reckon()
        with transaction.atomic():
            one_at_a_time(item.queue)
            mine = Failure.objects.filter(queue=item.queue, number=item.number, done=None, next_try__lte=at)
            return do(*found) if mine.update(done=at) else 0
    except NOT_THE_ITEM:
        raise
    except Exception as error:
        with transaction.atomic():
            note(item, error, at)
        return 0


def _pass(item: Item) -> bool:
    """Move the cursor to this item; False when another worker was faster."""
    one_at_a_time(item.queue)
    return bool(Cursor.objects.filter(name=item.queue, number__lt=item.number).update(number=item.number))


def note(item: Item, error: Exception, at: datetime, next_try: datetime | None = None) -> None:
    """Keep it with its sentence and the next try."""
    log.warning("%s %d not done", item.queue, item.number, exc_info=error)
    row, new = Failure.objects.select_for_update().get_or_create(
        queue=item.queue, number=item.number,
        defaults={"what": item.what[:200], "enterprise_id": item.enterprise, "first": at, "next_try": at},
    )  # fmt: skip
    row.tries = 1 if new else row.tries + 1
    row.error, row.done = said(error)[:500], None
    row.next_try = next_try or at + min(FIRST * 2 ** min(row.tries - 1, 20), LONGEST)
    row.save()


def said(error: Exception) -> str:
    """A refusal's own words; of a fault only its kind, because its text may tell of people."""
    if isinstance(error, Refused):
        return f"{error.problem.why}{error.problem.remedy}"
    return _("程序出错（%(kind)s），详情在运行日志中。") % {"kind": type(error).__name__}


def due(queue: str, at: datetime) -> list[int]:
    """Numbers of those to try now."""
    rows = Failure.objects.filter(queue=queue, done=None, next_try__lte=at).order_by("number")
    return list(rows.values_list("number", flat=True))


def seen(scope: Scope, verb: str) -> list[Failure]:
    """What is not done yet: of units in the scope (with the unit's name), and what is about no single unit."""
    if not scope.may(verb):
        return []
    about = Q(enterprise=None) | Q(enterprise__in=units.visible(scope, verb))
    name = EnterpriseVersion.objects.current().filter(enterprise=OuterRef("enterprise")).order_by("-pk").values("name")[:1]
    return list(Failure.objects.filter(about, done=None).annotate(name=Subquery(name)))
