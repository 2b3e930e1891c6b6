"""Where a figure stands that a commit has changed: findings, warnings with their letters, pushes. Writes nothing.

Whether a commit changed a figure is asked of the versions just before it and with it, so that the same correction is not found
twice; what is told as old is what stands on the paper, and that may be the same as now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.analyse.measures import measures
from wushang.judge.judging import judged_units, measured, plain_number, tables_of
from wushang.judge.models import Finding
from wushang.judge.prose import measure_title
from wushang.judge.run import tables_in
from wushang.pool import reading
from wushang.pool.models import Commit, DiseaseHazard, Headcount, InjuryVersion
from wushang.terms import codes
from wushang.terms.period import window
from wushang.warn import printed
from wushang.warn.models import Push, Warning
from wushang.warn.printed import Paper, Told

ALL = 500  # ids a query may name
SENT = ("sent", "delivered")
AWAY: dict[str, Any] = {"refused": gettext_lazy("不予认定"), "withdrawn": gettext_lazy("已撤回")}


@dataclass(frozen=True)
class Use:
    """One place where a figure of a unit stands, with what it said and what holds now."""

    enterprise: int
    kind: str
    ref: int
    what: str
    day: date
    known: int
    figure: str
    old: str
    new: str
    number: str = ""
    told: tuple[str, ...] = ()
    outside: bool = False
    to_unit: bool = False

    @property
    def differs(self) -> bool:
        """What was told is no longer so; else the change came to the same figure again."""
        return self.old != self.new


def uses(commit: Commit) -> list[Use]:
    """Everything of this room and judge's that a commit has changed."""
    tables = tables_in([commit])
    if not tables & {"injuries", "disease_hazards", "headcounts", "enterprises"}:
        return []
    return [*_findings(commit, tables), *_warnings(commit), *_pushes(commit)]


def parts(ids: Iterable[int]) -> Iterator[list[int]]:
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), ALL):
        yield wanted[start : start + ALL]


# ---- findings: each of its measures, as of its own day ----


def _findings(commit: Commit, tables: set[str]) -> Iterator[Use]:
    number, days = commit.number or 0, _days(commit)
    groups: dict[tuple[int, date], list[Finding]] = defaultdict(list)
    for some in parts(commit.enterprises):
        used = list(_used(some, number))
        months = _months(commit, {finding.enterprise_id for finding in used})
        for finding in used:
            if _may_move(finding, commit, tables, days.get(finding.enterprise_id, set()), months.get(finding.enterprise_id)):
                groups[finding.version_id, finding.as_of].append(finding)
    for those in groups.values():
        before, now = _values(those, number - 1), _values(those, number)
        for finding in those:
            yield from _moved(finding, before.get(finding.enterprise_id, {}), now.get(finding.enterprise_id, {}))


def _used(units: list[int], before: int) -> Iterator[Finding]:
    """The findings that somebody works by: those on which warnings rest, and the newest of each unit and policy."""
    rows = Finding.objects.filter(enterprise__in=units, commit__lt=before, historical=False)
    newest = rows.values("enterprise", "policy", "region").annotate(newest=Max("pk")).values("newest")
    rested = Warning.objects.filter(enterprise__in=units).values("finding")
    yield from rows.filter(Q(pk__in=newest) | Q(pk__in=rested)).exclude(outcome="").select_related("version").order_by("pk")


def _days(commit: Commit) -> dict[int, set[date]]:
    """Unit → the days (happened, applied for, recognised) of its injuries that the commit changed, as they were and are."""
    found: dict[int, set[date]] = defaultdict(set)
    for row in InjuryVersion.objects.filter(Q(recorded=commit) | Q(superseded=commit)):
        for unit in {row.employer_id, row.host_id} - {None}:
            found[unit] |= {day for day in (row.occurred, row.reported, row.recognised) if day}
    return found


def _months(commit: Commit, units: set[int]) -> dict[int, date]:
    """Unit → the first month whose headcount the commit changed."""
    rows = Headcount.objects.filter(Q(recorded=commit) | Q(superseded=commit), enterprise__in=units)
    return dict(rows.values_list("enterprise").annotate(first=Min("month")))


def _may_move(finding: Finding, commit: Commit, tables: set[str], days: set[date], month: date | None) -> bool:
    """Whether the commit can change the finding's measures at all: asked before anything is measured anew. The headcounts of a later
    month, which is what mostly comes, cannot."""
    pack, read = finding.version.pack, tables_of(finding.version.pack) & tables
    if commit.kind in ("merge", "split") or read - {"enterprises", "injuries", "headcounts"}:
        return True
    if "headcounts" in read and month and month <= finding.as_of:
        return True
    periods = [window(use.window, finding.as_of) for use in pack.measures.values() if use.window != "open"]
    return any(period.start <= day <= period.end for period in periods for day in days)


