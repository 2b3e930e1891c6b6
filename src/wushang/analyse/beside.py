"""One unit's rate beside that of units alike (同行业、人数相近): what chance lets a unit of its size have, and where it lies."""

from __future__ import annotations

from dataclasses import dataclass

from wushang.analyse.headcounts import years
from wushang.analyse.measures import Ask
from wushang.analyse.peers import LEAST, NEAR, alike
from wushang.analyse.rates import parts
from wushang.people.scope import Scope
from wushang.pool import reading, snapshot
from wushang.pool.models import EnterpriseVersion
from wushang.pool.reading import Pool
from wushang.statistics.funnel import Limits, dispersion, poisson_limits, root_scores, widened_limits, winsorised
from wushang.statistics.rates import Change, plain_change
from wushang.terms.period import Period


@dataclass(frozen=True)
class Held:
    """Cases (人次), and years of one insured worker each: the average headcount over the whole period (domain.md C0)."""

    cases: int
    years: float

    @property
    def rate(self) -> float:
        """‰ a year."""
        return self.cases * 1000 / self.years


@dataclass(frozen=True)
class Beside:
    """`tau2`: by how much units alike differ beyond chance; 0 where chance alone explains them."""

    days: Period
    own: Held
    alike: Held
    units: int
    least: int  # people
    most: int
    tau2: float

    @property
    def expected(self) -> float:
        """The unit's cases if its rate were that of the others."""
        return self.alike.cases * self.own.years / self.alike.years

    def limits(self, expected: float, share: float = 0.95) -> Limits:
        return widened_limits(expected, tau2=self.tau2, share=share) if self.tau2 else poisson_limits(expected, share)

    @property
    def word(self) -> Change:
        """rising: clearly above the others, falling: clearly below. Both the exact comparison and the line of the picture must say
        so; a unit that is expected to have less than one case is told nothing by having as few."""
        found = plain_change(self.own.cases, self.alike.cases, self.own.years, self.alike.years)
        if found == Change.rising and self.own.cases > self.limits(self.expected).high:
            return Change.rising
        if found == Change.falling and self.own.cases < self.limits(self.expected).low:
            return Change.falling
        return Change.too_few if self.expected < 1 or found == Change.too_few else Change.usual


def beside(now: EnterpriseVersion, insured: int | None, ask: Ask) -> Beside | None:
    """The unit and its peers over the days asked for; None where its people are not known, or too few units are alike."""
    if not now.industry or not insured or snapshot.current() is None:
        return None
    pool, least, most = reading.open(Scope.system()), -(-insured // NEAR), insured * NEAR
    own, others = _own(pool, now, ask), _others(pool, now, least, most, ask)
    if own is None or len(others) < LEAST:
        return None
    whole = Held(sum(one.cases for one in others), sum(one.years for one in others))
    return Beside(ask.period, own, whole, len(others), least, most, _tau2(others, whole))


def _own(pool: Pool, now: EnterpriseVersion, ask: Ask) -> Held | None:
    rows = parts(pool, ask)
    return next(iter(_held(pool, rows.filter(rows.enterprise == now.enterprise_id), ask)), None)


def _others(pool: Pool, now: EnterpriseVersion, least: int, most: int, ask: Ask) -> list[Held]:
    return _held(pool, parts(pool, ask).semi_join(alike(pool, now, least, most, ask), "enterprise"), ask)


def _held(pool: Pool, rows, ask: Ask) -> list[Held]:
    found, long = pool.fetch(rows.select("cases", "staff", "months")).to_pylist(), years(ask.period)
    return [Held(row["cases"], row["staff"] / row["months"] * long) for row in found if row["staff"]]


def _tau2(others: list[Held], whole: Held) -> float:
    if not whole.cases:
        return 0.0
    z, error = root_scores([one.cases for one in others], [whole.cases * one.years / whole.years for one in others])
    return dispersion(winsorised(z), error).tau2
