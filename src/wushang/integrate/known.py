"""The current units by what a row may call them: a few are looked up by index, for many all are read once. Both roads agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from wushang.integrate.models import Alias
from wushang.pool.models import EnterpriseVersion

FEW = 2_000  # names of one delivery that are looked up one by one; for more, reading all units is quicker
CALLS = 50  # look-ups after which a caller who asks for one name at a time is taken for one who asks for many
SOME = 500
KINDS = ("uscc", "insurance_number", "name")
COLUMNS = ("enterprise_id", "plain_name", "uscc", "insurance_number", "region", "name")


@dataclass
class Unit:
    """The current version of an enterprise, as far as resolving needs it."""

    enterprise: int
    plain: str
    uscc: str
    insurance_number: str
    region: str
    name: str = ""  # as it is written


Words = dict[str, set[str]]  # kind → codes, numbers or plain names that a row may say


@dataclass
class KnownUnits:
    """Units by valid code, by insurance number, by plain name; `meet` reads those that the words of rows may mean."""

    units: dict[int, Unit] = field(default_factory=dict)
    by_uscc: dict[str, int] = field(default_factory=dict)
    by_number: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    whole: bool = False  # all have been read
    also: set[tuple[int, str, str]] = field(default_factory=set)  # what leads to a unit by an earlier file only
    _met: Words = field(default_factory=lambda: {kind: set() for kind in KINDS})
    _calls: int = 0

    def meet(self, words: Words) -> None:
        """Afterwards every published unit that these words lead to is known here."""
        new = {kind: words[kind] - self._met[kind] - {""} for kind in KINDS}
        if self.whole or not any(new.values()):
            return
        self._calls += 1
        if self._calls > CALLS:
            self.read_all()
        else:
            self._look_up(new)

    def remember(self, unit: Unit) -> None:
        """From now on rows may mean this unit."""
        self.units[unit.enterprise] = unit
        if unit.uscc:
            self.by_uscc[unit.uscc] = min(unit.enterprise, self.by_uscc.get(unit.uscc, unit.enterprise))
        for into, value in ((self.by_number, unit.insurance_number), (self.by_name, unit.plain)):
            if value and unit.enterprise not in into[value]:
                into[value].append(unit.enterprise)

    def read_all(self) -> None:
        """Afterwards every published unit is known here."""
        self.whole = True
        self._take(standing().iterator(chunk_size=20_000))
        self._take_aliases(aliases().values_list("enterprise_id", "kind", "value"))

    def _look_up(self, words: Words) -> None:
        columns = {"uscc": "uscc", "insurance_number": "insurance_number", "name": "plain_name"}
        for kind, values in words.items():
            self._met[kind] |= values
            for some in _parts(values):
                self._take(standing().filter(**{f"{columns[kind]}__in": some}))
        found = [row for kind, values in words.items() for row in self._aliases_of(kind, values)]
        for some in _parts({enterprise for enterprise, _kind, _value in found} - set(self.units)):
            self._take(standing().filter(enterprise__in=some))
        self._take_aliases(found)

    def _aliases_of(self, kind: str, values: set[str]) -> Iterable[tuple[int, str, str]]:
        asked = "old_code" if kind == "uscc" else kind
        for some in _parts(values):
            yield from aliases().filter(kind=asked, value__in=some).values_list("enterprise_id", "kind", "value")

    def _take(self, rows: Iterable[tuple]) -> None:
        for row in rows:
            self.remember(Unit(*row))

    def _take_aliases(self, rows: Iterable[tuple[int, str, str]]) -> None:
        """Other names and numbers, the oldest unit first; a code that a unit bears now goes before one that another had."""
        for enterprise, kind, value in sorted(rows):
            if enterprise not in self.units:
                continue
            if kind == "old_code":
                if self.by_uscc.setdefault(value, enterprise) == enterprise:
                    self.also.add((enterprise, "uscc", value))
                continue
            into = {"name": self.by_name, "insurance_number": self.by_number}[kind]
            if enterprise not in into[value]:
                into[value].append(enterprise)
                self.also.add((enterprise, kind, value))


def standing() -> QuerySet[EnterpriseVersion, Any]:
    """The units that are not merged away."""
    return EnterpriseVersion.objects.current().filter(merged_into=None).values_list(*COLUMNS)


def aliases() -> QuerySet[Alias]:
    return Alias.objects.filter(commit__number__isnull=False, kind__in=("name", "insurance_number", "old_code"))


def _parts(values: set[Any]) -> Iterable[list[Any]]:
    ordered = sorted(values)
    return (ordered[start : start + SOME] for start in range(0, len(ordered), SOME))
