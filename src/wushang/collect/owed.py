"""Who owes which table of which month until when (应报), and what has come of it: 已报, 迟报, 未报.

A table is owed by who has sent it before, or whom a rule names. Without a rule: on the 15th of the following month, moved to
the next working day (our default). A month covers a delivery by its period; a table without periods counts for the month
before it was received. A file that went back whole for a missing column has not come.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from wushang.collect.inforce import sources
from wushang.collect.models import Arrival, Batch, DueRule, Urge
from wushang.collect.place import departments_in
from wushang.collect.source import Source
from wushang.people.models import Department
from wushang.people.scope import Scope
from wushang.terms.calendar import is_working_day, next_working_day
from wushang.terms.period import Period, add_months, month_end, month_of

DAY = 15  # of the following month, where no rule says otherwise
ENDED = (Batch.WITHDRAWN, Batch.WITHDRAWING, Batch.FAILED)
ON_TIME, LATE, MISSING, NOT_DUE, NOTHING = "on_time", "late", "missing", "not_due", "nothing"


@dataclass(frozen=True)
class Owed:
    """One table of one month of one sender: when it is due, what came first, how late it is or was."""

    source: Source
    sender: Department
    month: date
    due: date | None
    batches: tuple[Batch, ...] = ()  # newest first
    urges: tuple[Urge, ...] = ()
    today: date = field(default_factory=timezone.localdate)

    @property
    def came(self) -> date | None:
        """The day on which the first delivery of the month came."""
        return timezone.localdate(self.batches[-1].received) if self.batches else None

    @property
    def newest(self) -> Batch | None:
        """The last delivery that was read; one whose columns nobody knows yet only where there is no other."""
        known = (batch for batch in self.batches if batch.state != Batch.UNMAPPED)
        return next(known, self.batches[0] if self.batches else None)

    @property
    def late(self) -> int:
        """Days after the due day: of the first delivery, or until today; 0 where there is no due day or it is history."""
        if self.due is None or (self.batches and self.batches[-1].historical):
            return 0
        return max(0, ((self.came or self.today) - self.due).days)

    @property
    def state(self) -> str:
        if self.batches:
            return LATE if self.late else ON_TIME
        if self.due is None:
            return NOTHING
        return MISSING if self.today > self.due else NOT_DUE

    @property
    def open(self) -> int:
        """Rows of the newest delivery that wait to be mended or lie with the sender."""
        counts = self.newest.counts if self.newest else {}
        return counts.get("open", 0) + counts.get("returned", 0)


def due_day(rules: Iterable[DueRule], source: str, sender: int, month: date) -> date | None:
    """The day a month's table is owed; None where nothing is owed. The sender's own rule goes first."""
    begun = [rule for rule in rules if rule.source == source and rule.since <= month]
    mine = [rule for rule in begun if rule.sender_id == sender] or [rule for rule in begun if rule.sender_id is None]
    rule = max(mine, key=lambda one: (one.since, one.pk), default=None)
    if rule and not rule.owed:
        return None
    following = add_months(month, 1)
    last = month_end(following)
    day = following.replace(day=min(rule.day if rule else DAY, last.day))
    return shifted(day, rule.shift if rule else DueRule.NEXT)


def shifted(day: date, shift: str) -> date:
    """A day that is no working day, moved as the rule says."""
    if shift == DueRule.STAY or is_working_day(day):
        return day
    if shift == DueRule.NEXT:
        return next_working_day(day)
    while not is_working_day(day):
        day = date.fromordinal(day.toordinal() - 1)
    return day


def months_of(batch: Batch) -> list[date]:
    """The months that a delivery is for."""
    if batch.period:
        return batch.period.months()
    return [add_months(month_of(timezone.localdate(batch.received)), -1)]


def owed(
    scope: Scope, period: Period, today: date, departments: list[int] | None = None, unruled: bool = False
) -> list[Owed]:
    """Every table of every month of the period that the scope sees, by sender, source and month, as it stood at the end of
    `today`; `unruled` brings the tables too that come when they come (registers)."""
    reach = departments_in(scope, "collect.see")
    reach = reach.filter(pk__in=departments) if departments is not None else reach
    tables = {one.id: one for one in sources()}
    rules = list(DueRule.objects.select_related("sender"))
    sent = _sent({one.pk: one for one in reach}, today)
    urges = _urges(period)
    found = []
    pairs = _pairs(tables, rules, sent, reach, unruled)
    for (source, sender), months in sorted(pairs.items(), key=lambda one: _order(one[0], tables)):
        monthly = bool(tables[source].period) or _ruled(rules, (source, sender))
        for month in period.months():
            batches = tuple(months.get(month, ()))
            begun = monthly and month >= _since(months, rules, source, sender, today)
            due = due_day(rules, source, sender.pk, month) if begun else None
            urged = tuple(urges.get((source, sender.pk, month), ()))
            found.append(Owed(tables[source], sender, month, due, batches, urged, today))
    return found


Months = dict[date, list[Batch]]


def _sent(reach: dict[int, Department], day: date) -> dict[tuple[str, Department], Months]:
    """What each department had sent of each table at the end of a day and not taken back by then, by month, newest first."""
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
    ended = Q(state__in=ENDED) & ~Q(state=Batch.WITHDRAWN, withdrawn__gte=end)
    kept = ("pk", "sender_id", "start", "end", "received", "received_by", "historical", "state", "counts", "version__source", "rows", "layout", "taken")
    batches = Batch.objects.filter(sender__in=reach, received__lt=end).exclude(ended).exclude(arrival__way=Arrival.HAND)  # as it happens
    batches = batches.select_related("version").only(*kept)
    found: dict[tuple[str, Department], Months] = {}
    for batch in (one for one in batches.order_by("-pk") if not one.sent_back):
        months = found.setdefault((batch.version.source, reach[batch.sender_id]), {})
        for month in months_of(batch):
            months.setdefault(month, []).append(batch)
    return found


def _pairs(tables, rules: list[DueRule], sent, reach, unruled: bool) -> dict[tuple[str, Department], Months]:
    """Source and sender of everything that is owed: sent before, or named by a rule."""
    found = {pair: months for pair, months in sent.items() if pair[0] in tables}
    for rule in (one for one in rules if one.source in tables):
        named = [rule.sender] if rule.sender else []
        if rule.sender is None and not any(source == rule.source for source, _sender in found):
            named = list(reach.filter(kind=tables[rule.source].departments[0]))
        for sender in named:
            if sender in reach:
                found.setdefault((rule.source, sender), {})
    return {p: months for p, months in found.items() if unruled or tables[p[0]].period or _ruled(rules, p)}


def _ruled(rules: list[DueRule], pair: tuple[str, Department]) -> bool:
    return any(rule.source == pair[0] and rule.sender_id in (None, pair[1].pk) for rule in rules)


def _since(months: Months, rules: list[DueRule], source: str, sender: Department, today: date) -> date:
    """The first month that is owed: the first that came, or from which a rule holds."""
    mine = [rule.since for rule in rules if rule.source == source and rule.sender_id in (None, sender.pk)]
    return min([*months, *mine], default=month_of(today))


def _urges(period: Period) -> dict[tuple[str, int, date], list[Urge]]:
    found: dict[tuple[str, int, date], list[Urge]] = {}
    for urge in Urge.objects.filter(month__gte=period.start, month__lte=period.end):
        found.setdefault((urge.source, urge.sender_id, urge.month), []).append(urge)
    return found


def _order(pair: tuple[str, Department], tables: dict[str, Source]) -> tuple[str, int, str]:
    return pair[1].code, tables[pair[0]].rank, pair[0]
