"""Who stands on the lists of a rule (重点企业、一般企业) on a day: from the newest finding of each unit by then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from wushang.analyse.measures import measures
from wushang.judge.models import Finding, LeftOff, PolicyVersion
from wushang.judge.pack import Pack, Use
from wushang.judge.prose import measure_title
from wushang.people.scope import Scope
from wushang.pool.models import EnterpriseVersion
from wushang.terms.period import window_title

VERBS = ("judge.see", "warn.see")  # who judges, and who works with what came out


@dataclass(frozen=True)
class Member:
    """A unit on a list, since when, and what was measured when it was listed."""

    enterprise: int
    name: str
    region: str
    industry: str
    outcome: str
    since: date
    finding: int
    values: dict[str, Any]

    def to_json(self) -> dict[str, Any]:
        told = {name: getattr(self, name) for name in ("enterprise", "name", "region", "industry", "finding", "values")}
        return told | {"since": self.since.isoformat()}


def units(scope: Scope) -> QuerySet[EnterpriseVersion]:
    """The units whose membership somebody may see, as they are now."""
    seen = Q(pk__in=[])
    for verb in VERBS:
        seen |= scope.q(verb)
    return EnterpriseVersion.objects.current().filter(seen, merged_into=None)


def members(version: PolicyVersion, on: date, seen: QuerySet[EnterpriseVersion]) -> list[Member]:
    """The members on all lists of the rule on a day, the gravest list first, then by what the rule measures, then by name.
    On a day on which no version held nobody is a member."""
    if not holding(version, on):
        return []
    found = {unit: one for unit, one in Finding.objects.standing(version.policy, version.region, on).items() if one.kind == "list"}
    listed = Finding.objects.filter(policy=version.policy, region=version.region, kind="list").values("enterprise")
    rows = [member(found[unit.enterprise_id], unit) for unit in seen.filter(enterprise__in=listed) if unit.enterprise_id in found]
    return sorted(rows, key=lambda one: order(version.pack, one))


def member(finding: Finding, unit: EnterpriseVersion) -> Member:
    return Member(
        finding.enterprise_id, unit.name, unit.region, unit.industry, finding.outcome, finding.as_of, finding.pk, finding.values
    )


def order(pack: Pack, one: Member) -> tuple:
    lists = [outcome.code for outcome in pack.outcomes]
    place = lists.index(one.outcome) if one.outcome in lists else len(lists)
    return place, *(-(one.values.get(name) or 0) for name in pack.measures), one.name


def holding(version: PolicyVersion, on: date) -> PolicyVersion | None:
    """The version of the rule that holds on the day."""
    return PolicyVersion.objects.of(version).in_force_on(on).order_by("number").last()


def listing() -> list[PolicyVersion]:
    """The newest version that took or takes force of each rule that makes a list of units."""
    return [version for version in newest() if version.pack.of_units and lists(version.pack)]


def assessing() -> list[PolicyVersion]:
    """The same of each rule that assesses (评定) what is no unit."""
    return [version for version in newest() if not version.pack.of_units]


def newest() -> list[PolicyVersion]:
    found: dict[tuple[str, str], PolicyVersion] = {}
    for version in PolicyVersion.objects.filter(state="in_force").order_by("number"):
        found[version.policy, version.region] = version
    return list(found.values())


def lists(pack: Pack) -> dict[str, str]:
    """The list outcomes: code → 重点企业."""
    return {outcome.code: outcome.title for outcome in pack.outcomes if outcome.kind == "list"}


def columns(pack: Pack) -> list[tuple[str, str, str]]:
    """(measure's name in the rule, title, unit) of what decides; a window that all share is said once, by `period`."""
    titles = {name: str(measures()[use.measure].title) if period(pack) else measure_title(use) for name, use in pack.measures.items()}
    return [(name, title, measures()[pack.measures[name].measure].unit) for name, title in titles.items()]


def period(pack: Pack) -> str:
    """本年累计, where all measures of the rule look at the same window; else nothing."""
    windows = {use.window for use in pack.measures.values()}
    return window_title(*windows) if len(windows) == 1 else ""


def value(use: Use, number: Any) -> str:
    """A measured number as a table writes it: 5, 12.50, — where it is missing."""
    if number is None:
        return "—"
    return f"{number:g}" if measures()[use.measure].whole else f"{number:.2f}"


def left_off(version: PolicyVersion, outcome: str) -> dict[int, LeftOff]:
    """剔除: the units that shall not stand on the next signed list, and why."""
    rows = LeftOff.objects.filter(policy=version.policy, region=version.region, outcome=outcome, undone=None, frozen=None)
    return {row.enterprise_id: row for row in rows}


@dataclass(frozen=True)
class Since:
    """A frozen list beside the present one: who is still there, who left, who entered."""

    stayed: set[int]
    left: set[int]
    entered: list[Member]


def beside(frozen: Iterable[dict[str, Any]], now: Iterable[Member]) -> Since:
    before, present = {one["enterprise"] for one in frozen}, {one.enterprise: one for one in now}
    entered = [one for unit, one in present.items() if unit not in before]
    return Since(before & present.keys(), before - present.keys(), entered)


def memberships(enterprise: int, on: date) -> list[tuple[str, date, PolicyVersion]]:
    """The lists on which one unit stands: (title, since, version of the rule that holds)."""
    rows = Finding.objects.filter(enterprise=enterprise, as_of__lte=on).select_related("version").order_by("pk")
    newest = {(one.policy, one.region): one for one in rows}
    listed = ((one, holding(one.version, on)) for one in newest.values() if one.kind == "list")
    return [(lists(held.pack).get(one.outcome, one.outcome), one.as_of, held) for one, held in listed if held]
