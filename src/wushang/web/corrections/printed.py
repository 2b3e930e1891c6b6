"""Where a figure stands that crosses rooms: printed meeting pages, 汇报稿, exported 台账, 对账 that both sides signed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.analyse.models import Print, Reconciliation
from wushang.people.scope import Grant, Scope
from wushang.pool.models import Commit, InjuryVersion
from wushang.terms.period import Period, month_end, month_of
from wushang.warn.corrected import Use, changed_injuries, parts
from wushang.web import days
from wushang.web.ledgers import injuries as ledger
from wushang.web.meeting import events
from wushang.web.meeting.content import VERB
from wushang.web.meeting.prints import PAGE
from wushang.web.meeting.reading import pool_of
from wushang.web.reconcile.ours import ours

BRIEF, LEDGER = "brief", "ledger"
SEEN = frozenset({VERB, "ledger.print", "analyse.reconcile"})


def uses(commit: Commit) -> list[Use]:
    """What was printed, exported or reconciled of the days on which this commit changed injuries."""
    days_of = changed_days(commit)
    if not days_of:
        return []
    return [*_prints(commit, days_of), *_ledgers(commit, days_of), *_reconciled(commit, days_of)]


def changed_days(commit: Commit) -> dict[int, set[date]]:
    """Unit → days of application (申报日) of its injuries that the commit changed, as they were and as they are."""
    found: dict[int, set[date]] = defaultdict(set)
    for some in parts(changed_injuries(commit)):
        number = commit.number or 0
        for known in (number - 1, number):
            rows = InjuryVersion.objects.as_of(known).filter(injury__in=some, reported__isnull=False)
            for host, employer, reported in rows.values_list("host", "employer", "reported"):
                if unit := host or employer:
                    found[unit].add(reported)
    return found


def _inside(days_of: dict[int, set[date]], period: Period) -> list[int]:
    return sorted(unit for unit, some in days_of.items() if any(period.start <= day <= period.end for day in some))


def _of_area(area: list[str]) -> Scope:
    """The figures of a print as its maker saw them."""
    return Scope((Grant(SEEN, regions=tuple(area)),))


def _prints(commit: Commit, days_of: dict[int, set[date]]) -> Iterator[Use]:
    number = commit.number or 0
    for made in Print.objects.filter(page__in=(PAGE, BRIEF), commit__lt=number).order_by("pk"):
        period = Period(made.start, made.end)
        units = _inside(days_of, period)
        if not units:
            continue
        before, now = (_total(made, period, known) for known in (number - 1, number))
        if before != now:
            said = made.figures.get("headline", {}).get("events", before)
            for unit in units:
                yield _of_print(made, unit, _("全部接报起数"), said, now, days.months(made.start, made.end))


def _total(made: Print, period: Period, known: int) -> int:
    pool = pool_of(_of_area(made.area), known)
    rows = events.within(events.events(pool), period)
    return pool.fetch(rows.agg(n=rows.count()))["n"][0].as_py()


def _of_print(made: Print, unit: int, figure: str, old: int, new: int, when: str) -> Use:
    titles = {PAGE: _("会商一页"), BRIEF: _("汇报稿"), LEDGER: _("工伤事故台账")}
    kinds = {PAGE: "print", BRIEF: "brief", LEDGER: "ledger"}
    return Use(
        unit, kinds[made.page], made.pk, f"{titles[made.page]}（{when}）", timezone.localdate(made.at), made.commit, figure,
        _("%(n)d 起") % {"n": old}, _("%(n)d 起") % {"n": new}, told=(made.name,), outside=True,
    )  # fmt: skip


def _ledgers(commit: Commit, days_of: dict[int, set[date]]) -> Iterator[Use]:
    """Of a ledger the units' own rows are compared: of all units at once, and of ledgers of the same days and place once."""
    number, reckoned = commit.number or 0, lru_cache(maxsize=64)(_by_unit)
    for made in Print.objects.filter(page=LEDGER, commit__lt=number).order_by("pk"):
        units = _inside(days_of, Period(made.start, made.end))
        asked = (tuple(made.area), made.start, made.end, str(made.figures.get("town") or ""))
        if not units:
            continue
        before, now = (reckoned(*asked, known) for known in (number - 1, number))
        for unit in units:
            if made.figures.get("enterprise") in (None, unit) and before[unit] != now[unit]:
                when = f"{made.start.isoformat()}—{made.end.isoformat()}"
                yield _of_print(made, unit, _("本单位起数"), reckoned(*asked, made.commit)[unit], now[unit], when)