def _values(those: list[Finding], commit: int) -> dict[int, dict[str, Any]]:
    """Unit → measure → value of the findings' own rule and day, as known at a commit."""
    first, ids = those[0], [finding.enterprise_id for finding in those]
    pool, pack = reading.for_enterprises(ids, commit), first.version.pack
    rows = pool.fetch(measured(pack, pool, first.as_of, judged_units(pool, first.region, ids))).to_pylist()
    return {row["enterprise"]: {name: _plain(row[name]) for name in pack.measures} for row in rows}


def _plain(value: float | None) -> Any:
    return None if value is None else plain_number(value)


def _moved(finding: Finding, before: dict[str, Any], now: dict[str, Any]) -> Iterator[Use]:
    for name, use in finding.version.pack.measures.items():
        if before.get(name) != now.get(name):
            unit = measures()[use.measure].unit
            yield Use(
                finding.enterprise_id, "finding", finding.pk, str(finding.version.title), timezone.localdate(finding.at),
                finding.commit, measure_title(use), said(finding.values.get(name), unit), said(now.get(name), unit),
            )  # fmt: skip


def said(value: Any, unit: str) -> str:
    """2 起; 24.82 ‰; a measure without a figure is 缺数."""
    if value is None:
        return _("缺数")
    number = f"{value:,}" if isinstance(value, int) else f"{value:,.2f}" if isinstance(value, float) else str(value)
    return f"{number} {unit}".rstrip()


# ---- warnings and their letters: the accidents and hazards they tell ----


def _warnings(commit: Commit) -> Iterator[Use]:
    number = commit.number or 0
    for some in parts(commit.enterprises):
        held = Warning.objects.filter(enterprise__in=some, finding__commit__lt=number).exclude(state="withdrawn", issued=None)
        held = held.select_related("finding__version").prefetch_related("letters__deliveries", "letters__receipts")
        for warning in held.order_by("pk"):
            before, now = printed.told(warning, number - 1), printed.told(warning, number)
            if before != now:
                for paper in printed.papers(warning, number):
                    yield from of_paper(warning, paper, before, now)


def of_paper(warning: Warning, paper: Paper, before: Told, now: Told) -> Iterator[Use]:
    """What the commit changed, told as the paper has it. What is not printed in the paper has told nobody."""
    common = _letter_use(warning, paper) if paper.letter else _piece_use(warning, paper)
    nobody = {"told": (), "outside": False, "to_unit": False}
    for name, old, new in _differences(paper, before, now):
        title = printed.figure_titles()[name]
        if name in paper.prints or not paper.letter:
            yield Use(figure=title, old=old, new=new, **common)
        elif paper.letter.purpose == "main":
            yield Use(figure=_("%(title)s（文中未列）") % {"title": title}, old=old, new=new, **common | nobody)


def _piece_use(warning: Warning, paper: Paper) -> dict[str, Any]:
    what = _("第 %(n)d 件（%(level)s，%(state)s）") % {"n": warning.pk, "level": warning.rank_level.zh, "state": warning.state_title}
    return {
        "enterprise": warning.enterprise_id, "kind": "warning", "ref": warning.pk, "what": what,
        "day": timezone.localdate(warning.opened), "known": paper.known,
    }  # fmt: skip


def _letter_use(warning: Warning, paper: Paper) -> dict[str, Any]:
    letter = paper.letter
    assert letter is not None  # _of_paper asks
    rows = [row for row in letter.deliveries.all() if row.purpose in ("letter", "notice") and row.state in SENT]
    by_hand = any(receipt.undone is None for receipt in letter.receipts.all())
    names = list(dict.fromkeys(row.recipient for row in rows))
    to_unit = by_hand or any(row.recipient_kind == "enterprise" for row in rows)
    if to_unit and (name := str(letter.values.get("enterprise", ""))):
        names = list(dict.fromkeys([name, *names]))
    issued = letter.signed or timezone.localdate(warning.issued or warning.opened)
    return {
        "enterprise": warning.enterprise_id, "kind": "letter", "ref": letter.pk, "what": f"《{letter.title}》",
        "number": letter.number, "day": issued, "known": paper.known, "told": tuple(names),
        "outside": bool(names), "to_unit": to_unit,
    }  # fmt: skip


