"""Count a unit's windows and the area's rates in the pool, at one commit: analyse's own rules of what counts, on windows of our own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from wushang.analyse.headcounts import monthly
from wushang.analyse.injuries import injuries
from wushang.analyse.measures import Ask
from wushang.analyse.rates import parts
from wushang.evaluate.window_figures import Figures, Held, References, mean, pooled
from wushang.judge.ranking.units import YEAR, read
from wushang.people.scope import region_prefix
from wushang.terms.period import Period, month_of

if TYPE_CHECKING:
    from wushang.pool.reading import Pool

LEAST_UNITS = 3  # a reference figure needs at least three units behind it (DESIGN.md 5)


@dataclass(frozen=True)
class Between(Ask):
    """An ask over two literal days: a window of a re-check has no name."""

    first: date = date.min

    @property
    def period(self) -> Period:
        return Period(self.first, self.as_of)


def ask(period: Period, scope: str) -> Between:
    """What happened in the period, whatever the state of the claim (接报即计), refused ones left out."""
    return Between(as_of=period.end, scope=scope, first=period.start)


def figures(pool: Pool, enterprise: int, periods: Sequence[Period], scope: str) -> list[Figures]:
    """Accidents, cases and headcount of one unit in each period. Its rows are fetched once: the measures of analyse ask
    the engine once per period and figure, which takes a second for one unit."""
    wide = ask(Period(min(p.start for p in periods), max(p.end for p in periods)), scope)
    hurt, paid = injuries(pool, wide), monthly(pool, wide)
    hurt_rows = pool.fetch(hurt.filter(hurt.enterprise == enterprise).select("occurred", "event", "injury")).to_pylist()
    paid_rows = pool.fetch(paid.filter(paid.enterprise == enterprise).select("month", "insured")).to_pylist()
    return [_figures(period, hurt_rows, paid_rows) for period in periods]


def _figures(period: Period, hurt: list[dict[str, Any]], paid: list[dict[str, Any]]) -> Figures:
    mine = [row for row in hurt if row["occurred"] in period]
    months = [row for row in paid if month_of(period.start) <= row["month"] <= period.end]
    events, cases = {row["event"] for row in mine}, {row["injury"] for row in mine}
    return Figures(len(events), len(cases), sum(row["insured"] for row in months), len({row["month"] for row in months}))


def references(pool: Pool, period: Period, scope: str, region: str, industry: str) -> References:
    """The area's rates of the window: pooled, mean of units, pooled over the unit's industry (GB/T 4754 大类)."""
    rows, units = parts(pool, ask(period, scope)), pool.table("enterprises")
    units = units.filter(units.region.startswith(region_prefix(region)) if region else units.region.notnull())
    joined = rows.inner_join(units.select("enterprise", "industry"), "enterprise")
    found = pool.fetch(joined.select("cases", "staff", "months", "industry")).to_pylist()
    everybody = [(row["industry"] or "", Figures(0, row["cases"], row["staff"], row["months"])) for row in found]
    same = [unit for code, unit in everybody if _branch(code) and _branch(code) == _branch(industry)]
    city = [unit for _code, unit in everybody]
    return References(_enough(pooled, city), _enough(mean, city), _enough(pooled, same))


def held(pool: Pool, enterprise: int, period: Period, scope: str, region: str) -> Held | None:
    """What units of the same trade and size tell of one unit's rate before its own accidents of the period are counted: the part of a
    fall that is only luck's end is taken off by it. None where there are too few units, or none knows this one."""
    units = read(pool, period, scope, region)
    prior, at = units.prior(), units.place(enterprise)
    if prior is None or at is None:
        return None
    of_window = ((period.end - period.start).days + 1) / YEAR
    return Held(float(prior.shape[at]), float(prior.shape[at] / prior.mean[at]) / of_window)


def _enough(reckon: Callable[[Iterable[Figures]], Fraction | None], units: list[Figures]) -> Fraction | None:
    return reckon(units) if sum(1 for unit in units if unit.headcount) >= LEAST_UNITS else None


def _branch(code: str) -> str:
    """C3382 or 3382 → 33."""
    return code.lstrip("ABCDEFGHIJKLMNOPQRST")[:2] if code else ""
