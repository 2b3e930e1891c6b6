"""接近条件: the units that one more accident would bring to an outcome, or to a graver one than they have.

Nothing here knows what a rule says: the facts are judged as they are, and once more with one accident added at every unit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from wushang.analyse.injuries import REACHED
from wushang.analyse.measures import measures
from wushang.judge.judging import Judged, judge
from wushang.judge.language.scalar import holds, number
from wushang.judge.language.tree import Comparison, Name, Value
from wushang.judge.pack import Pack
from wushang.judge.preview import overlaid
from wushang.judge.prose import live
from wushang.judge.recording import rises
from wushang.pool.reading import Pool


@dataclass(frozen=True)
class Gap:
    """A comparison of the rule that the accident would make true: what is measured now, and what it has to reach."""

    measure: str  # the measure's name in the rule
    part: Comparison
    now: Value
    wanted: Value


@dataclass(frozen=True)
class Near:
    """A unit one accident away: its outcome now ('' for none) and then, what is missing, when its last accident was."""

    enterprise: int
    was: str
    will: str
    gaps: tuple[Gap, ...]
    last: date | None


@dataclass(frozen=True)
class Nearness:
    """Of one rule: the units one accident away, the outcome's gravest first; and those at which nothing was counted yet,
    which a rule that begins with the first accident is near to with every unit there is."""

    near: list[Near] = field(default_factory=list)
    untouched: dict[int, str] = field(default_factory=dict)
    commit: int = 0

    def among(self, units: set[int]) -> tuple[list[Near], Counter[str]]:
        """Those that somebody may see: the list, and how many untouched ones by the outcome they would come to."""
        seen = [code for unit, code in self.untouched.items() if unit in units]
        return [one for one in self.near if one.enterprise in units], Counter(seen)


def by_rank(pack: Pack, day: date) -> bool:
    """Whether the rule takes the first N: how far a unit is from that, the other units decide."""
    settings = pack.settings(day)
    return any(outcome.top and settings.get(outcome.top.count) is not None for outcome in pack.outcomes)


def nearness(pack: Pack, pool: Pool, day: date, region: str) -> Nearness:
    """Judge all units of the region twice, the second time with one more accident each."""
    now = judge(pack, pool, day, region)
    units = now.enterprises.tolist()
    then = judge(pack, overlaid(pool, {"injuries": [accident(unit, day) for unit in units]}, {}), day, region)
    places = [at for at, (was, will) in enumerate(zip(now.outcomes, then.outcomes, strict=True)) if was != will and rises(pack, was, will)]
    bare = {at for at in places if not now.outcomes[at] and untouched(pack, now, at)}
    last = last_accidents(pool)
    near = [found(pack, now, then, at, last.get(units[at])) for at in places if at not in bare]
    return Nearness(sorted(near, key=lambda one: order(pack, one)), {units[at]: str(then.outcomes[at]) for at in bare}, pool.commit)


def accident(unit: int, day: date) -> dict[str, Any]:
    """One light injury at work, today, already recognised: whatever state of the claim a rule asks for, it counts."""
    dates = dict.fromkeys(("occurred", "reported", "accepted", "recognised"), day)
    said = {"status": "recognised", "at_work": True, "severity": "minor", "situation": "14-1"}
    return {"injury": -unit, "event": f"one more at {unit}", "enterprise": unit, "employer": unit} | dates | said


def untouched(pack: Pack, judged: Judged, at: int) -> bool:
    """Whether none of the injuries that the rule looks at happened there: every count of them is nothing."""
    counts = [name for name, use in pack.measures.items() if measures()[use.measure].of_injuries]
    return all(np.isnan(judged.values[name][at]) or judged.values[name][at] == 0 for name in counts)


def found(pack: Pack, now: Judged, then: Judged, at: int, last: date | None) -> Near:
    was, will = str(now.outcomes[at]), str(then.outcomes[at])
    return Near(int(now.enterprises[at]), was, will, tuple(gaps(pack, will, now, then, at)), last)


def gaps(pack: Pack, code: str, now: Judged, then: Judged, at: int) -> Iterator[Gap]:
    """The comparisons of the outcome's condition that hold with the accident and not without it."""
    before, after = now.settings | now.of(at), then.settings | then.of(at)
    top = live(pack.conditions[code].top, pack, now.settings)
    turned = (part for part in (top.parts() if top else ()) if isinstance(part, Comparison) and holds(part, after) and not holds(part, before))
    for part in turned:
        if isinstance(part.left, Name) and part.left.name in pack.measures:
            yield Gap(part.left.name, part, before[part.left.name], number(part.right, before))


def order(pack: Pack, one: Near) -> tuple[int, int, int]:
    """The gravest outcome first, then whose last accident is the most recent."""
    codes = [outcome.code for outcome in pack.outcomes]
    return codes.index(one.will), -(one.last.toordinal() if one.last else 0), one.enterprise


def last_accidents(pool: Pool) -> dict[int, date]:
    """The newest day of an accident at each unit, claims refused or withdrawn left out."""
    rows = pool.table("injuries")
    rows = rows.filter(rows.status.isin(REACHED["reported"]), rows.enterprise.notnull())
    found: Iterable[dict[str, Any]] = pool.fetch(rows.group_by("enterprise").agg(last=rows.occurred.max())).to_pylist()
    return {row["enterprise"]: row["last"] for row in found}
