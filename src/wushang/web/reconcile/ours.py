"""Our side of a month: the meeting page's own figure, and how much of it the usual reasons may explain."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from wushang.people.scope import Scope
from wushang.pool.reading import open
from wushang.terms.period import Period, month_end
from wushang.web.meeting import events


@dataclass(frozen=True)
class Ours:
    """The figure with the version it was read from; `hints`: reason → how many of ours could be counted otherwise."""

    count: int
    commit: int
    hints: dict[str, int] = field(default_factory=dict)


def ours(scope: Scope, month: date, party: str, known: int | None = None) -> Ours:
    """人次 against the agency's report (it counts people), 起 against the emergency bureau's (it counts accidents)."""
    pool = open(scope, known, verb="analyse.reconcile")
    period = Period(month, month_end(month))
    rows = events.within(events.cases(pool) if party == "agency" else events.events(pool), period)
    refused = pool.table("injuries")
    refused = events.within(refused.filter(refused.status == "refused", refused.reported.notnull()), period)
    told = rows.agg(
        count=rows.count(), commuting=(rows.situation == "14-6").sum(), deemed=rows.situation.startswith("15-").sum()
    )
    found = pool.fetch(told).to_pylist()[0]
    hints = {"commuting": found["commuting"] or 0, "deemed": found["deemed"] or 0}
    hints["refused"] = -pool.fetch(refused.agg(n=refused.count()))["n"][0].as_py()
    return Ours(found["count"], pool.commit, hints)
