"""Keep a judging: a Run row always, a Finding only where a unit's outcome changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max

from wushang.judge.force import news
from wushang.judge.judging import Judged, judge
from wushang.judge.models import Finding, PolicyVersion, Run
from wushang.judge.pack import Outcome, Pack
from wushang.people.models import one_at_a_time
from wushang.pool.models import Commit
from wushang.pool.reading import Pool

NAMED = 2000  # units that a query may name


@dataclass(frozen=True)
class Change:
    """A unit whose outcome is not what its newest finding says. `at` is its place in the judging; None: judged no more."""

    enterprise: int
    at: int | None
    before: Finding | None
    now: str

    @property
    def was(self) -> str:
        return self.before.outcome if self.before else ""


def record(
    version: PolicyVersion, judged: Judged, pool: Pool, at: datetime, road: str, asked: Iterable[int] | None = None,
    seconds: float = 0.0,
) -> Run:  # fmt: skip
    """Write the run and its findings. asked: the units that were to be judged (None: all of the region)."""
    one_at_a_time("findings")  # nothing is found twice, and their numbers become visible in their order
    changes = newest_word(version, judged.commit, changed(version, judged, asked))
    outcomes = Counter(outcome for outcome in judged.outcomes.tolist() if outcome)
    run = Run.objects.create(
        version=version, as_of=judged.as_of, at=at, commit=judged.commit, road=road, units=len(judged.enterprises),
        outcomes=dict(outcomes), changes=len(changes), digest=judged.digest, seconds=round(seconds, 3),
    )  # fmt: skip
    Finding.objects.bulk_create(findings(run, judged, pool, changes), batch_size=500)
    return run


def newest_word(version: PolicyVersion, commit: int, changes: Iterable[Change]) -> list[Change]:
    """Without the units that another run has judged with newer facts meanwhile: its word stands."""
    newer = Run.objects.filter(version__policy=version.policy, version__region=version.region, commit__gt=commit)
    if newer.filter(road="snapshot").exists():
        return []
    top = newer.aggregate(top=Max("commit"))["top"] or commit
    later = Commit.objects.filter(number__gt=commit, number__lte=top).values_list("enterprises", flat=True)
    judged = {unit for units in later for unit in units}
    return [change for change in changes if change.enterprise not in judged]


def changed(version: PolicyVersion, judged: Judged, asked: Iterable[int] | None) -> Iterator[Change]:
    """The changes, in the order of the units' numbers."""
    wanted = None if asked is None else set(asked)
    known = Finding.objects.filter(enterprise__in=wanted) if wanted is not None and len(wanted) <= NAMED else Finding.objects.all()
    standing = known.standing(version.policy, version.region)
    if wanted is not None:
        standing = {unit: finding for unit, finding in standing.items() if unit in wanted}
    pack, seen = version.pack, set()
    for at, unit in enumerate(judged.enterprises.tolist()):
        seen.add(unit)
        before, now = standing.get(unit), str(judged.outcomes[at])
        if now != (before.outcome if before else "") or grew(pack.outcome(now), before, judged, at):
            yield Change(unit, at, before, now)
    for unit, before in sorted(standing.items()):
        if unit not in seen and before.outcome:
            yield Change(unit, None, before, "")


def grew(outcome: Outcome | None, before: Finding | None, judged: Judged, at: int) -> bool:
    """A referral is for each case, so one more case is one more finding."""
    if not outcome or outcome.kind != "referral" or not before:
        return False
    values = judged.of(at)
    return any((values[name] or 0) > (before.values.get(name) or 0) for name in values)


def findings(run: Run, judged: Judged, pool: Pool, changes: list[Change]) -> Iterator[Finding]:
    version, pack = run.version, run.version.pack
    causes = why_changed(run, judged, pool, changes)
    since = version.effective_from or pack.since
    risen = sorted(c.enterprise for c in changes if rises(pack, c.was, c.now))
    struck, historical = news(pack, pool, judged.as_of, since, risen)
    for change in changes:
        outcome, unit = pack.outcome(change.now), change.enterprise
        yield Finding(
            run=run, version=version, policy=version.policy, region=version.region, enterprise_id=unit,
            as_of=judged.as_of, commit=judged.commit, at=run.at, outcome=change.now, before=change.was,
            kind=outcome.kind if outcome else "", values=judged.of(change.at) if change.at is not None else {},
            settings=judged.settings, clause=outcome.clause if outcome else "",
            actions=list(outcome.then) if outcome else [], cause=causes.get(unit, "facts"),
            historical=unit in historical, may_warn=version.mode == "full" and unit in struck,
        )  # fmt: skip


def rises(pack: Pack, was: str, now: str) -> bool:
    """Whether the new outcome is graver: outcomes are written gravest first. One more referral is graver too."""
    order = [outcome.code for outcome in pack.outcomes]
    if not now:
        return False
    return was not in order or order.index(now) < order.index(was) or (now == was)


def why_changed(run: Run, judged: Judged, pool: Pool, changes: list[Change]) -> dict[int, str]:
    """Why an outcome is another. rule: another text judges now; window: it fell, and today's facts give the old
    outcome on the earlier day, so only time has passed; else facts."""
    version = run.version
    same = set(PolicyVersion.objects.of(version).filter(digest=version.digest).values_list("pk", flat=True))
    causes = {c.enterprise: "rule" for c in changes if c.before and c.before.version_id not in same}
    runs = Run.objects.filter(version__in=same, road="snapshot", pk__lt=run.pk)
    last = runs.aggregate(day=Max("as_of"))["day"]
    by_day: dict[date, list[Change]] = {}
    for change in changes:
        if change.before and change.enterprise not in causes and not rises(version.pack, change.was, change.now):
            by_day.setdefault(max(change.before.as_of, last or change.before.as_of), []).append(change)
    for day, those in by_day.items():
        if day < judged.as_of:
            then = judge(version.pack, pool, day, version.region, [c.enterprise for c in those]).by_unit()
            causes |= {c.enterprise: "window" for c in those if then.get(c.enterprise) == c.was}
    return causes
