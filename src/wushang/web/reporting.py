"""报送情况: which department's monthly table has come for which month, and which is late (desk, meeting page)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from wushang.analyse.delivered import NEEDED
from wushang.collect.models import Batch, DueRule
from wushang.collect.owed import DAY, Owed, due_day, owed
from wushang.collect.source import Source, shipped
from wushang.people.models import Department
from wushang.people.scope import Scope
from wushang.pool import models as pool
from wushang.terms import codes
from wushang.terms.period import Period, add_months, month_end, month_of
from wushang.web import days

ARRIVED = {Batch.LANDED: "已收", Batch.CHECKED: "待确认", Batch.CONFIRMED: "正在入库", Batch.RECEIVED: "正在核对", Batch.READ: "正在核对", Batch.UNMAPPED: "待对应列"}


@dataclass(frozen=True)
class Line:
    """One monthly table of one month of one sender: when it came, or how many days it is late (0: not due yet)."""

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
    """The tables of the last complete month, as the calendar of collect has them (应报): what has come, and what is late. Without
    the needed ones no figure is shown: they are named even where nobody has sent one yet."""
    month = add_months(month_of(today), -1)
    found = [one for one in owed(Scope.system(), Period(month, month_end(month)), today) if one.due or one.batches]
    asked = {one.source.id for one in found}
    nobody = [_from_nobody(shipped()[name], month, today) for name in NEEDED if name not in asked]
    return sorted([*(_line(one) for one in found), *nobody], key=lambda line: line.source.rank)


def _line(one: Owed) -> Line:
    due = one.due or add_months(one.month, 1).replace(day=DAY)
    return Line(one.source, one.month, one.sender.short_name, one.newest, one.came, due, 0 if one.came else one.late)


def _from_nobody(source: Source, month: date, today: date) -> Line:
    """A table that no department has sent yet; its rows may have come without a delivery."""
    came = _by_rows(source, month)
    due = due_day(DueRule.objects.all(), source.id, 0, month)
    late = max(0, (today - due).days) if due and not came else 0
    return Line(source, month, sender_of(source), None, came, due or add_months(month, 1).replace(day=DAY), late)


def _by_rows(source: Source, month: date) -> date | None:
    """The day on which rows of the month came in without a delivery."""
    rows = getattr(pool, source.lands).objects.current().filter(source=source.id).of_periods([f"{month:%Y-%m}"])
    row = rows.select_related("recorded").first()
    return timezone.localdate(row.recorded.published) if row else None
