"""Run the rules about cases and groups: all of a region on the snapshot (daily), or the cases that new commits touched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from wushang.judge.assessments.judging import Assessed, Group, assess
from wushang.judge.assessments.models import Assessment, ReportedInputs
from wushang.judge.groups import Values
from wushang.judge.models import PolicyVersion, Run
from wushang.people.models import one_at_a_time
from wushang.pool.reading import Pool


@dataclass(frozen=True)
class Change:
    """One whose outcome is not what was known of it; `group` None: looked at no more."""

    key: str
    before: Assessment | None
    group: Group | None

    @property
    def now(self) -> str:
        return self.group.outcome if self.group else ""

    @property
    def was(self) -> str:
        return self.before.outcome if self.before else ""


def look(version: PolicyVersion, pool: Pool, as_of: date) -> Assessed:
    """What the version says on a day, with the figures that the place had reported by then."""
    return assess(version.pack, pool, as_of, version.region, reported(version, as_of))


def reported(version: PolicyVersion, day: date) -> dict[str, Values]:
    """The newest figures of the place for this rule, of a day by then."""
    row = ReportedInputs.objects.filter(policy=version.policy, region=version.region, on__lte=day).first()
    return row.told if row and version.pack.inputs else {}


def keep(
    version: PolicyVersion, found: Assessed, at: datetime, road: str, seconds: float, units: list[int] | None = None
) -> Run:
    """Write the run, and an assessment where an outcome changed. units: whose cases were looked at (None: all of the region)."""
    one_at_a_time("findings")
    newer = Run.objects.filter(version__policy=version.policy, version__region=version.region, commit__gt=found.commit)
    changes = [] if newer.exists() else list(changed(version, found, units))
    run = Run.objects.create(
        version=version, as_of=found.as_of, at=at, commit=found.commit, road=road, units=len(found.groups), changes=len(changes),
        outcomes=dict(Counter(code for code in found.outcomes if code)), digest=found.digest, seconds=round(seconds, 3),
    )  # fmt: skip
    Assessment.objects.bulk_create([row(run, found, change) for change in changes], batch_size=500)
    return run


def changed(version: PolicyVersion, found: Assessed, units: list[int] | None) -> Iterator[Change]:
    known = Assessment.objects.all() if units is None else Assessment.objects.filter(enterprise__in=units)
    standing = known.standing(version.policy, version.region)
    groups = {group.key: group for group in found.groups}
    for key in [*groups, *(key for key in standing if key not in groups)]:
        change = Change(key, standing.get(key), groups.get(key))
        if change.now != change.was:
            yield change


def row(run: Run, found: Assessed, change: Change) -> Assessment:
    version, group = run.version, change.group
    outcome = version.pack.outcome(change.now)
    before = change.before
    return Assessment(
        run=run, version=version, policy=version.policy, region=version.region, subject=version.pack.subject, key=change.key,
        name=group.name if group else before.name if before else "",
        enterprise_id=group.enterprise if group else before.enterprise_id if before else None,
        as_of=found.as_of, commit=found.commit, at=run.at, outcome=change.now, before=change.was,
        values=group.values if group else {}, figures=group.figures if group else {}, settings=found.settings | found.ends,
        clause=outcome.clause if outcome else "",
    )  # fmt: skip
