"""What somebody may do and to what: a value that filters the ledger (`q`) and the snapshot (`where`) alike.

Default deny: a scope without grants sees nothing and may do nothing, for every verb.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    import ibis

EVERY_VERB = "*"


def region_prefix(code: str) -> str:
    """The leading digits that all places inside a region share: 330000 → '33', 330700 → '3307', '' → ''."""
    if len(code) != 6:
        return code
    while code.endswith("00"):
        code = code[:-2]
    return code


@dataclass(frozen=True)
class Grant:
    """Verbs on the rows that lie in all of: regions (code prefixes), industries (prefixes), enterprises (ids).

    `None` for industries or enterprises means all of them; an empty set of regions means none.
    """

    verbs: frozenset[str]
    regions: tuple[str, ...] = ()
    industries: tuple[str, ...] | None = None
    enterprises: frozenset[int] | None = None
    department: str = ""  # code of the holder's own department, for roles that reach its papers alone

    def gives(self, verb: str) -> bool:
        return verb in self.verbs or EVERY_VERB in self.verbs

    def covers(self, region: str, industry: str, enterprise: int | None) -> bool:
        return (
            _starts(region, self.regions)
            and (self.industries is None or _starts(industry, self.industries))
            and (self.enterprises is None or enterprise in self.enterprises)
        )


def _starts(code: str, prefixes: Iterable[str]) -> bool:
    return any((code or "").startswith(prefix) for prefix in prefixes)


def _any_start(path: str, prefixes: Iterable[str]) -> Q:
    """One OR over prefixes; an empty prefix means every row, no prefix at all means no row."""
    wanted = Q(pk__in=[])
    for prefix in prefixes:
        wanted |= Q(**{f"{path}__startswith": prefix}) if prefix else ~Q(pk__in=[])
    return wanted


@dataclass(frozen=True)
class Scope:
    grants: tuple[Grant, ...] = ()
    purposes: frozenset[str] = frozenset()

    @classmethod
    def nothing(cls) -> Scope:
        return cls()

    @classmethod
    def system(cls) -> Scope:
        """The platform itself: judging, reference figures, the worker. Never given to a person."""
        return cls((Grant(frozenset({EVERY_VERB}), regions=("",)),), frozenset({"system"}))

    def may(self, verb: str) -> bool:
        return any(grant.gives(verb) for grant in self.grants)

    def covers(self, verb: str, region: str, industry: str = "", enterprise: int | None = None) -> bool:
        return any(g.gives(verb) and g.covers(region, industry, enterprise) for g in self.grants)

    def for_verb(self, verb: str) -> tuple[Grant, ...]:
        return tuple(grant for grant in self.grants if grant.gives(verb))

    def reach(self, verb: str) -> str:
        """A name of the rows that a verb reaches, the same in every process and for everybody who sees the same."""
        if self == Scope.system():
            return "system"
        seen = {(g.regions, g.industries, None if g.enterprises is None else tuple(sorted(g.enterprises))) for g in self.for_verb(verb)}
        return repr(sorted(seen, key=repr))

    def q(
        self, verb: str, region: str = "region", industry: str = "industry", enterprise: str = "enterprise_id"
    ) -> Q:
        """The filter of a queryset whose paths to region, industry and enterprise id are given."""
        seen = Q(pk__in=[])
        for grant in self.for_verb(verb):
            part = _any_start(region, grant.regions)
            if grant.industries is not None:
                part &= _any_start(industry, grant.industries)
            if grant.enterprises is not None:
                part &= Q(**{f"{enterprise}__in": grant.enterprises})
            seen |= part
        return seen

    def where(
        self, verb: str, table: ibis.Table, region: str = "region", industry: str = "industry", enterprise: str = "enterprise"
    ) -> ibis.Table:
        """The same filter on a snapshot table."""
        import ibis

        seen = ibis.literal(False)
        for grant in self.for_verb(verb):
            part = _column_starts(table[region], grant.regions)
            if grant.industries is not None:
                part = part & _column_starts(table[industry], grant.industries)
            if grant.enterprises is not None:
                part = part & table[enterprise].isin(sorted(grant.enterprises) or [-1])
            seen = seen | part
        return table if self == Scope.system() else table.filter(seen)


def _column_starts(column, prefixes: Iterable[str]):
    import ibis

    wanted = ibis.literal(False)
    for prefix in prefixes:
        wanted = wanted | (column.startswith(prefix) if prefix else ibis.literal(True))
    return wanted