def _by_unit(area: tuple[str, ...], start: date, end: date, town: str, known: int) -> Counter[int]:
    """起数 of every unit's rows of a ledger: those whose 用人单位 or 用工单位 it is."""
    pool, found = pool_of(_of_area(list(area)), known), Counter[int]()
    rows = ledger.query(pool, Period(start, end), town)
    for row in pool.fetch(rows.group_by("employer", "host").agg(n=rows.events.sum())).to_pylist():
        for unit in {row["employer"], row["host"]} - {None}:
            found[unit] += row["n"] or 0
    return found


def _of_unit(made: Print, unit: int, known: int) -> int:
    return _by_unit(tuple(made.area), made.start, made.end, str(made.figures.get("town") or ""), known)[unit]


# ---- one place of an earlier correction, at a later version ----


def print_now(ref: int, unit: int, number: int) -> list[Use] | None:
    """A printed page or 汇报稿: its total, where that is another one now; None where it is gone."""
    made = Print.objects.filter(pk=ref).first()
    if made is None:
        return None
    now = _total(made, Period(made.start, made.end), number)
    said = made.figures.get("headline", {}).get("events", now)
    return [_of_print(made, unit, _("全部接报起数"), said, now, days.months(made.start, made.end))] if said != now else []


def ledger_now(ref: int, unit: int, number: int) -> list[Use] | None:
    """An exported ledger: the unit's own rows."""
    made = Print.objects.filter(pk=ref).first()
    if made is None:
        return None
    when = f"{made.start.isoformat()}—{made.end.isoformat()}"
    said, now = (_of_unit(made, unit, known) for known in (made.commit, number))
    return [_of_print(made, unit, _("本单位起数"), said, now, when)] if said != now else []


def reconciliation_now(ref: int, unit: int, number: int) -> list[Use] | None:
    """What both sides signed of a month."""
    held = Reconciliation.objects.filter(pk=ref).first()
    if held is None:
        return None
    now = ours(Scope.system(), held.month, held.party, number).count
    return [_signed(held, unit, now)] if held.ours != now else []


OF_KIND = {"print": print_now, "brief": print_now, "ledger": ledger_now, "reconciliation": reconciliation_now}


# ---- 对账 ----


def _reconciled(commit: Commit, days_of: dict[int, set[date]]) -> Iterator[Use]:
    number = commit.number or 0
    months = {month_of(day) for some in days_of.values() for day in some}
    for held in Reconciliation.objects.filter(month__in=months, commit__lt=number).order_by("pk"):
        before, now = (ours(Scope.system(), held.month, held.party, known).count for known in (number - 1, number))
        if before == now:
            continue
        for unit in _inside(days_of, Period(held.month, month_end(held.month))):
            yield _signed(held, unit, now)


def _signed(held: Reconciliation, unit: int, now: int) -> Use:
    signed = tuple(name for name in (held.ours_name, held.theirs_name) if name)
    return Use(
        unit, "reconciliation", held.pk, _("%(month)s 对账（%(party)s）") % {"month": days.month(held.month), "party": held.party_title},
        timezone.localdate(held.entered), held.commit, _("我方的数"), str(held.ours), str(now), told=signed, outside=bool(signed),
    )  # fmt: skip
