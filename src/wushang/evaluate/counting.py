"""Count a unit's windows and the area's rates in the pool, at one commit: the measures of analyse on windows of our own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from wushang.analyse.measures import Ask, measures
from wushang.analyse.rates import parts
from wushang.evaluate.window_figures import Figures, References, mean, pooled
from wushang.people.scope import region_prefix

if TYPE_CHECKING:
    from wushang.pool.reading import Pool
    from wushang.terms.period import Period

LEAST_UNITS = 3  # a reference figure needs at least three units behind it (DESIGN.md 5)


@dataclass(frozen=True)
class Between(Ask):
    """An ask over two literal days: a window of a re-check has no name."""

    first: date = date.min

    @property
    def period(self) -> Period:
        from wushang.terms.period import Period

        return Period(self.first, self.as_of)


def ask(period: Period, scope: str) -> Between:
    """What happened in the period, whatever the state of the claim (接报即计), refused ones left out."""
    return Between(as_of=period.end, scope=scope, first=period.start)


def figures(pool: Pool, enterprise: int, period: Period, scope: str) -> Figures:
    """Accidents, cases and headcount of one unit."""
    wanted = ask(period, scope)
    events, cases = (_of(pool, measures()[code].value(pool, wanted), enterprise) for code in ("injury_events", "injured_cases"))
    rows = parts(pool, wanted)
    held = pool.fetch(rows.filter(rows.enterprise == enterprise).select("staff", "months")).to_pylist()
    staff, months = (held[0]["staff"], held[0]["months"]) if held else (0, 0)
    return Figures(events, cases, staff, months)


def _of(pool: Pool, rows, enterprise: int) -> int:
    held = pool.fetch(rows.filter(rows.enterprise == enterprise).select("value")).to_pylist()
    return held[0]["value"] if held else 0


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


def _enough(reckon, units: list[Figures]) -> Fraction | None:
    return reckon(units) if sum(1 for unit in units if unit.headcount) >= LEAST_UNITS else None


def _branch(code: str) -> str:
    """C3382 or 3382 → 33."""
    return code.lstrip("ABCDEFGHIJKLMNOPQRST")[:2] if code else ""
