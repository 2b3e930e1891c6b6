"""On a cluster: no name and no number leaves the ledger's machine. Its tables hold keyed hashes, which are equal or not.

The hashes stand in the ledger, so that nothing is opened for them. Linked are reports with the hash of one injury within the near
days; slips and missing numbers are not seen, so that recall is lower (measured in `integrate.million`). The join is an Ibis
expression, which DuckDB and Spark both answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import ibis
import pyarrow as pa
from django.db.models import F

from wushang.engine import Engine
from wushang.integrate.linkage.deciding import Found
from wushang.integrate.linkage.injury import near_in_time, reach
from wushang.integrate.linkage.linker import Pair
from wushang.integrate.linkage.records import EPOCH, TOLD, parts_of
from wushang.integrate.linkage.waiting import Work
from wushang.pool.reading import engine

SAME = 2  # the level of equal numbers


def compared(work: Work, at: Engine | None = None) -> Found:
    """The pairs of one run, by the engine that is set."""
    return Found(pairs(injured(work), told(work), at or engine()), is_clear)


def injured(work: Work) -> pa.Table:
    return hashed(work.injured().annotate(hash=F("worker__key")).values_list("injury_id", "hash", "occurred").iterator())


def told(work: Work) -> pa.Table:
    return hashed(_told(work))


def _told(work: Work) -> Iterator[tuple[str, str, date]]:
    for what, model in TOLD.items():
        mine = {row.pk: row for row in work.rows.values() if row.what == what}
        for some in parts_of(mine):
            for pk, hash_ in model.objects.filter(pk__in=some).values_list("pk", "worker_key"):  # type: ignore[attr-defined]
                yield mine[pk].unique, hash_, mine[pk].day


def hashed(rows: Iterable[tuple[int | str, str | None, date]]) -> pa.Table:
    """What the cluster may have: id, keyed hash of the number, day."""
    said = [(str(one), hash_ or None, (day - EPOCH).days) for one, hash_, day in rows]
    kinds = {"unique_id": pa.string(), "worker_key": pa.string(), "day": pa.int64()}
    return pa.table({name: pa.array([row[place] for row in said], kind) for place, (name, kind) in enumerate(kinds.items())})


def joined(left: ibis.Table, right: ibis.Table) -> ibis.Table:
    """(visit, injury, days): the injuries of the same number within reach, those of one visit together, the nearest first."""
    far = reach()
    a, b = left.rename(injury="unique_id", hurt="day"), right.rename(visit="unique_id", seen="day")
    both = a.filter(a.worker_key.notnull()).join(b.filter(b.worker_key.notnull()), "worker_key")
    both = both.mutate(days=both.seen - both.hurt)
    within = both.filter((both.days >= -far.before) & (both.days <= far.after)).select("visit", "injury", "days").distinct()
    return within.order_by([within.visit, within.days.abs(), within.injury])


def pairs(left: pa.Table, right: pa.Table, at: Engine) -> Iterator[Pair]:
    """A pair of equal hashes has no weight: nothing else was compared."""
    found, far = at.fetch(joined(at.memory("hashed_injuries", left), at.memory("hashed_visits", right))), reach()
    for visit, injury, days in zip(*(found[name].to_pylist() for name in ("visit", "injury", "days")), strict=True):
        yield Pair(injury, visit, 0.0, 1.0, {"id_number": SAME, "day": far.level(days)}, days)


def is_clear(some: list[Pair]) -> bool:
    """The nearest in time, within the near days; of two that lie as near neither."""
    return near_in_time(some[0].levels) and (len(some) == 1 or abs(some[0].days) < abs(some[1].days))
