"""From earlier days and what came after them to a model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from wushang.statistics.risk.factors import learn_factors
from wushang.statistics.risk.known import Day, deviance
from wushang.statistics.risk.model import Model, counted_shape, known_shape
from wushang.statistics.risk.scores import gain

Floats = NDArray[np.float64]
BLENDS = (0.0, 0.25, 0.5, 0.75, 1.0)
DRIFTS = (1e9, 100.0, 30.0, 15.0, 8.0, 4.0, 2.0)
SPREADS, USUAL = (-9.0, 1.0), -2.3  # logarithms between which spread and burst are looked for; about 0.1 where nothing tells
PARTS = 5  # of the firms: factors learnt from four must foretell the fifth better than no factors


def learn(days: Sequence[Day], rises: Mapping[str, int], blend: float | None = None, factors: bool = True) -> Model:
    """The days must all have what came. `rises`: the columns to learn from, 1 only raises, −1 only lowers, 0 either.
    `blend`: fixed by the caller, where the days know too little past to tell. Factors are kept only where they foretell firms that
    they were not learnt from better than without them (95 % sure). ValueError: not one case came."""
    if not sum(float(day.cases.sum()) for day in days):
        raise ValueError("not one case came after these days: nothing can be learnt from them")
    model = _blended(days, blend)
    if factors and rises:
        model = _with_factors(days, rises, model)
    return _with_spread(days, model)


def baseline(days: Sequence[Day]) -> Model:
    """Shrinkage alone, with its level and its spread: what a model must beat."""
    model = _levelled(days, Model())
    return _with_spread(days, model)


def _blended(days: Sequence[Day], blend: float | None) -> Model:
    """The blend and the drift that lie nearest to what came."""
    tried = [Model(b, d) for b in (BLENDS if blend is None else (blend,)) for d in (DRIFTS if b else (1e9,))]
    lately = {d: [day.lately(d) for day in days] for d in {m.drift for m in tried if m.blend}}
    base = [day.shrunk.known.mean for day in days]
    best, least = tried[0], np.inf
    for model in tried:
        rates = base if not model.blend else [b ** (1 - model.blend) * r**model.blend for b, r in zip(base, lately[model.drift], strict=True)]
        due = [rate * day.ahead for rate, day in zip(rates, days, strict=True)]
        level = sum(day.cases.sum() for day in days) / sum(one.sum() for one in due)
        total = sum(deviance(day.cases, level * one + 1e-12).sum() for day, one in zip(days, due, strict=True))
        if total < least:
            best, least = replace(model, level=float(level)), total
    return best


def _levelled(days: Sequence[Day], model: Model) -> Model:
    due = sum(model.foretell(day).mean.sum() for day in days)
    return replace(model, level=model.level * float(sum(day.cases.sum() for day in days) / due))


def _with_factors(days: Sequence[Day], rises: Mapping[str, int], model: Model) -> Model:
    columns = {name: np.concatenate([np.asarray(day.columns[name], dtype=float) for day in days]) for name in rises}
    due = np.concatenate([model.foretell(day).mean for day in days])
    came, firm = np.concatenate([day.cases for day in days]), np.concatenate([day.firms for day in days])
    if gain(came, due * _unseen(columns, rises, came, due, firm), due, firm).interval.low <= 0:
        return model
    return _levelled(days, replace(model, factors=learn_factors(columns, rises, came, due)))


def _unseen(columns: Mapping[str, Floats], rises: Mapping[str, int], came: Floats, due: Floats, firm: NDArray[np.int64]) -> Floats:
    """What the factors learnt from all other parts say of each firm."""
    found, part = np.ones(came.size), firm % PARTS
    for number in range(PARTS):
        out = part == number
        learnt = learn_factors({name: of[~out] for name, of in columns.items()}, rises, came[~out], due[~out])
        said = [factor.of(columns[factor.name][out]) for factor in learnt]
        found[out] = np.prod(said, axis=0) if said else 1.0
    return found


def _with_spread(days: Sequence[Day], model: Model) -> Model:
    """Spread and burst by likelihood of what came: negative binomial with each firm's own shape. A weak prior keeps few cases from
    saying that rates never move."""
    from scipy.optimize import minimize
    from scipy.stats import nbinom

    mean = np.concatenate([model.foretell(day).mean for day in days])
    shape = np.concatenate([day.shrunk.known.shape for day in days])
    came = np.concatenate([day.cases for day in days])

    def unlikely(logs: Floats) -> float:
        spread, burst = np.exp(np.clip(logs, *SPREADS))
        k = counted_shape(mean, known_shape(shape, spread, burst), burst)
        return float(-nbinom.logpmf(came, k, k / (k + mean)).sum() + ((logs - USUAL) ** 2).sum() / 2)

    found = minimize(unlikely, (USUAL, USUAL), method="Nelder-Mead", options={"xatol": 0.03, "fatol": 0.1})
    spread, burst = np.exp(np.clip(found.x, *SPREADS))
    return replace(model, spread=float(spread), burst=float(burst))
