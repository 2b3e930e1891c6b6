"""What one window holds of one unit, and the rates of the area it is compared with. Exact fractions, no floats."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Figures:
    """Accidents (起), cases (人次) and headcount of a unit in a window."""

    events: int
    cases: int
    staff: int = 0  # month-end headcounts summed
    months: int = 0  # months delivered

    @property
    def headcount(self) -> Fraction | None:
        """平均参保人数; None where nobody reported it."""
        return Fraction(self.staff, self.months) if self.months and self.staff else None

    @property
    def rate(self) -> Fraction | None:
        """工伤事故发生率, cases per head; None (不可计算), never 0, without a headcount."""
        return Fraction(self.cases) / self.headcount if self.headcount else None

    @property
    def known(self) -> bool:
        """Whether the unit is known of in the window at all: insured people or an accident."""
        return self.staff > 0 or self.events > 0

    def to_json(self) -> dict[str, int]:
        return {"events": self.events, "cases": self.cases, "staff": self.staff, "months": self.months}


@dataclass(frozen=True)
class Held:
    """What is held of a unit's rate beforehand: as if so many accidents had been seen among so many insured people of a window."""

    events: float
    heads: float


@dataclass(frozen=True)
class References:
    """The area's rate of the same window, three ways; the rule chooses one, the page shows the others beside it."""

    pooled: Fraction | None = None  # Σ cases ÷ Σ average headcount of all units
    mean: Fraction | None = None  # mean of the units' rates
    industry: Fraction | None = None  # pooled over the unit's own industry

    def by_name(self, name: str) -> Fraction | None:
        return {"pooled": self.pooled, "mean": self.mean, "industry": self.industry}[name]


def pooled(units: Iterable[Figures]) -> Fraction | None:
    """Σ cases ÷ Σ average headcount over units whose headcount is known (domain.md C5: never the mean of units)."""
    known = [unit for unit in units if unit.headcount]
    heads = sum((unit.headcount or Fraction(0) for unit in known), Fraction(0))
    return Fraction(sum(unit.cases for unit in known)) / heads if heads else None


def mean(units: Iterable[Figures]) -> Fraction | None:
    """The mean of the units' own rates."""
    rates = [unit.rate for unit in units if unit.rate is not None]
    return sum(rates, Fraction(0)) / len(rates) if rates else None
