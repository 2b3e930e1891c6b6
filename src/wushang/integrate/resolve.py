"""One enterprise from what a row says: valid USCC, then insurance number, then normalised name and region.

What none of these settles gets a provisional identity (待确认): counted in totals, never warned, decided by a person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from wushang.integrate.known import FEW, KnownUnits, Unit
from wushang.integrate.models import Alias
from wushang.integrate.names import plain_name
from wushang.integrate.places import place_names
from wushang.people.scope import region_prefix
from wushang.pool import landing
from wushang.pool.models import Commit, Enterprise, EnterpriseVersion, FoundBy
from wushang.terms.identifiers import is_uscc

Answer = tuple[int, FoundBy]  # a unit, and the rule that led to it


@dataclass(frozen=True)
class Named:
    """How a row names its enterprise."""

    name: str = ""
    uscc: str = ""
    insurance_number: str = ""
    region: str = ""
    industry: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.uscc or self.insurance_number)


@dataclass
class Resolver:
    """Resolves the names of one landing; `resolve` answers, new identities are loaded by `finish`."""

    commit: Commit
    at: datetime
    certain: bool = False  # a register's row makes a certain identity, not a provisional one
    _known: KnownUnits = field(default_factory=KnownUnits)
    _right: set[str] = field(default_factory=set)
    _answers: dict[Named, Answer] = field(default_factory=dict)
    _spare: list[int] = field(default_factory=list)
    _new: dict[int, Named] = field(default_factory=dict)
    _aliases: set[tuple[int, str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.places = place_names()

    def meet(self, all_named: Iterable[Named]) -> None:
        """Read the units that these may mean, at once instead of one by one."""
        if self._known.whole:
            return
        asked = list(all_named)
        if len(asked) > FEW:  # reading all is quicker, and their names need not be made plain for it
            self._known.read_all()
        else:
            self._known.meet({
                "uscc": {self._code(named) for named in asked}, "name": {self._plain(named) for named in asked},
                "insurance_number": {named.insurance_number for named in asked},
            })  # fmt: skip

    def resolve(self, named: Named) -> int:
        """The enterprise's id; a new one is made when nothing known fits."""
        if named not in self._answers:
            answer = self._find(named) or (self._make(named), FoundBy.NEW)
            self._answers[named] = answer
            self._note_aliases(answer[0], named)
        return self._answers[named][0]

    def rule(self, named: Named) -> FoundBy:
        """The rule by which `resolve` found it."""
        self.resolve(named)
        return self._answers[named][1]

    def known(self, named: Named) -> int | None:
        """The enterprise that is named exactly, or nothing: what a patient or another office writes makes no unit."""
        answer = self.known_by(named)
        return answer[0] if answer else None

    def known_by(self, named: Named) -> Answer | None:
        """The same, with the rule that led to it."""
        return self._find(named) if named else None

    def resolve_all(self, all_named: Iterable[Named]) -> None:
        """Resolve many at once: their new identities are made in one statement, then `resolve` answers from memory."""
        distinct = dict.fromkeys(all_named)
        self.meet(distinct)
        found = {named: self._find(named) for named in distinct if named not in self._answers}
        unknown = sum(1 for answer in found.values() if not answer)
        if unknown:
            made = Enterprise.objects.bulk_create([Enterprise(created=self.at) for _ in range(unknown)], batch_size=5000)
            self._spare = [enterprise.pk for enterprise in reversed(made)]
        else:  # nothing new comes in between: what was found holds
            self._answers |= {named: answer for named, answer in found.items() if answer}
        for named in found:
            enterprise = self.resolve(named)
            if not unknown:
                self._note_aliases(enterprise, named)
        Enterprise.objects.filter(pk__in=self._spare[:500]).delete()  # two spellings of one new unit need one identity
        self._spare = []

    def vouch(self, codes: Iterable[str]) -> None:
        """These codes are right: they were checked as a column."""
        self._right.update(codes)

    def _code(self, named: Named) -> str:
        return named.uscc if named.uscc in self._right or is_uscc(named.uscc) else ""

    def _plain(self, named: Named) -> str:
        return plain_name(named.name, self.places) if named.name else ""

    def _find(self, named: Named) -> Answer | None:
        self.meet([named])
        known, uscc = self._known, self._code(named)
        if uscc and uscc in known.by_uscc:
            return self._by(known.by_uscc[uscc], "uscc", uscc)
        numbered = self._fitting(known.by_number.get(named.insurance_number, []) if named.insurance_number else [], uscc)
        if len(numbered) == 1:
            return self._by(numbered[0], "insurance_number", named.insurance_number)
        plain = self._plain(named)
        same_name = self._fitting(known.by_name.get(plain, []) if plain else [], uscc)
        near = [e for e in same_name if _same_county(known.units[e].region, named.region)]
        return self._by(near[0], "name", plain) if len(near) == 1 else None

    def _by(self, enterprise: int, kind: str, value: str) -> Answer:
        """With the rule: the unit's own code, number or name, or another one that it was seen under."""
        own = {"uscc": FoundBy.USCC, "insurance_number": FoundBy.NUMBER, "name": FoundBy.NAME}[kind]
        return enterprise, FoundBy.ALIAS if (enterprise, kind, value) in self._known.also else own

    def _fitting(self, ids: Iterable[int], uscc: str) -> list[int]:
        """Those that may be the one named: a different valid code is a different legal person."""
        units = self._known.units
        return [e for e in ids if not uscc or not units[e].uscc or units[e].uscc == uscc]

    def _make(self, named: Named) -> int:
        enterprise = self._identity()
        self._new[enterprise] = named
        code = named.uscc if is_uscc(named.uscc) else ""
        self._known.remember(Unit(enterprise, self._plain(named), code, named.insurance_number, named.region, named.name))
        return enterprise

    def _identity(self) -> int:
        return self._spare.pop() if self._spare else Enterprise.objects.create(created=self.at).pk

    def _note_aliases(self, enterprise: int, named: Named) -> None:
        known = self._known.units[enterprise]
        plain = self._plain(named) if named.name != known.name else ""
        if plain and plain != known.plain:
            self._aliases.add((enterprise, "name", plain))
        if named.insurance_number and named.insurance_number != known.insurance_number:
            self._aliases.add((enterprise, "insurance_number", named.insurance_number))

    def known_region(self, enterprise: int) -> str:
        return self._known.units[enterprise].region

    def finish(self) -> set[int]:
        """Load versions of the new identities and the aliases; returns the new ids."""
        landing.load(self.commit, EnterpriseVersion, self.new_versions())
        Alias.objects.bulk_create(
            [Alias(enterprise_id=e, kind=k, value=v, commit=self.commit) for e, k, v in sorted(self._aliases)],
            ignore_conflicts=True,
        )
        return set(self._new)

    def new_versions(self) -> list[dict[str, Any]]:
        """The first versions of the new identities; a register's lander writes its own."""
        return [] if self.certain else [self._version(e, n) for e, n in self._new.items()]

    def _version(self, enterprise: int, named: Named) -> dict[str, Any]:
        return {
            "enterprise_id": enterprise, "name": named.name or named.uscc or named.insurance_number,
            "plain_name": self._plain(named), "uscc": named.uscc if is_uscc(named.uscc) else "",
            "insurance_number": named.insurance_number, "region": named.region, "industry": named.industry,
            "provisional": True,
        }  # fmt: skip


class Supposing(Resolver):
    """Resolves alike and writes nothing: what is not known yet gets a negative number."""

    def resolve_all(self, all_named: Iterable[Named]) -> None:
        distinct = dict.fromkeys(all_named)
        self.meet(distinct)
        for named in distinct:
            self.resolve(named)

    def _identity(self) -> int:
        return -len(self._new) - 1


def _same_county(left: str, right: str) -> bool:
    """Whether both may lie in one county: a row that knows the prefecture or the province alone speaks of all its counties."""
    a, b = region_prefix(left[:6]), region_prefix(right[:6])
    return a.startswith(b) or b.startswith(a)
