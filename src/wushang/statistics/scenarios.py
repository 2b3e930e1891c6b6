"""The 42 kinds of weekly series, with outbreaks planted, on which detectors are compared: so that "how often is it seen" is a number.

Design: Noufaily et al. (2013) Statistics in Medicine 32:1206, section 3: seven levels × trend or none × no, one or two waves a year;
624 weeks, of which 313–575 are the past that is fitted, with four outbreaks in it, and 576–624 are looked at, with one outbreak of k
standard deviations. The seven parameter sets are those of the public re-implementation telkamp7/AEDDO (`refPar`), which says that
they are the paper's, outbreaks (k √(φμ) of the first week, two cases at the least) those of hannapalya/syndromic_anomaly; the
paper itself was not at hand: unverified. `docs/topics/detection.md` has what comes out.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
#   θ, β, γ1, γ2, φ
LEVELS = [
    (0.1, 0.0025, 0.6, 0.6, 1.5), (-2, 0.005, 0.1, 0.3, 2), (1.5, 0.003, 0.2, -0.4, 1), (0.5, 0.002, 0.5, 0.5, 5),
    (2.5, 0.001, 1, 0.1, 3), (3.75, 0.001, 0.1, -0.1, 1.1), (5, 0.0001, 0.05, 0.01, 1.2),
]  # fmt: skip
WEEKS, PAST, NOW = 624, range(312, 575), range(575, 624)
SIZES = (2, 3, 5, 10)  # k: an outbreak has on the average k standard deviations of its first week
OUTBREAKS_BEFORE = 4


@dataclass(frozen=True)
class Scenario:
    """Mean exp(θ + βt + Σ γ1 cos(2πjt/52) + γ2 sin(2πjt/52)), variance φ × mean."""

    theta: float
    beta: float
    gamma1: float
    gamma2: float
    phi: float
    waves: int

    def mean(self) -> Floats:
        t = np.arange(1, WEEKS + 1)
        waves = [self.gamma1 * np.cos(2 * np.pi * j * t / 52) + self.gamma2 * np.sin(2 * np.pi * j * t / 52)
                 for j in range(1, self.waves + 1)]  # fmt: skip
        return np.exp(self.theta + self.beta * t + sum(waves))


def scenarios() -> list[Scenario]:
    """All 42."""
    return [
        Scenario(theta, beta * trend, gamma1, gamma2, phi, waves)
        for (theta, beta, gamma1, gamma2, phi), trend, waves in product(LEVELS, (0, 1), (0, 1, 2))
    ]


@dataclass(frozen=True)
class Planted:
    """Series × weeks; of each series the k of the outbreak that is looked for and the weeks in which it has cases."""

    counts: Whole
    size: Whole
    outbreak: NDArray[np.bool_]


def planted(repeats: int, seed: int) -> Planted:
    """Each scenario so many times, with each k."""
    random = np.random.default_rng(seed)
    made = [_series(of, k, random) for of in scenarios() for k in SIZES for _repeat in range(repeats)]
    counts, outbreak = (np.array(part) for part in zip(*made, strict=True))
    return Planted(counts, np.tile(np.repeat(SIZES, repeats), len(scenarios())), outbreak)


def _series(of: Scenario, k: int, random: np.random.Generator) -> tuple[Whole, NDArray[np.bool_]]:
    mean = of.mean()
    usual = random.poisson(mean) if of.phi == 1 else random.negative_binomial(mean / (of.phi - 1), 1 / of.phi)
    spread = np.sqrt(of.phi * mean)
    for start in random.choice(PAST, OUTBREAKS_BEFORE, replace=False):
        usual = usual + _outbreak(int(start), random.choice(SIZES) * spread[start], random)
    start = int(random.choice(NOW))
    cases = _outbreak(start, k * spread[start], random)
    return usual + cases, cases > 0


def _outbreak(start: int, due: float, random: np.random.Generator) -> Whole:
    """Poisson many cases, two at the least, each some weeks after the start (log-normal, 0 and 0.5); beyond the end it is lost."""
    many = 0
    while many < 2:
        many = int(random.poisson(due))
    weeks = start + random.lognormal(0, 0.5, many).astype(int)
    return np.bincount(weeks[weeks < WEEKS], minlength=WEEKS)


@dataclass(frozen=True)
class Score:
    """`false`: alarms among the weeks before the outbreak; `seen`: outbreaks with an alarm in one of their weeks, by k; `mix`: the
    mean of these, without which "how often" means nothing; `weeks`: until the first alarm of those that were seen."""

    false: float
    seen: dict[int, float]
    weeks: float

    @property
    def mix(self) -> float:
        return sum(self.seen.values()) / len(self.seen)


def score(alarm: NDArray[np.bool_], of: Planted) -> Score:
    """Alarms (series × the weeks of NOW) against what was planted. Outbreaks of which nothing lies within are left out."""
    during = of.outbreak[:, NOW]
    there, seen = (np.asarray(weeks.any(axis=1)) for weeks in (during, alarm & during))
    wait = (alarm & during).argmax(axis=1) - during.argmax(axis=1)
    by_size = {k: float(seen[there & (of.size == k)].mean()) for k in SIZES}
    before = during.cumsum(axis=1) == 0
    return Score(float(alarm[before].mean()), by_size, float(wait[seen].mean()) if seen.any() else float("nan"))
