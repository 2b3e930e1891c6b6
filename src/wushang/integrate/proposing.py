"""The worker's part: names like each other, among what new commits brought and what is known, become pairs for a person.

It follows the landing instead of standing in it: nobody's entry waits for it, and units that two landings brought side by
side meet here. Likeness merges nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from wushang.integrate.likeness import Neighbours
from wushang.integrate.models import Candidate, PairRun
from wushang.people.lease import held, renew
from wushang.pool.models import EnterpriseVersion
from wushang.pool.models.clock import latest

SOME = 500


class Unit(NamedTuple):
    """A standing unit, as far as likeness asks."""

    enterprise: int
    plain: str
    uscc: str
    number: str
    region: str
    provisional: bool
    commit: int


class Pair(NamedTuple):
    """`left` is the one that is not sure, or came later."""

    left: Unit
    right: Unit
    likeness: float


def propose_waiting(at: datetime) -> int:
    """Look at the units that came, or got a new name, with new commits; returns how many pairs were written."""
    if latest() <= _handled():
        return 0
    with held("integrate.pairs", at) as mine:
        return _run(at) if mine and latest() > _handled() else 0


def _handled() -> int:
    last = PairRun.objects.first()
    return last.commit if last else 0


def _run(at: datetime) -> int:
    since, until = _handled(), latest()
    new = _new(since)
    pairs = list(_undecided(_pairs(Likeness(_standing(), new)))) if new else []
    with transaction.atomic():
        Candidate.objects.bulk_create(
            [Candidate(left_id=p.left.enterprise, right_id=p.right.enterprise, reason=_reason(p), likeness=p.likeness, commit_id=p.left.commit)
             for p in pairs],
            ignore_conflicts=True, batch_size=5000,
        )  # fmt: skip
        PairRun.objects.create(at=at, commit=until, units=len(new), pairs=len(pairs))
    return len(pairs)


def _new(since: int) -> set[int]:
    """Units recorded since, under a plain name that they did not have before."""
    recorded = EnterpriseVersion.objects.filter(recorded__number__gt=since).exclude(plain_name="")
    found = set(recorded.values_list("enterprise_id", "plain_name"))
    ids = sorted({enterprise for enterprise, _plain in found}) if since else []
    for start in range(0, len(ids), SOME):
        earlier = EnterpriseVersion.objects.filter(enterprise__in=ids[start : start + SOME], recorded__number__lte=since)
        found -= set(earlier.values_list("enterprise_id", "plain_name"))
    return {enterprise for enterprise, _plain in found}


def _standing() -> list[Unit]:
    rows = EnterpriseVersion.objects.current().filter(merged_into=None).exclude(plain_name="")
    columns = ("enterprise_id", "plain_name", "uscc", "insurance_number", "region", "provisional", "recorded_id")
    return [Unit(*row) for row in rows.values_list(*columns).iterator(chunk_size=20_000)]


class Likeness:
    """Whom the new units are put beside. Two valid codes are two legal persons: such a pair is shown only where one of the
    two is a sure unit, for its code may be what was typed wrongly."""

    def __init__(self, standing: list[Unit], new: set[int]) -> None:
        self.units = {unit.enterprise: unit for unit in standing}
        self.unsure = [unit for unit in standing if unit.provisional]
        self.new = [unit for unit in standing if unit.enterprise in new]

    @cached_property
    def everybody(self) -> Neighbours:
        return _neighbours(self.units.values())

    @cached_property
    def but_unsure_with_code(self) -> Neighbours:
        return _neighbours(unit for unit in self.units.values() if not (unit.provisional and unit.uscc))

    @cached_property
    def newly_sure(self) -> Neighbours:
        return _neighbours(unit for unit in self.new if not unit.provisional)


def _neighbours(units: Iterable[Unit]) -> Neighbours:
    return Neighbours((unit.enterprise, unit.plain) for unit in units)


def _pairs(among: Likeness) -> Iterator[Pair]:
    """New unsure units beside all others; unsure ones without a code beside the sure ones that are new."""
    new = {unit.enterprise for unit in among.new}
    for unit in among.unsure:
        if unit.enterprise in new:
            yield from _near(unit, among.but_unsure_with_code if unit.uscc else among.everybody, among.units)
        elif not unit.uscc:
            yield from _near(unit, among.newly_sure, among.units)


def _near(unit: Unit, neighbours: Neighbours, units: dict[int, Unit]) -> Iterator[Pair]:
    renew()
    shown = settings.WUSHANG_PAIRS_SHOWN
    found = neighbours.near(unit.plain, settings.WUSHANG_PAIR_LIKENESS, shown + 1)  # itself may be the first
    for other, score in [(key, score) for key, score in found if key != unit.enterprise][: 2 * shown]:
        yield Pair(*_sides(unit, units[other]), score)


def _sides(one: Unit, other: Unit) -> tuple[Unit, Unit]:
    later: Callable[[Unit], tuple[bool, int]] = lambda unit: (unit.provisional, unit.enterprise)  # noqa: E731
    left, right = sorted((one, other), key=later, reverse=True)
    return left, right


def _undecided(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Each pair once, and none that stands already, whichever way round."""
    found = {frozenset((pair.left.enterprise, pair.right.enterprise)): pair for pair in pairs}
    ids = sorted({enterprise for both in found for enterprise in both})
    for start in range(0, len(ids), SOME):
        for both in Candidate.objects.filter(left__in=ids[start : start + SOME]).values_list("left_id", "right_id"):
            found.pop(frozenset(both), None)
    yield from found.values()


def _reason(pair: Pair) -> str:
    left, right = pair.left, pair.right
    said = ["名称相近"]
    if left.number and left.number == right.number:
        said.append("单位编号相同")
    if left.region and left.region == right.region:
        said.append("同一镇（街道、区）")
    if left.uscc and right.uscc and left.uscc != right.uscc:
        said.append("统一社会信用代码不同")
    return "，".join(said)
