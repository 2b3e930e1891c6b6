"""What integrate takes from collect: one checked delivery, ready to be compared and landed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

import polars as pl

from wushang.collect.compare import Difference, Known, compare, known
from wushang.collect.handing import HandedRow, frames_of
from wushang.integrate.places import Places
from wushang.integrate.resolve import Named
from wushang.people.crypto import blind_index
from wushang.people.lease import renew
from wushang.pool import landing
from wushang.pool.models import Commit, Reported

Row = HandedRow
MASKED = "*＊×"


def plain(value: Any) -> Any:
    """Dates as text, so that values can be kept as JSON."""
    return value.isoformat() if isinstance(value, date) else value


def worker_key(row: Row) -> str:
    """The keyed hash of the row's ID number; '' where none is said or digits are masked: 330784********1234 is many persons."""
    number = str(row.personal.get("id_number") or "")
    return "" if any(mark in number for mark in MASKED) else blind_index(number)


@dataclass
class Delivery:
    commit: Commit
    at: datetime
    source: str
    sender: str
    rows: Iterable[Row]
    batch: int | None = None
    whole_periods: tuple[str, ...] = ()
    held: frozenset[str] = frozenset()  # keys of rows that wait to be mended: in the file, so not gone
    places: Places = field(default_factory=Places)

    @cached_property
    def listed(self) -> list[Row]:
        """The rows one by one. A table that may grow vast takes `frames`."""
        return list(self.rows)

    def frames(self, *columns: str) -> Iterator[pl.DataFrame]:
        """The rows as frames: key, digest, period, row, and the values of these columns, or of all."""
        return frames_of(self.rows, *columns)

    def known(self, model: type[Reported]) -> Known:
        """What is known that the frames may meet."""
        return known(model, self.source, self.sender, self.frames("key", "period"), self.whole_periods)

    def compare(self, model: type[Reported]) -> Difference:
        digests = {row.key: row.digest for row in self.listed}
        return compare(model, self.source, self.sender, digests, self.whole_periods, self.held)

    def fresh(self, found: Difference) -> list[Row]:
        """The rows that are new or changed; of a key given twice, the last."""
        wanted = {*found.new, *found.changed}
        return list({row.key: row for row in self.listed if row.key in wanted}.values())

    def reported(self, row: Row) -> dict[str, Any]:
        """The columns that every reported fact has."""
        return {
            "source": self.source, "sender": self.sender, "key": row.key, "digest": row.digest,
            "period": row.period, "batch": self.batch, "row": row.number,
        }  # fmt: skip

    def replace(self, model: type[Reported], found: Difference) -> set[int]:
        """Claim the rows that are changed or gone; returns the enterprises they belonged to."""
        touched = self.owners(model, found)
        landing.claim(self.commit, model, replaced(found))
        return touched

    def owners(self, model: type[Reported], found: Difference) -> set[int]:
        """The enterprises of the rows that are changed or gone."""
        columns = [name for name in ("enterprise_id", "employer_id", "host_id") if _has(model, name)]
        touched = set()
        for ids in _parts(replaced(found)):
            touched |= {e for row in model.objects.filter(pk__in=ids).values_list(*columns) for e in row if e}
        return touched


def replaced(found: Difference) -> list[int]:
    """The rows that this delivery puts an end to."""
    return [*found.changed.values(), *found.gone.values()]


@dataclass
class Outcome:
    """What landing did: counts by kind and the enterprises whose figures may change."""

    new: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0
    touched: set[int] = field(default_factory=set)
    provisional: int = 0
    apart: bool = False  # each key once, and none that was current when it was compared: twins can only have come since

    @classmethod
    def of(cls, found: Difference, touched: set[int]) -> Outcome:
        return cls(len(found.new), len(found.changed), len(found.same), len(found.gone), touched)

    @property
    def writes(self) -> bool:
        return bool(self.new or self.changed or self.gone)


@dataclass(frozen=True)
class Unit:
    """Which fields of a source name a unit."""

    name: str = "name"
    uscc: str = "uscc"
    number: str = "insurance_number"

    def of(self, values: dict[str, Any], places: Places, with_place: bool = True) -> Named:
        said = {part: str(values.get(column) or "") for part, column in vars(self).items()}
        place = {"region": places.town(values.get("town")), "industry": str(values.get("industry") or "")}
        return Named(said["name"], said["uscc"], said["number"], **(place if with_place else {}))


def as_date(value: Any) -> date | None:
    return date.fromisoformat(value[:10]) if isinstance(value, str) and value else value or None


def _has(model: type[Reported], attname: str) -> bool:
    return any(f.attname == attname for f in model._meta.concrete_fields)


def _parts(ids: list[int], size: int = 500) -> Iterable[list[int]]:
    for start in range(0, len(ids), size):
        renew()
        yield ids[start : start + size]
