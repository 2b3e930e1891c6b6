"""What the next stage takes over: deliveries that people confirmed, as plain rows; and what it tells back.

for batch in confirmed():                 # a row with a state; nothing else is the queue
    order = ready(batch)
    …land…, and in the publishing transaction:
    landed(batch, commit, at)             # raises Refused where somebody withdrew it meanwhile
for batch in to_withdraw():
    …undo batch.commits, newest first…, and in that transaction:
    withdrawn(batch, at)
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import polars as pl
from polars.selectors import Selector, by_name

from wushang.collect import shelf
from wushang.collect.deeds.check_batch import keys_that_wait
from wushang.collect.models import Batch, QuarantinedRow
from wushang.people.deed import refuse
from wushang.pool.models import Commit


@dataclass(frozen=True)
class HandedRow:
    """One accepted row: coded values, personal values apart, natural key, digest, period, line of the file."""

    key: str
    digest: str
    values: dict[str, Any]
    personal: dict[str, str] = field(default_factory=dict)
    period: str = ""
    number: int | None = None


@dataclass(frozen=True)
class Handed:
    """A confirmed delivery. `held` are keys of rows that wait to be mended: in the file, so not gone from it."""

    lands: str
    source: str
    sender: str
    title: str
    batch: int
    historical: bool
    whole_periods: tuple[str, ...]
    held: frozenset[str]
    rows: Iterable[HandedRow]


HEAD = {"row": pl.UInt32, "key": pl.String, "digest": pl.String, "period": pl.String}


@dataclass(frozen=True)
class Rows:
    """Rows of a delivery: the parts of its checked table, then what people settled. One by one, or as frames."""

    path: str  # of the table on the shelf; '' where only what people settled lands
    settled: list[HandedRow] = field(default_factory=list)

    def __iter__(self) -> Iterator[HandedRow]:
        for number, part in enumerate(shelf.table_parts(self.path) if self.path else ()):
            personal = {row.pop("row"): row for row in shelf.personal_part(self.path, number).rows(named=True)}
            for row in part.collect().rows(named=True):
                place, key, digest, period = (row.pop(name) for name in HEAD)
                hidden = {name: value for name, value in personal.get(place, {}).items() if value}
                yield HandedRow(key, digest, row, hidden, period, place)
        yield from self.settled

    def frames(self, *columns: str) -> Iterator[pl.DataFrame]:
        """These columns of HEAD and of the values, or all of them; never personal ones."""
        for part in shelf.table_parts(self.path) if self.path else ():
            yield part.select(_those(columns)).collect() if columns else part.collect()
        yield from frames_of(self.settled, *columns)


def frames_of(rows: Iterable[HandedRow], *columns: str) -> Iterator[pl.DataFrame]:
    """Rows as frames: these columns of HEAD and of the values, or all of them."""
    if isinstance(rows, Rows):
        yield from rows.frames(*columns)
    elif plain := [{"row": r.number, "key": r.key, "digest": r.digest, "period": r.period, **r.values} for r in rows]:
        frame = pl.DataFrame(plain, schema_overrides=HEAD, infer_schema_length=None, strict=False)
        yield frame.select(_those(columns)) if columns else frame


def _those(columns: tuple[str, ...]) -> Selector:
    """Of these columns, those that the source has."""
    return by_name(*columns, require_all=False)


def confirmed() -> list[Batch]:
    """Deliveries that wait to be landed, oldest first."""
    return list(Batch.objects.filter(state=Batch.CONFIRMED).select_related("version", "sender").order_by("pk"))


def to_withdraw() -> list[Batch]:
    """Landed deliveries that wait to be taken back."""
    return list(Batch.objects.filter(state=Batch.WITHDRAWING).select_related("version", "sender").order_by("pk"))


def ready(batch: Batch) -> Handed:
    """The rows to land. The second time (rows mended after landing) only those rows, and nothing is withdrawn."""
    source, again = batch.version.loaded(), batch.landed is not None
    rows = Rows("" if again else batch.path, list(_settled(batch)))
    return Handed(
        lands=source.lands, source=source.id, sender=batch.sender.code, title=batch.title, batch=batch.pk,
        historical=batch.historical, whole_periods=() if again else batch.whole_periods(),
        held=frozenset(keys_that_wait(batch)), rows=rows,
    )  # fmt: skip


def _settled(batch: Batch) -> Iterator[HandedRow]:
    """Rows that people mended or took as they stand, and that have not landed yet."""
    done = (QuarantinedRow.MENDED, QuarantinedRow.ACCEPTED)
    for row in batch.quarantined.filter(state__in=done, landed=False):
        kept = json.loads(row.result)
        yield HandedRow(kept["key"], kept["digest"], kept["values"], kept["personal"], kept["period"], row.row)


def landed(batch: Batch, commit: Commit | None, at: datetime) -> None:
    """Call inside the publishing transaction. `commit` is None where the delivery changed nothing."""
    commits = [*batch.commits, commit.pk] if commit else batch.commits
    moved = Batch.objects.filter(pk=batch.pk, state=Batch.CONFIRMED).update(
        state=Batch.LANDED, landed=at, commit=commit or batch.commit, commits=commits, problem={}
    )
    if not moved:
        raise refuse("state", "这一批已不在待入库状态，不再入库。", "请刷新页面。")
    done = (QuarantinedRow.MENDED, QuarantinedRow.ACCEPTED)
    batch.quarantined.filter(state__in=done, landed=False).update(landed=True)


def withdrawn(batch: Batch, at: datetime) -> None:
    """Call inside the transaction that takes the commits back."""
    moved = Batch.objects.filter(pk=batch.pk, state=Batch.WITHDRAWING).update(state=Batch.WITHDRAWN, withdrawn=at)
    if not moved:
        raise refuse("state", "这一批已经撤回。", "请刷新页面。")
