"""One enterprise from what a row says: valid USCC, then insurance number, then normalised name and region.

What none of these settles gets a provisional identity (待确认): counted in totals, never warned, decided by a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from wushang.integrate.models import Alias, Candidate
from wushang.integrate.names import Neighbours, plain_name
from wushang.integrate.places import place_names
from wushang.pool import landing
from wushang.pool.models import Commit, Enterprise, EnterpriseVersion
from wushang.terms.identifiers import is_uscc

LIKE_ENOUGH = 0.72  # platform default: shows a pair to a person, decides nothing


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
class _Known:
    """The current version of an enterprise, as far as resolving needs it."""

    enterprise: int
    plain: str
    uscc: str
    insurance_number: str
    region: str


@dataclass
class Resolver:
    """Resolves the names of one landing; `resolve` answers, new identities are loaded by `finish`."""

    commit: Commit
    at: datetime
    certain: bool = False  # a register's row makes a certain identity, not a provisional one
    _known: dict[int, _Known] = field(default_factory=dict)
    _by_uscc: dict[str, int] = field(default_factory=dict)
    _by_number: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _by_name: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _answers: dict[Named, int] = field(default_factory=dict)
    _spare: list[int] = field(default_factory=list)
    _new: dict[int, Named] = field(default_factory=dict)
    _pairs: list[tuple[int, int, str, float]] = field(default_factory=list)
    _aliases: set[tuple[int, str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.places = place_names()
        for v in EnterpriseVersion.objects.current().filter(merged_into=None).values_list(
            "enterprise_id", "plain_name", "uscc", "insurance_number", "region"
        ):
            self._remember(_Known(*v))
        for enterprise, kind, value in Alias.objects.filter(commit__number__isnull=False).values_list(
            "enterprise_id", "kind", "value"
        ):
            into = {"name": self._by_name, "insurance_number": self._by_number}.get(kind)
            if into is not None and enterprise in self._known and enterprise not in into[value]:
                into[value].append(enterprise)

    def _remember(self, known: _Known) -> None:
        self._known[known.enterprise] = known
        if known.uscc:
            self._by_uscc.setdefault(known.uscc, known.enterprise)
        if known.insurance_number:
            self._by_number[known.insurance_number].append(known.enterprise)
        if known.plain:
            self._by_name[known.plain].append(known.enterprise)

    def resolve(self, named: Named) -> int:
        """The enterprise's id; a new one is made when nothing known fits."""
        if named not in self._answers:
            found = self._find(named)
            self._answers[named] = found if found else self._make(named)
            self._note_aliases(self._answers[named], named)
        return self._answers[named]

    def resolve_all(self, all_named: Iterable[Named]) -> None:
        """Resolve many at once: their new identities are made in one statement, then `resolve` answers from memory."""
        distinct = dict.fromkeys(all_named)
        unknown = sum(1 for named in distinct if named not in self._answers and not self._find(named))
        made = Enterprise.objects.bulk_create([Enterprise(created=self.at) for _ in range(unknown)], batch_size=5000)
        self._spare = [enterprise.pk for enterprise in reversed(made)]
        for named in distinct:
            self.resolve(named)
        Enterprise.objects.filter(pk__in=self._spare[:500]).delete()  # two spellings of one new unit need one identity
        self._spare = []

    def _find(self, named: Named) -> int | None:
        uscc = named.uscc if is_uscc(named.uscc) else ""
        if uscc and uscc in self._by_uscc:
            return self._by_uscc[uscc]
        numbered = self._fitting(self._by_number.get(named.insurance_number, []) if named.insurance_number else [], uscc)
        if len(numbered) == 1:
            return numbered[0]
        same_name = self._by_name.get(plain_name(named.name, self.places), []) if named.name else []
        near = [e for e in self._fitting(same_name, uscc) if _same_county(self._known[e].region, named.region)]
        return near[0] if len(near) == 1 else None

    def _fitting(self, ids: Iterable[int], uscc: str) -> list[int]:
        """Those that may be the one named: a different valid code is a different legal person."""
        return [e for e in ids if not uscc or not self._known[e].uscc or self._known[e].uscc == uscc]

    def _make(self, named: Named) -> int:
        enterprise = self._identity()
        self._new[enterprise] = named
        self._remember(
            _Known(enterprise, plain_name(named.name, self.places), named.uscc if is_uscc(named.uscc) else "",
                   named.insurance_number, named.region)
        )  # fmt: skip
        return enterprise

    def _identity(self) -> int:
        return self._spare.pop() if self._spare else Enterprise.objects.create(created=self.at).pk

    def _note_aliases(self, enterprise: int, named: Named) -> None:
        known = self._known[enterprise]
        plain = plain_name(named.name, self.places)
        if plain and plain != known.plain:
            self._aliases.add((enterprise, "name", plain))
        if named.insurance_number and named.insurance_number != known.insurance_number:
            self._aliases.add((enterprise, "insurance_number", named.insurance_number))

    def known_region(self, enterprise: int) -> str:
        return self._known[enterprise].region

    def finish(self) -> set[int]:
        """Load versions of the new identities, the aliases, the pairs for a person; returns the new ids."""
        provisional = {e: n for e, n in self._new.items() if not self.certain}
        landing.load(self.commit, EnterpriseVersion, self.new_versions())
        Alias.objects.bulk_create(
            [Alias(enterprise_id=e, kind=k, value=v, commit=self.commit) for e, k, v in sorted(self._aliases)],
            ignore_conflicts=True,
        )
        self._propose(provisional)
        return set(self._new)

    def new_versions(self) -> list[dict[str, Any]]:
        """The first versions of the new identities; a register's lander writes its own."""
        return [] if self.certain else [self._version(e, n) for e, n in self._new.items()]

    def _version(self, enterprise: int, named: Named) -> dict[str, Any]:
        return {
            "enterprise_id": enterprise, "name": named.name or named.uscc or named.insurance_number,
            "plain_name": plain_name(named.name, self.places), "uscc": named.uscc if is_uscc(named.uscc) else "",
            "insurance_number": named.insurance_number, "region": named.region, "industry": named.industry,
            "provisional": True,
        }  # fmt: skip

    def _propose(self, provisional: dict[int, Named]) -> None:
        if not provisional:
            return
        settled = ((e, k.plain) for e, k in self._known.items() if e not in provisional)
        neighbours = Neighbours(settled)
        found = []
        for enterprise, named in provisional.items():
            plain = self._known[enterprise].plain
            for other, score in neighbours.near(plain, LIKE_ENOUGH, 3) if plain else ():
                found.append(Candidate(left_id=enterprise, right_id=other, reason=self._reason(named, other),
                                       likeness=score, commit=self.commit))  # fmt: skip
        Candidate.objects.bulk_create(found, ignore_conflicts=True)

    def _reason(self, named: Named, other: int) -> str:
        known = self._known[other]
        said = ["名称相近"]
        if named.insurance_number and named.insurance_number == known.insurance_number:
            said.append("单位编号相同")
        if named.region and named.region == known.region:
            said.append("同一镇（街道、区）")
        if is_uscc(named.uscc) and known.uscc and named.uscc != known.uscc:
            said.append("统一社会信用代码不同")
        return "，".join(said)


class Supposing(Resolver):
    """Resolves alike and writes nothing: what is not known yet gets a negative number."""

    def resolve_all(self, all_named: Iterable[Named]) -> None:
        for named in all_named:
            self.resolve(named)

    def _identity(self) -> int:
        return -len(self._new) - 1


def _same_county(left: str, right: str) -> bool:
    return not left or not right or left[:6] == right[:6]
