"""How fresh and how good what departments sent is: for each source and sender the newest month, what is owed, the score.

Everybody who may ask figures may know it, whether or not the deliveries themselves are hers to open: of the departments of
her own county (区县), as the foot of each statistics page says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from wushang.analyse.quality.delivered import scored, summed
from wushang.analyse.quality.scores import total
from wushang.collect.owed import LATE, MISSING, Owed, owed
from wushang.people.scope import Grant, Scope, region_prefix
from wushang.terms.period import Period, add_months, month_end, month_of

MONTHS = 12  # how far back is looked for what is owed
SCORED = 3  # complete months that the score is of


@dataclass(frozen=True)
class Sent:
    """What one department sent of one source: the newest month and its first day of coming, months owed, the score."""

    source: str
    sender: str
    month: date | None
    came: date | None
    late: int  # days after the due day, of that month
    missing: tuple[date, ...]
    score: float | None


def sent(scope: Scope, today: date) -> dict[str, list[Sent]]:
    """Source → its senders."""
    county, last = _county(scope), add_months(month_of(today), -1)
    months = Period(add_months(last, 1 - MONTHS), month_end(month_of(today)))
    scores = _scores(county, Period(add_months(last, 1 - SCORED), month_end(last)), today)
    found: dict[str, list[Sent]] = {}
    for (sender, source), mine in groupby(owed(county, months, today, unruled=True), lambda one: (one.sender, one.source.id)):
        score = scores.get((sender.pk, source))
        found.setdefault(source, []).append(_sent(source, sender.short_name, list(mine), score))
    return found


def _sent(source: str, sender: str, months: list[Owed], score: float | None) -> Sent:
    came = [one for one in months if one.batches]
    newest = came[-1] if came else None
    missing = tuple(one.month for one in months if one.state == MISSING)
    late = newest.late if newest and newest.state == LATE else 0
    return Sent(source, sender, newest.month if newest else None, newest.came if newest else None, late, missing, score)


def _scores(scope: Scope, period: Period, today: date) -> dict[tuple[int, str], float | None]:
    found = groupby(scored(scope, period, today), lambda one: (one.sender.pk, one.source.id))
    return {pair: total(summed(mine)) for pair, mine in found}


def _county(scope: Scope) -> Scope:
    """Looking at the deliveries of the whole county that each place of the scope lies in."""
    places = [prefix for grant in scope.for_verb("analyse.see") for prefix in grant.regions]
    inside = tuple(dict.fromkeys(region_prefix(place[:6]) for place in places))
    return Scope((Grant(frozenset({"collect.see"}), regions=inside),)) if inside else Scope.nothing()
