"""报送情况: which department's monthly table has come for which month, and which is late (desk, meeting page)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from wushang.collect.models import Arrival, Batch, DueRule
from wushang.collect.owed import DAY, due_day
from wushang.collect.source import Source, shipped
from wushang.people.models import Department
from wushang.pool import models as pool
from wushang.terms import codes
from wushang.terms.period import Period, add_months, month_of
from wushang.web import days

NEEDED = ("injury_recognition", "insurance_monthly")  # without these no figure is shown
ARRIVED = {Batch.LANDED: "已收", Batch.CHECKED: "待确认", Batch.CONFIRMED: "正在入库", Batch.RECEIVED: "正在核对", Batch.READ: "正在核对"}


@dataclass(frozen=True)
class Line:
    """One monthly table of one month: when it came, or how many days it is late (0: not due yet)."""

    source: Source
    month: date
    sender: str
    batch: Batch | None
    came: date | None
    due: date
    late: int

    @property
    def title(self) -> str:
        return f"{self.source.title} {days.month(self.month)}"

    @property
    def short_title(self) -> str:
        return f"{self.source.title} {self.month.month}月"

    @property
    def state(self) -> str:
        return ARRIVED.get(self.batch.state, "") if self.batch else "已收" if self.came else ""


def monthly() -> list[Source]:
    """The sources whose rows belong to months."""
    return [source for source in shipped().values() if source.period]


def delivered(source: Source, commit: int | None = None) -> set[date]:
    """First days of the months that are in the ledger: by the deliveries' own periods, and where facts came without a
    delivery (a hand entry, a test) by the rows."""
    landed = Batch.objects.filter(version__source=source.id, state=Batch.LANDED, start__isnull=False)
    if commit is not None:
        landed = landed.filter(Q(commit=None) | Q(commit__number__lte=commit))  # without a commit: nothing was new
    spans = [Period(start, end) for start, end in landed.values_list("start", "end")]
    if spans:
        return {month for span in spans for month in span.months()}
    rows = getattr(pool, source.lands).objects.filter(source=source.id)
    rows = rows.as_of(commit) if commit is not None else rows.current()
    periods = rows.exclude(period="").values_list("period", flat=True).distinct()
    return {date.fromisoformat(f"{period}-01") for period in periods}


def lacking(period: Period, commit: int) -> dict[str, list[date]]:
    """Source id → months of the period that no figure can do without and that have not come."""
    found = {}
    for name in NEEDED:
        there = delivered(shipped()[name], commit)
        if gone := [month for month in period.months() if month not in there]:
            found[name] = gone
    return found


def sender_of(source: Source) -> str:
    """Who sends a table: who sent it last, else the departments that may."""
    last = Batch.objects.filter(version__source=source.id).select_related("sender").first()
    if last:
        return last.sender.short_name
    row = getattr(pool, source.lands).objects.filter(source=source.id).order_by("-pk").first()
    known = Department.objects.filter(code=row.sender) if row else Department.objects.filter(kind__in=source.departments)
    names = list(known.values_list("short_name", flat=True))
    return "、".join(names or [codes.name("department_kind", kind) for kind in source.departments])


def lines(today: date) -> list[Line]:
    """The tables of the last complete month: what has come, and what is late."""
    month, asked = add_months(month_of(today), -1), _asked_for()
    return [_line(source, month, today) for source in monthly() if source.id in asked]


def _asked_for() -> set[str]:
    """The tables this place has: without which no figure is shown, that have come before, or that a rule names. What a person
    enters by hand comes as it happens."""
    sent = Batch.objects.exclude(arrival__way=Arrival.HAND).order_by().values_list("version__source", flat=True).distinct()
    return {*NEEDED, *sent, *DueRule.objects.values_list("source", flat=True)}


def _line(source: Source, month: date, today: date) -> Line:
    came = Batch.objects.filter(version__source=source.id, start__lte=month, end__gte=month)
    here = came.exclude(state__in=(Batch.WITHDRAWN, Batch.WITHDRAWING, Batch.FAILED))
    batch = next((one for one in here if not one.sent_back), None)
    arrived = timezone.localdate(batch.received) if batch else _by_rows(source, month)
    owed = due_day(list(DueRule.objects.all()), source.id, _last_sender(source), month)
    due = owed or add_months(month, 1).replace(day=DAY)
    late = 0 if arrived or owed is None else max(0, (today - due).days)
    return Line(source, month, sender_of(source), batch, arrived, due, late)


def _last_sender(source: Source) -> int:
    """Who sent it last, for a rule of its own (应报日)."""
    last = Batch.objects.filter(version__source=source.id).values_list("sender", flat=True).first()
    return last or 0


def _by_rows(source: Source, month: date) -> date | None:
    """The day on which rows of the month came in without a delivery."""
    rows = getattr(pool, source.lands).objects.current().filter(source=source.id, period=f"{month:%Y-%m}")
    row = rows.select_related("recorded").first()
    return timezone.localdate(row.recorded.published) if row else None


def late_said(today: date) -> list[dict[str, Any]]:
    """The late tables in words, for a footing."""
    return [{"sender": line.sender, "title": line.title, "late": line.late} for line in lines(today) if line.late]
