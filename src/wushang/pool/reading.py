"""Open the pool for figures: tables already cut to a scope and a commit, from the snapshot or from ledger rows."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import ibis
import pyarrow as pa
from django.conf import settings

from wushang.engine import Engine, engine_named
from wushang.people.scope import Scope
from wushang.pool import columnar, snapshot
from wushang.pool.models.clock import latest
from wushang.pool.publishers import publications
from wushang.pool.tables import Table, declared


@functools.cache
def engine() -> Engine:
    """The one engine of this process, by the setting WUSHANG_ENGINE."""
    return engine_named(settings.WUSHANG_ENGINE)


@dataclass
class Pool:
    """Measures and cubes take a Pool, never an Engine."""

    engine: Engine
    scope: Scope
    commit: int
    source: Callable[[Table], ibis.Table]
    verb: str = "analyse.see"
    more: frozenset[str] = frozenset()  # tables that hold rows which the ledger does not hold yet (looking ahead)
    newest: int | None = None  # where the source knows more than `commit` says: access goes by what is known last
    key: str = ""  # names this very pool among all that were opened; '' where its rows are its own
    staff: ibis.Table | None = None  # unit, staff, months, where the headcounts were added up already (历史试算)
    _open: dict[str, ibis.Table] = field(default_factory=dict)

    def table(self, name: str) -> ibis.Table:
        """The rows of a declared table known at the commit and visible in the scope, without the clock columns."""
        if name not in self._open:
            self._open[name] = self._cut(declared()[name])
        return self._open[name]

    def view(self, name: str, make: Callable[[], ibis.Table]) -> ibis.Table:
        """What `make` says of this pool's tables; put together once for all questions to the same pool."""
        return self.engine.view(f"{name}_{self.key}", make) if self.key else make()

    def fetch(self, rows: ibis.Table) -> pa.Table:
        return self.engine.fetch(rows)

    def fetch_all(self, rows: Sequence[ibis.Table]) -> list[pa.Table]:
        return self.engine.fetch_all(rows)

    def _cut(self, declared_table: Table) -> ibis.Table:
        rows = self.source(declared_table)
        known = (rows.recorded <= self.commit) & (rows.superseded.isnull() | (rows.superseded > self.commit))
        rows = rows.filter(known)
        if self.scope != Scope.system():
            rows = self._for_its_purpose(declared_table, self._visible(declared_table, rows))
        return rows.drop("recorded", "superseded")

    def _visible(self, declared_table: Table, rows: ibis.Table) -> ibis.Table:
        """Access goes by an enterprise's current place; a row with employer and host is visible to both scopes."""
        if declared_table.name == "enterprises":
            return self.scope.where(self.verb, rows) if self.newest is None else rows.semi_join(self._mine(), "enterprise")
        mine = self.table("enterprises").enterprise
        return rows.filter(ibis.or_(*[rows[column].isin(mine) for column in declared_table.enterprise]))

    def _mine(self) -> ibis.Table:
        """Units by their newest place, though an earlier version of the data is asked for (按某日所知)."""
        rows = self.source(declared()["enterprises"])
        rows = rows.filter(rows.recorded <= self.newest)
        last = rows.mutate(place=ibis.row_number().over(ibis.window(group_by=rows.enterprise, order_by=ibis.desc(rows.recorded))))
        return self.scope.where(self.verb, last.filter(last.place == 0)).select("enterprise")

    def _for_its_purpose(self, declared_table: Table, rows: ibis.Table) -> ibis.Table:
        """The close columns are empty but in rows of units whose cases the scope may analyse (or in the platform's work)."""
        if not declared_table.close or "system" in self.scope.purposes:
            return rows
        near = ibis.literal(False)
        if "case_analysis" in self.scope.purposes:
            units = self.scope.where("pool.case_analysis", self.table("enterprises")).enterprise
            near = ibis.or_(*[rows[column].isin(units) for column in declared_table.enterprise])
        empty = {name: ibis.null(rows[name].type()) for name in declared_table.close}
        return rows.mutate(**{name: ibis.ifelse(near, rows[name], null) for name, null in empty.items()})


def open(  # noqa: A001 - pool.reading.open is the word the design uses
    scope: Scope, known: int | None = None, manifest: snapshot.Manifest | None = None, verb: str = "analyse.see"
) -> Pool:
    """The snapshot as of commit `known` (default: the manifest's own), cut to `scope`."""
    held = manifest or snapshot.current() or snapshot.Manifest(0, {})
    using = engine()

    def source(table: Table) -> ibis.Table:
        files = held.addresses(table.name) if using.apart else held.files(table.name)
        rows = using.table(table.name, files, table.schema)
        return rows.select(*(_column(rows, field) for field in table.schema))

    commit = held.commit if known is None else min(known, held.commit)
    newest = held.commit if commit < held.commit else None
    return Pool(using, scope, commit, source, verb, newest=newest, key=_key(held, scope, commit, verb))


def _column(rows: ibis.Table, field: pa.Field) -> ibis.Value:
    """A sealed file of an earlier form holds more columns than are declared, or lacks one: that is empty."""
    return rows[field.name] if field.name in rows.columns else ibis.null(ibis.dtype(field.type)).name(field.name)


def _key(held: snapshot.Manifest, scope: Scope, commit: int, verb: str) -> str:
    """A name of what these four let see, the same in every process; '' where a table has no file yet."""
    if not held.names("enterprises"):
        return ""
    files = [file for name in declared() for file in (held.names(name) or [""])]
    close = scope.reach("pool.case_analysis") if "case_analysis" in scope.purposes else "system" in scope.purposes
    return hashlib.blake2b(repr((files, commit, scope.reach(verb), close)).encode(), digest_size=8).hexdigest()


def for_enterprises(ids: Iterable[int], known: int | None = None) -> Pool:
    """The same tables over the ledger's rows of these enterprises only: no snapshot needed, always up to date."""
    wanted, commit = sorted(set(ids)), latest() if known is None else known
    using = engine()

    def source(table: Table) -> ibis.Table:
        return using.memory(table.name, ledger_rows(table, wanted, commit))

    return Pool(using, Scope.system(), commit, source)


def ledger_rows(table: Table, wanted: list[int], commit: int) -> pa.Table:
    """A declared table's rows of these enterprises as of a commit, from the ledger."""
    publication = publications().get(table.name)
    if publication is None:
        return table.schema.empty_table()
    rows = publication.rows().as_of(commit).filter(publication.of(wanted))
    return columnar.of_tuples(table.schema, list(publication.select(rows)), commit)
