"""What waits for the worker, one line a queue: how much, and since when the oldest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Min, QuerySet
from django.utils.translation import gettext_lazy as _

from wushang.collect.models import Batch
from wushang.judge import run
from wushang.judge.models import Cursor as Judged
from wushang.judge.models import Finding
from wushang.people.models import AuditEntry
from wushang.pool import snapshot
from wushang.pool.models import Commit
from wushang.warn import drafting, outbox, pushing
from wushang.warn.models import Cursor, Failure

LONG = timedelta(minutes=15)  # the worker looks every half second: what waits longer has a reason


@dataclass(frozen=True)
class Queue:
    title: Any
    waiting: int
    oldest: datetime | None

    def long(self, now: datetime) -> bool:
        return self.oldest is not None and now - self.oldest > LONG


def queues(now: datetime) -> list[Queue]:
    """Every queue of the house, in the order in which a row goes through them."""
    return [_queue(title, rows(now), moment) for title, rows, moment in QUEUES]


def judging(now: datetime) -> bool:
    """Whether what came in last is not judged, or its findings are not drafted yet: the lists of 待办 and 预警 may still grow."""
    return _unjudged(now).exists() or _undrafted(now).exists()


def _queue(title: Any, rows: QuerySet[Any], moment: str) -> Queue:
    return Queue(title, rows.count(), rows.order_by().aggregate(first=Min(moment))["first"])


def _state(state: str) -> Callable[[datetime], QuerySet[Any]]:
    return lambda now: Batch.objects.filter(state=state)


def _unsnapped(now: datetime) -> QuerySet[Any]:
    held = snapshot.current()
    return Commit.objects.filter(number__gt=held.commit if held else 0)


def _unjudged(now: datetime) -> QuerySet[Any]:
    cursor = Judged.objects.filter(name=run.CURSOR).first()
    return Commit.objects.filter(number__gt=cursor.commit if cursor else 0)


def _undrafted(now: datetime) -> QuerySet[Any]:
    return Finding.objects.filter(pk__gt=_after(drafting.CURSOR))


def _after(name: str) -> int:
    cursor = Cursor.objects.filter(name=name).first()
    return cursor.number if cursor else 0


QUEUES: tuple[tuple[Any, Callable[[datetime], QuerySet[Any]], str], ...] = (
    (_("已上传，等核对的报送"), _state(Batch.RECEIVED), "received"),
    (_("已确认，等入库的报送"), _state(Batch.CONFIRMED), "confirmed"),
    (_("等撤回的报送"), _state(Batch.WITHDRAWING), "received"),
    (_("等研判的数据版本"), _unjudged, "published"),
    (_("统计用的数据还没有的版本"), _unsnapped, "published"),
    (_("等起草的研判结果"), _undrafted, "at"),
    (_("等推送的数据版本"), lambda now: Commit.objects.filter(number__gt=_after(pushing.CURSOR)), "published"),
    (_("到点没有发出的消息"), outbox.due, "since"),
    (_("处理失败、等再试的件"), lambda now: Failure.objects.filter(done=None), "first"),
    (_("还没有封存的日志"), lambda now: AuditEntry.objects.filter(sequence=None), "at"),
)