def _differences(paper: Paper, before: Told, now: Told) -> Iterator[tuple[str, str, str]]:
    """Of each thing that the commit changed: its name, as the paper has it, as it is now. A count may be the same again."""
    was = paper.told
    if before.events != now.events:
        yield printed.EVENTS, _("%(n)d 起") % {"n": was.events}, _("%(n)d 起") % {"n": now.events}
    if before.people != now.people and was.people != now.people and (was.events == now.events or before.events == now.events):
        yield printed.PEOPLE, _("%(n)d 人次") % {"n": was.people}, _("%(n)d 人次") % {"n": now.people}
    if before.rows != now.rows:
        for old, new in _rows(was.rows, now.rows):
            yield printed.ACCIDENTS, old, new
    if before.hazards != now.hazards != was.hazards:
        none = _("没有")
        yield printed.HAZARDS, "、".join(was.hazards) or none, "、".join(now.hazards) or none


def _rows(was: dict[int, str], now: dict[int, str]) -> Iterator[tuple[str, str]]:
    for injury, old in was.items():
        if now.get(injury) != old:
            yield old, now.get(injury, _("不再计入"))
    for injury in sorted(now.keys() - was.keys()):
        yield _("未列"), now[injury]


# ---- pushes: the one injury each tells of ----


def changed_injuries(commit: Commit) -> set[int]:
    """Injuries of which the commit wrote or ended a version."""
    rows = InjuryVersion.objects.filter(Q(recorded=commit) | Q(superseded=commit))
    return set(rows.values_list("injury", flat=True))


def _pushes(commit: Commit) -> Iterator[Use]:
    number = commit.number or 0
    for some in parts(changed_injuries(commit)):
        held = Push.objects.filter(injury__in=some, commit__lt=number, withdrawn=None).prefetch_related("deliveries")
        before, now = versions(some, number - 1), versions(some, number)
        for push in held.order_by("pk"):
            was, is_now = pushed(before.get(push.injury_id), push), pushed(now.get(push.injury_id), push)
            if was != is_now:
                first = versions([push.injury_id], push.commit).get(push.injury_id)
                yield push_use(push, pushed(first, push), is_now)


def versions(injuries: list[int], commit: int) -> dict[int, InjuryVersion]:
    """What was known of these injuries at a commit."""
    return {row.injury_id: row for row in InjuryVersion.objects.as_of(commit).filter(injury__in=injuries)}


def pushed(row: InjuryVersion | None, push: Push) -> str:
    """What the push's words say of the injury: the day and the kind, at this unit."""
    if row is None:
        return _("没有这起事故")
    if row.status in AWAY:
        return str(AWAY[row.status])
    if (row.host_id or row.employer_id) != push.enterprise_id:
        return _("计入另一家单位")
    if not row.at_work:
        return _("不属生产经营性事故")
    kind = codes.name("accident_kind", row.kind, row.occurred) if row.kind else _("类别待定")
    return f"{printed.short(row.occurred)} {kind}"


def push_use(push: Push, was: str, now: str) -> Use:
    rows = [row for row in push.deliveries.all() if row.state in SENT]
    names = tuple(dict.fromkeys(row.recipient for row in rows))
    return Use(
        push.enterprise_id, "push", push.pk, _("一起工伤事故的三推送"), timezone.localdate(push.created), push.commit,
        _("这起事故"), was, now, told=names, outside=bool(names), to_unit=any(row.recipient_kind == "enterprise" for row in rows),
    )  # fmt: skip


# ---- why ----


def cause(commit: Commit, enterprise: int) -> str:
    """One word for what happened to the facts of this unit."""
    if commit.kind in ("withdrawal", "merge", "split"):
        return "withdrawn" if commit.kind == "withdrawal" else commit.kind
    if commit.kind == "correction":
        return "mended"
    ours = Q(employer=enterprise) | Q(host=enterprise)
    ended = list(InjuryVersion.objects.filter(ours, superseded=commit).exclude(status__in=list(AWAY)))
    now = {row.injury_id: row for row in InjuryVersion.objects.filter(recorded=commit, injury__in={one.injury_id for one in ended})}
    moved = [now.get(row.injury_id) for row in ended if _counted(row) != _counted(now.get(row.injury_id))]
    if any(row is not None and row.status == "refused" for row in moved):
        return "refused"
    others = any(
        model._default_manager.filter(superseded=commit, enterprise=enterprise).exists() for model in (Headcount, DiseaseHazard)  # type: ignore[attr-defined]
    )
    return "changed" if moved or others else "late"


def _counted(row: InjuryVersion | None) -> tuple[Any, ...] | None:
    """What a figure or a letter takes from an injury; that a claim went one step on is no change of it."""
    if row is None:
        return None
    return (row.host_id or row.employer_id, row.event, row.occurred, row.reported, row.kind, row.post, row.at_work, row.severity, row.status in AWAY)
