"""What one run looks at: reports that are new, reports that wait near injuries that are new, and the injuries near all these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from wushang.integrate.linkage import records
from wushang.integrate.linkage.injury import reach
from wushang.integrate.linkage.records import KINDS, Row
from wushang.integrate.linkage.windows import Window, around, within
from wushang.integrate.models import Link
from wushang.pool.models import InjuryVersion


@dataclass
class Work:
    """The reports, and when the injuries that they may tell of happened."""

    since: int
    until: int
    rows: dict[str, Row] = field(default_factory=dict)  # by the record's id
    near: list[Window] = field(default_factory=list)
    injuries: int = 0  # how many lie in these stretches
    released: list[int] = field(default_factory=list)  # links whose injury is no longer there

    def take(self, rows: Iterable[Row]) -> None:
        self.rows.update((row.unique, row) for row in rows)

    def look_near(self) -> None:
        """Around the days of all reports: an injury that is not new may be the likelier one."""
        self.near = around({row.day for row in self.rows.values()}, reach().after, reach().before)
        self.injuries = self.injured().count()

    def injured(self) -> QuerySet[InjuryVersion]:
        rows = InjuryVersion.objects.current().filter(within("occurred", self.near))
        return rows.exclude(status="withdrawn").order_by("injury_id")


def waiting(since: int, until: int) -> Work:
    """What commits after `since` have made worth a look."""
    work, gone = Work(since, until), list(_without_injury(since))
    work.released = [link.pk for link in gone]
    near = around(changed_days(since), reach().before, reach().after) if since else []
    for what in KINDS:
        work.take(records.told_rows(what, records.new(since) | records.during(what, near)))
        for link in gone:
            if link.what == what:
                work.take(records.told_rows(what, Q(source=link.source, sender=link.sender, key=link.key), linked=True))
    work.look_near()
    return work


def everything(until: int) -> Work:
    """All reports of persons that no person has linked, and the injuries near them."""
    work = Work(0, until)
    for what in ("visit", "disease"):
        work.take(records.told_rows(what, ~records.linked_rows(Q(decided_by__isnull=False)), linked=True))
    work.look_near()
    return work


def changed_days(since: int) -> Iterator[date]:
    """The days of the injuries that are new or were changed."""
    rows = InjuryVersion.objects.current().filter(recorded__number__gt=since)
    yield from rows.order_by("occurred").values_list("occurred", flat=True).distinct()


def _without_injury(since: int) -> Iterable[Link]:
    """Links that nobody decided, to injuries that have been taken back: their reports are looked at anew."""
    changed = InjuryVersion.objects.filter(Q(recorded__number__gt=since) | Q(superseded__number__gt=since)).values("injury_id")
    there = InjuryVersion.objects.current().exclude(status="withdrawn").values("injury_id")
    return Link.objects.filter(state=Link.LINKED, decided_by=None, injury__in=changed).exclude(injury__in=there)


def refused(rows: Iterable[Row]) -> set[tuple[str, str, str, int]]:
    """Pairs that a person has refused or taken apart: never proposed again."""
    said = Link.objects.filter(state__in=(Link.REFUSED, Link.RELEASED), decided_by__isnull=False)
    wanted = {row.natural for row in rows}
    return {one for one in said.values_list("source", "sender", "key", "injury_id") if one[:3] in wanted}
