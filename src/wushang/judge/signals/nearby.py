"""相邻镇街一起看: whether neighbouring townships together have had more than their usual part of the county's accidents in the last weeks.

Expected of a township in a week is its part of the county's accidents of the year before times what the county has had in that week, as far
as it is known now. So season, trend and late reports, which all townships share, cancel out; what no township stands out by (a rise of
the whole county) is for the county's own series to see. Needs a map (设置 → 地图): without one nobody knows who lies beside whom.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wushang.judge.signals.choosing import RIPE, SHOWN, Alarm, shares
from wushang.judge.signals.looking import USUAL, usual_of
from wushang.judge.signals.series import Facts
from wushang.statistics.scan import Cluster, nearest_first, scan, zones

LONGEST = 6  # weeks of a cylinder
LEARNT = 52  # weeks before, from which each township's part is learnt
LEAST_TOWNS = 3
SURE = 0.01  # once a week and county, over all places and spans: one false in about two years
DRAWS = 999
Places = Mapping[str, tuple[float, float]]  # township → where it lies on the map
Floats = NDArray[np.float64]


def clusters(facts: Facts, places: Places) -> list[Alarm]:
    """The clusters that still go on, of each county whose townships lie on a map."""
    counties = sorted({town[:6] for town in places})
    return [alarm for county in counties for alarm in _of_county(facts, county, {t: p for t, p in places.items() if t[:6] == county})]


def _of_county(facts: Facts, county: str, places: Places) -> list[Alarm]:
    towns = sorted(places)
    if len(towns) < LEAST_TOWNS or facts.weeks < LEARNT + LONGEST:
        return []
    known = _known(facts, towns)
    learnt, now = known[:, -LEARNT - LONGEST : -LONGEST], known[:, -LONGEST:]
    part = (learnt.sum(axis=1) + 0.5) / (learnt.sum() + 0.5 * len(towns))  # nobody's part is nothing
    due = part[:, None] * now.sum(axis=0)
    if not now.sum():
        return []
    rows = zones(nearest_first([places[town] for town in towns]), part)
    seen = now.sum(axis=0) > 0  # a week of which nothing is known yet says nothing
    if not seen[-1]:
        return []
    first = int(np.argmax(seen[::-1] == 0)) or LONGEST  # the weeks at the end that are all seen
    cases, expected = now[:, -first:], due[:, -first:]
    found = scan(cases, expected, rows, longest=first, seed=facts.weeks, draws=DRAWS, dispersion=_dispersion(learnt, part))
    return [_alarm(facts, county, towns, known, part, one, first) for one in found if one.p <= SURE]


def _known(facts: Facts, towns: list[str]) -> NDArray[np.int64]:
    """Townships × weeks: all that is known now, early or late."""
    table = np.zeros((len(towns), facts.weeks), dtype=int)
    row = {town: place for place, town in enumerate(towns)}
    place = np.array([row.get(leaf[0][:9], -1) for leaf in facts.leaves])[facts.leaf]
    np.add.at(table, (place[place >= 0], facts.week[place >= 0]), facts.cases[place >= 0])
    return table


def _dispersion(learnt: NDArray[np.int64], part: Floats) -> float:
    """How much more the townships' parts vary than chance lets them: Pearson's χ² of the year over its degrees of freedom."""
    due = part[:, None] * learnt.sum(axis=0)
    some = due > 0
    square = ((learnt - due)[some] ** 2 / due[some]).sum()
    return max(1.0, float(square / max(1, some.sum() - learnt.shape[1] - len(part) + 1)))


def _alarm(facts: Facts, county: str, towns: list[str], known: NDArray, part: Floats, one: Cluster, weeks: int) -> Alarm:
    members = [towns[place] for place in one.regions]
    low, high = (int(usual_of(share, np.array([one.expected]), np.array([1.0]))[0]) for share in USUAL)
    share = shares(facts)
    in_now = [float(share[min(age, share.size - 1)]) for age in range(weeks)][::-1]
    ripe = sum(int(known[list(one.regions), facts.weeks - weeks + at].sum()) / max(in_now[at], 0.01) for at in range(one.start, one.end + 1))
    values = {
        "span": one.end - one.start + 1, "age": 0, "observed": one.cases, "expected": one.expected, "usual_low": low, "usual_high": high,
        "bound": float(high), "p": one.p, "q": one.p, "detector": "scan", "forecast": round(ripe) if in_now[-1] < RIPE else None,
    }  # fmt: skip
    key = (members[0] if len(members) == 1 else county, "", "")
    drawn = _drawn(facts, known, part, list(one.regions))
    return Alarm(key, facts.monday(facts.weeks - 1), known[list(one.regions)].sum(axis=0), values, tuple(members), drawn)


def _drawn(facts: Facts, known: NDArray, part: Floats, at: list[int]) -> dict[str, list[Any]]:
    """The cluster's weeks beside its usual part of the county's."""
    shown = range(max(0, facts.weeks - SHOWN), facts.weeks)
    due = part[at].sum() * known[:, shown.start :].sum(axis=0)
    low, high = (usual_of(share, due, np.ones(due.size)).astype(int).tolist() for share in USUAL)
    weeks = [(facts.monday(week)).isoformat() for week in shown]
    return {"weeks": weeks, "values": known[at, shown.start :].sum(axis=0).tolist(), "low": low, "high": high}
