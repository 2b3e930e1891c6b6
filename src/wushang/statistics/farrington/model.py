"""The log-linear quasi-Poisson model by iteratively reweighted least squares, many series in one batch.

With one level for each part of the year the normal equations are an arrow: sums per group, and one Schur complement for the
trend.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
ITERATIONS, CLOSE = 25, 1e-8  # R's own start and stop, so that a block of zeros ends where R's does


@dataclass(frozen=True)
class Groups:
    """The weeks fitted, ordered by part of the year: `time` relative to the present week, where each part starts."""

    time: Floats
    parts: NDArray[np.int64]

    @property
    def starts(self) -> NDArray[np.int64]:
        return np.flatnonzero(np.r_[True, np.diff(self.parts) != 0])

    @property
    def lengths(self) -> NDArray[np.int64]:
        return np.diff(np.r_[self.starts, self.parts.size])

    def sums(self, values: Floats) -> Floats:
        return np.add.reduceat(values, self.starts, axis=1)

    def spread(self, values: Floats) -> Floats:
        return np.repeat(values, self.lengths, axis=1)


@dataclass
class State:
    """A fit in progress or ended: per series × week μ and the weights of the last step; per series the slope and its parts."""

    mu: Floats
    weight: Floats
    level: Floats  # per group
    slope: Floats
    centre: Floats  # weighted mean time of each group
    sum_weight: Floats  # per group
    stt: Floats  # of time about the groups' centres; inf without a trend
    residual: Floats
    ended: NDArray[np.bool_]

    def dispersion(self, df: int) -> Floats:
        return (self.weight * self.residual**2).sum(axis=1) / df

    def hat(self, groups: Groups) -> Floats:
        """Leverages."""
        away = groups.time - groups.spread(self.centre)
        return self.weight * (1 / groups.spread(self.sum_weight) + away**2 / self.stt[:, None])

    def at_present(self, groups: Groups) -> tuple[Floats, Floats]:
        """η and x'(X'WX)⁻¹x at time 0 in the present part of the year, which is the last group."""
        eta = self.level[:, -1]
        return eta, 1 / self.sum_weight[:, -1] + self.centre[:, -1] ** 2 / self.stt


def irls(y: Floats, prior: Floats, groups: Groups, trend: bool) -> State:
    """Iteratively reweighted least squares for log-linear quasi-Poisson; a series that has ended is left alone."""
    mu = y + 0.1
    state = State(mu, prior * mu, *_empty(len(y), groups), np.zeros_like(y), np.zeros(len(y), bool))
    own, eta = (prior * (y * np.log(np.maximum(y, 1)) - y)).sum(axis=1), np.log(mu)
    active, deviance = np.arange(len(y)), _deviance(y, eta, mu, prior, own)
    for _step in range(ITERATIONS):
        part, eta = _step_of(y, prior, mu, eta, groups, trend)
        mu = np.exp(eta)
        before, deviance = deviance, _deviance(y, eta, mu, prior, own)
        part.mu, part.residual = mu, y / mu - 1
        part.ended = np.abs(deviance - before) / (np.abs(deviance) + 0.1) < CLOSE
        for name, values in vars(part).items():
            getattr(state, name)[active] = values
        on = ~part.ended & np.isfinite(deviance)
        if not on.any():
            break
        if not on.all():
            active, y, prior, mu = active[on], y[on], prior[on], mu[on]
            eta, own, deviance = eta[on], own[on], deviance[on]
    return state


def _empty(size: int, groups: Groups) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    by_group = (size, groups.starts.size)
    return np.zeros(by_group), np.zeros(size), np.zeros(by_group), np.zeros(by_group), np.zeros(size)


def _step_of(y: Floats, prior: Floats, mu: Floats, eta: Floats, groups: Groups, trend: bool) -> tuple[State, Floats]:
    """One weighted least-squares step, and the new η: levels by group and, with a trend, one slope by Schur complement."""
    weight = prior * mu
    target = weight * eta + prior * (y - mu)  # weight × working response
    sw, swz = groups.sums(weight), groups.sums(target)
    stt, slope, centre = np.full(len(y), np.inf), np.zeros(len(y)), np.zeros_like(sw)
    if trend:
        swt = groups.sums(weight * groups.time)
        centre = swt / sw
        stt = weight @ groups.time**2 - (swt * centre).sum(axis=1)
        slope = (target @ groups.time - (centre * swz).sum(axis=1)) / stt
    level = swz / sw - slope[:, None] * centre
    new = groups.spread(level) + slope[:, None] * groups.time
    return State(mu, weight, level, slope, centre, sw, stt, mu, np.zeros(len(y), bool)), new


def _deviance(y: Floats, eta: Floats, mu: Floats, prior: Floats, own: Floats) -> Floats:
    """Twice the distance to the saturated model; `own` is the part that does not depend on the fit."""
    return 2 * (own - (prior * (y * eta - mu)).sum(axis=1))
