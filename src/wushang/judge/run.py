"""Run the policies: over all units on the snapshot (scheduled), or over the units of new commits as they come in."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils import timezone

from wushang.judge.assessments import running as assessing
from wushang.judge.assessments.judging import Assessed
from wushang.judge.few import few
from wushang.judge.judging import Judged, judge, judge_together, tables_of
from wushang.judge.models import Cursor, Finding, PolicyVersion, Run
from wushang.judge.recording import record
from wushang.people.actor import Actor
from wushang.people.lease import held, renew
from wushang.people.scope import Grant, Scope
from wushang.pool import reading, snapshot
from wushang.pool.models import Commit
from wushang.pool.publishers import publications
from wushang.pool.reading import Pool

CURSOR = "judge"
CHUNK = 2000


@dataclass(frozen=True)
class Outcome:
    """What one run came to; `run` is None where it was only worked out (an earlier day), not kept."""

    version: PolicyVersion
    judged: Judged | Assessed
    run: Run | None
    seconds: float

    def to_json(self) -> dict[str, Any]:
        counts: dict[str, int] = {}
        for code in self.judged.outcomes:
            if code:
                counts[code] = counts.get(code, 0) + 1
        return {
            "policy": self.version.policy, "version": self.version.number, "region": self.version.region,
            "as_of": self.judged.as_of.isoformat(), "commit": self.judged.commit, "units": len(self.judged.outcomes),
            "findings": counts, "changes": self.run.changes if self.run else None, "digest": self.judged.digest,
            "recorded": self.run is not None, "seconds": round(self.seconds, 3),
        }  # fmt: skip


def regional(region: str, known: int | None = None) -> Pool:
    """The snapshot as the region sees it: its own units, and their rows only."""
    from wushang.people.scope import region_prefix

    # The platform's own work, by no person and for no person: a rule may look at the gravest disability grade (伤残等级),
    # of which only what the rule makes of it is shown. So the purpose is `system`, not the case analysis of people.
    scope = Scope((Grant(frozenset({"judge.run"}), regions=(region_prefix(region),)),), frozenset({"system"}))
    return reading.open(scope, known, verb="judge.run")


@dataclass(frozen=True)
class Looked:
    """What one version says, and by which pool: worked out beside other versions, for `seconds` of its own."""

    judged: Judged | Assessed
    pool: Pool
    seconds: float


def look(versions: Iterable[PolicyVersion], as_of: date) -> dict[int, Looked]:
    """version → what it says of all units of its region; the versions of one region are asked by one query. What judges no units is
    looked at alone."""
    looked, by_region = {}, dict[str, list[PolicyVersion]]()
    for version in versions:
        if version.pack.of_units:
            by_region.setdefault(version.region, []).append(version)
        else:
            began, pool = time.perf_counter(), regional(version.region)
            looked[version.pk] = Looked(assessing.look(version, pool, as_of), pool, time.perf_counter() - began)
    for region, those in by_region.items():
        began, pool = time.perf_counter(), regional(region)
        judged = judge_together([version.pack for version in those], pool, as_of, region)
        share = (time.perf_counter() - began) / len(those)
        looked |= {version.pk: Looked(one, pool, share) for version, one in zip(those, judged, strict=True)}
    return looked


def run(version: PolicyVersion, as_of: date, at: datetime, looked: Looked | None = None) -> Outcome:
    """Judge all units of the version's region on the snapshot (looked: where that was done already). An earlier day than judged
    before is not kept, nor one to come: it would bar every day until then."""
    looked, began = looked or look([version], as_of)[version.pk], time.perf_counter()
    judged, pool, seconds = looked.judged, looked.pool, looked.seconds
    if as_of > timezone.localdate(at) or not may_keep(version, as_of):
        return Outcome(version, judged, None, seconds)
    if isinstance(judged, Assessed):
        kept = assessing.keep(version, judged, at, "snapshot", seconds)
    else:
        kept = record(version, judged, pool, at, "snapshot", None, seconds)
    return Outcome(version, judged, kept, seconds + time.perf_counter() - began)


def may_keep(version: PolicyVersion, as_of: date) -> bool:
    """Findings go forward in time: a look back at an earlier day, or before the day of force, changes nothing."""
    if version.effective_from is None or as_of < version.effective_from:
        return False
    newest = Run.objects.filter(version__policy=version.policy, version__region=version.region)
    last = newest.aggregate(last=Max("as_of"))["last"]
    return last is None or as_of >= last


def run_all(actor: Actor, as_of: date, at: datetime, policy: str = "") -> list[Outcome]:
    """Bring the snapshot up to date and run every version in force on the day (of one policy, if told)."""
    from wushang.judge.deeds.run_policy import RunPolicy

    if snapshot.behind():
        snapshot.build(at)
    versions = PolicyVersion.objects.in_force_on(as_of)
    chosen = list((versions.filter(policy=policy) if policy else versions).order_by("policy", "region", "number"))
    looked = look(chosen, as_of)
    return [RunPolicy(actor, at, version, as_of, looked.pop(version.pk)).do() for version in chosen]


def judge_commits(at: datetime) -> int:
    """The consumer of new commits for the worker: judge the units they touched. Returns how many commits were handled."""
    from wushang.judge.deeds.judge_commits import JudgeCommits

    with held(CURSOR, at) as mine:
        waiting = waiting_commits() if mine else []
        if waiting:
            if len(touched_by(waiting)) > CHUNK:  # a whole city at once is faster read from the snapshot
                snapshot.build(at)
                renew()
            JudgeCommits(Actor.system(), at, waiting[-1].number or 0).do()
        return len(waiting)


def waiting_commits() -> list[Commit]:
    cursor = Cursor.objects.filter(name=CURSOR).first()
    return list(Commit.objects.filter(number__gt=cursor.commit if cursor else 0).order_by("number"))


def judge_up_to(number: int, at: datetime) -> list[Run]:
    """Judge the units touched by all commits after the cursor up to `number`, on their ledger rows; move the cursor."""
    cursor, _ = Cursor.objects.select_for_update().get_or_create(name=CURSOR)
    commits = list(Commit.objects.filter(number__gt=cursor.commit, number__lte=number))
    units = touched_by(commits)
    today = timezone.localtime(at).date()
    changed = tables_in(commits) if units else set()
    runs = [
        run_units(version, part, number, today, at)
        for version in on_injury(today)
        if changed & tables_of(version.pack)  # what no measure of a policy reads cannot change what it says
        for part in parts(units, number)
    ]
    runs += [run_cases(version, units, number, today, at) for version in on_case(today) if units and changed & tables_of(version.pack)]
    cursor.commit = number
    cursor.save()
    return runs


def tables_in(commits: Iterable[Commit]) -> set[str]:
    """The published tables of which these commits brought or ended rows."""
    wanted = [commit.pk for commit in commits]
    found = set()
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        for name, publication in publications().items():
            rows = publication.rows()
            if rows.filter(recorded__in=some).exists() or rows.filter(superseded__in=some).exists():
                found.add(name)
    return found


def touched_by(commits: Iterable[Commit]) -> list[int]:
    return sorted({unit for commit in commits for unit in commit.enterprises})


def parts(units: list[int], number: int) -> list[list[int]]:
    """All at once where the snapshot answers, else as many as a ledger query can name."""
    if not units or from_snapshot(units, number):
        return [units] if units else []
    return [units[start : start + CHUNK] for start in range(0, len(units), CHUNK)]


def from_snapshot(units: list[int], number: int) -> bool:
    """Whether so many units are asked for that the snapshot is better, and it holds the commit."""
    held = snapshot.current() if len(units) > CHUNK else None
    return held is not None and held.commit >= number


def on_injury(day: date) -> Iterator[PolicyVersion]:
    """The versions in force that look at each commit as it comes in."""
    for version in PolicyVersion.objects.in_force_on(day).order_by("policy", "region", "number"):
        if "on_injury" in version.pack.run:
            yield version


def run_units(version: PolicyVersion, units: list[int], number: int, as_of: date, at: datetime) -> Run:
    """The same judging for some units only, on the ledger's rows as of a commit."""
    began = time.perf_counter()
    pool = regional(version.region, number) if from_snapshot(units, number) else few(units, number)
    judged = judge(version.pack, pool, as_of, version.region, units)
    return record(version, judged, pool, at, "ledger", units, time.perf_counter() - began)


def on_case(day: date) -> Iterator[PolicyVersion]:
    """The versions in force that look at each step of a case as it is taken."""
    return (one for one in PolicyVersion.objects.in_force_on(day).order_by("policy", "region", "number") if "on_case" in one.pack.run)


def run_cases(version: PolicyVersion, units: list[int], number: int, as_of: date, at: datetime) -> Run:
    """Assess the cases of some units on the ledger's rows as of a commit; of very many units all of the region, from the snapshot."""
    began, all_of = time.perf_counter(), len(units) > CHUNK
    pool = regional(version.region, number) if all_of else reading.for_enterprises(units, number)
    return assessing.keep(version, assessing.look(version, pool, as_of), at, "ledger", time.perf_counter() - began, None if all_of else units)


def standing(version: PolicyVersion) -> dict[int, Finding]:
    """The present finding of each unit under this policy."""
    return {
        unit: finding
        for unit, finding in Finding.objects.standing(version.policy, version.region).items()
        if finding.outcome
    }
