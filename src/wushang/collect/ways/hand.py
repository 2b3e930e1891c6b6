"""手工录入一起工伤: a few answers become a file of one row, checked like any other, and a delivery that lands at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from wushang.collect.checking import check_file
from wushang.collect.deeds.check_batch import secret
from wushang.collect.inforce import table_of
from wushang.collect.models import Batch, Series
from wushang.collect.source import Source
from wushang.collect.ways import written
from wushang.people.scope import Scope
from wushang.pool.models import EnterpriseVersion, InjuryVersion, Report
from wushang.terms.identifiers import clean
from wushang.terms.problem import Problem

SOURCE = "hand_entry"
NUMBER, FILE = "SL", "手工录入 "  # 手录; how the name of the kept file begins
SHOWN = 8  # units offered


def files(tables: list[Source]) -> list[Source]:
    """The tables that come as files: what is entered one by one is not offered where a file is uploaded."""
    return [table for table in tables if table.id != SOURCE]


@dataclass(frozen=True)
class Entry:
    """What somebody typed; the names are fields of the source."""

    employer_name: str
    worker: str
    occurred: date
    hour: int | None = None
    uscc: str = ""
    insurance_number: str = ""
    town: str = ""
    id_number: str = ""
    part: str = ""
    severity: str = ""
    story: str = ""

    def cells(self, number: str, today: date) -> dict[str, str]:
        """Cells by field, as a clerk would type them."""
        when = f"{self.occurred} {self.hour}时" if self.hour is not None else str(self.occurred)
        said = {name: str(value) for name, value in asdict(self).items() if name != "hour"}
        return said | {"number": number, "occurred": when, "reported": str(today)}


def told(batches: Iterable[Batch]) -> dict[int, str]:
    """Of each entry among these deliveries its number and, once it has landed, its unit: they bear one title, and look alike."""
    mine = {one.pk: PurePath(one.file_name).stem.removeprefix(FILE) for one in batches if one.source == SOURCE}
    rows = Report.objects.current().filter(source=SOURCE, key__in=mine.values()).values_list("key", "values")
    of = {key: str(values.get("employer_name") or "") for key, values in rows}
    return {pk: f"{number} {of.get(number, '')}".strip() for pk, number in mine.items()}


def file_of(entry: Entry, number: str, at: datetime) -> tuple[bytes, str]:
    """The file of one row and its name."""
    columns = table_of(SOURCE).columns
    cells = entry.cells(number, timezone.localdate(at))
    content, ending = written.write([c.titles[0] for c in columns.values()], [[cells.get(name, "") for name in columns]])
    return content, f"{FILE}{number}.{ending}"


def problems(entry: Entry, at: datetime) -> list[tuple[str, Problem]]:
    """What the source's checks say of it: field and problem; empty where it would be accepted."""
    content, name = file_of(entry, f"{NUMBER}{at.year}-0000", at)
    checked = check_file(content, name, table_of(SOURCE), timezone.localdate(at), None, secret())
    return [(r.field, r.problem) for waiting in checked.quarantined for r in waiting.remarks if r.severity == "reject"]


def next_number(at: datetime) -> str:
    """SL2026-0001: of our own series, by year. Inside a transaction."""
    year = timezone.localdate(at).year
    Series.objects.get_or_create(name=SOURCE, year=year)
    Series.objects.filter(name=SOURCE, year=year).update(last=F("last") + 1)
    return f"{NUMBER}{year}-{Series.objects.get(name=SOURCE, year=year).last:04d}"


def units(scope: Scope, text: str) -> list[EnterpriseVersion]:
    """The units in reach whose name or code fits, the exact ones first."""
    said = clean(text).upper()
    if len(said) < 2:
        return []
    seen = EnterpriseVersion.objects.current().filter(scope.q("pool.see"), merged_into=None)
    found = seen.filter(Q(name__icontains=text.strip()) | Q(uscc=said)).order_by("name")[: SHOWN * 4]
    return sorted(found, key=lambda unit: (said not in (unit.uscc, unit.name), len(unit.name)))[:SHOWN]


def known(enterprise: int, day: date) -> dict[str, Any]:
    """What is known of the unit that the person should see before submitting: this year's accidents, that day's."""
    rows = InjuryVersion.objects.current().filter(Q(employer=enterprise) | Q(host=enterprise))
    year = rows.filter(occurred__year=day.year).exclude(status__in=("refused", "withdrawn"))
    return {"year": day.year, "so_far": year.count(), "same_day": rows.filter(occurred=day).count()}
