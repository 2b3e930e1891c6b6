"""申报期未满: months and quarters of which late reports are still to come, and what they will come to (估计), by how much of earlier ones
as long had come in as soon after their end. For reading only: no rule, warning or sanction ever takes it.

The completion factor is that of `statistics.nowcast` for two columns (told by the same age, told later), so its interval widens
with how unlike the earlier months were.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import ibis
import numpy as np
from numpy.typing import NDArray

from wushang.analyse.cube.asked import Asked
from wushang.analyse.dimensions import dimensions
from wushang.analyse.measures import measures
from wushang.analyse.placed import placed_rows
from wushang.pool.reading import Pool
from wushang.statistics.nowcast import nowcast
from wushang.terms.period import Period, add_months, month_end, month_of

RIPE = timedelta(days=30)  # lag.maturity_days: from so many days after its end on a month is taken as it is
HORIZON = timedelta(days=180)  # what comes later than so long after a month's end is not foreseen
MONTHS, FEWEST, LEAST = 24, 6, 30  # earlier months that are learnt from; with fewer of them or of what they make, or fewer cases, nothing is foretold
TOLD = 0.3  # of a month's reports that should be in, for its total to be foretold
TIMES = ("month", "season_month", "quarter")  # whose keys are foretold


@dataclass(frozen=True)
class Coming:
    """Of one unripe month or quarter: earlier ones × (told by the same age, told later), and the share that should be in by now."""

    past: NDArray[np.int64]
    share: float

    def of(self, seen: float) -> tuple[float, float, float]:
        """A count of it as it stands → what it will come to, with its 90 % interval."""
        found = nowcast(np.vstack([self.past, [seen, 0]]), seed=self.past.shape[0])
        return float(found.total[-1]), float(found.low[-1]), float(found.high[-1])


def unripe(asked: Asked, code: str, key: str | None, data_to: date | None) -> bool:
    """Whether a key of a time ends less than 30 days before the data do, so that late reports are still to come (C4)."""
    span = dimensions()[code].span if code and key and asked.basis == "occurred" else None
    return bool(span and data_to and span(str(key)).end > data_to - RIPE)


def time_of(asked: Asked) -> str:
    """The side of the question whose keys are months or quarters; '' where it has none."""
    return next((code for code in (asked.across, asked.down) if code in TIMES), "")


def coming(pool: Pool, asked: Asked, data_to: date | None, keys: Iterable[str]) -> dict[str, Coming]:
    """Of the unripe keys (2026-03, 2026Q1) that are over: what can be foretold, by the reports of everything in the reader's scope."""
    code = time_of(asked)
    if data_to is None or not code or asked.told_by or not measured(asked):
        return {}
    spans = {key: span(key) for key in keys if (span := dimensions()[code].span) and unripe(asked, code, key, data_to)}
    wanted = {key: span for key, span in spans.items() if span.end <= data_to}
    told = _told(pool, asked, data_to) if wanted else {}
    found = {key: _learnt(_as_long(told, data_to, len(span.months())), (data_to - span.end).days) for key, span in wanted.items()}
    return {key: one for key, one in found.items() if one is not None}


def newest(pool: Pool, data_to: date | None) -> tuple[str, Coming] | None:
    """The last month that is over, where its reports are still coming, and what is known of it; of everything in the pool's scope."""
    if data_to is None:
        return None
    last = month_of(data_to) if month_end(data_to) == data_to else add_months(month_of(data_to), -1)
    asked = Asked(("injured_cases",), Period(last, month_end(last)), "month", scope="all")
    found = coming(pool, asked, data_to, [key := f"{last:%Y-%m}"])
    return (key, found[key]) if key in found else None


def measured(asked: Asked) -> bool:
    """Whether its first measure counts injuries, alone or over workers: the others do not grow like these."""
    cell = measures()[asked.measures[0]].cell
    return bool(cell and cell.table == "injuries" and cell.count and not callable(cell.over) and cell.listed and not cell.basis)


def _as_long(told: dict[date, dict[int, int]], data_to: date, length: int) -> list[dict[int, int]]:
    """Earlier spans of so many months, one beside the other, the oldest first: days from the span's end until told → cases."""
    last, first = month_of(data_to - HORIZON), min(told, default=data_to)
    ends = [add_months(last, -1 - n * length) for n in reversed(range(MONTHS // length))]
    spans = [[add_months(end, -n) for n in range(length)] for end in ends if add_months(end, 1 - length) >= first]
    return [_together(told, months) for months in spans if any(month in told for month in months)]


def _together(told: dict[date, dict[int, int]], months: list[date]) -> dict[int, int]:
    """`months`: the newest first, at whose end the span ends."""
    found: Counter[int] = Counter()
    for month in months:
        for days, n in told.get(month, {}).items():
            found[days - (month_end(months[0]) - month_end(month)).days] += n
    return {days: n for days, n in found.items() if days <= HORIZON.days}


def _told(pool: Pool, asked: Asked, data_to: date) -> dict[date, dict[int, int]]:
    """Month of the accident → days from its end until told → cases, for the months that are old enough."""
    first = add_months(month_of(data_to - HORIZON), -MONTHS)
    span = Period(first, month_of(data_to - HORIZON) - timedelta(days=1))
    rows = placed_rows(pool, "injuries", asked.over(span).ask)
    rows = rows.mutate(at=rows.occurred.strftime("%Y-%m"), told=ibis.coalesce(rows[asked.status], rows.occurred))
    found: dict[date, dict[int, int]] = {}
    for row in pool.fetch(rows.group_by("at", "told").agg(n=rows.count())).to_pylist():
        month = date.fromisoformat(f"{row['at']}-01")
        found.setdefault(month, {})[(row["told"] - month_end(month)).days] = row["n"]
    return found


def _learnt(past: list[dict[int, int]], age: int) -> Coming | None:
    table = np.array([[sum(n for days, n in one.items() if (days <= age) is soon) for soon in (True, False)] for one in past], dtype=int)
    if len(past) < FEWEST or table.sum() < LEAST:
        return None
    share = table[:, 0].sum() / table.sum()
    return Coming(table, float(share)) if share >= TOLD else None
