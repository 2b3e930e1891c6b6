"""Factors: step functions of one column each, learnt together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
STEPS = 32  # of a factor at the most
CASES = 500  # fewer tell nothing of factors
BOOSTED: dict[str, object] = {
    "loss": "poisson", "max_iter": 100, "learning_rate": 0.05, "max_leaf_nodes": 8, "min_samples_leaf": 100, "l2_regularization": 1.0,
    "interaction_cst": "no_interactions", "early_stopping": False,
}  # fmt: skip


@dataclass(frozen=True)
class Factor:
    """What a column multiplies the expected number by: `effect[i]` between `cuts[i − 1]` and `cuts[i]`, `unknown` where it is nan."""

    name: str
    cuts: tuple[float, ...]
    effect: tuple[float, ...]
    unknown: float = 1.0

    def of(self, values: Floats) -> Floats:
        found = np.array(self.effect)[steps(self.cuts, values)]
        return np.where(np.isnan(values), self.unknown, found)


def steps(cuts: Sequence[float], values: Floats) -> NDArray[np.int64]:
    """The step that each value lies on: from 0, a value on a cut belongs above it."""
    return np.searchsorted(np.array(cuts), np.nan_to_num(values), side="right")


def cuts_of(values: Floats) -> tuple[float, ...]:
    """Where a column is cut: between its values where they are few, else at quantiles."""
    known = np.unique(values[~np.isnan(values)])
    if known.size <= STEPS:
        return tuple(((known[1:] + known[:-1]) / 2).tolist())
    shares = np.arange(1, STEPS) / STEPS
    return tuple(np.unique(np.quantile(values[~np.isnan(values)], shares)).tolist())


def learn_factors(columns: Mapping[str, Floats], rises: Mapping[str, int], came: Floats, due: Floats) -> tuple[Factor, ...]:
    """Columns, which of them may only raise (1) or lower (−1), cases that came and cases that were due → the factors, whose mean
    over what was due is 1. Too few cases teach none."""
    names = [name for name in columns if cuts_of(columns[name])]
    if not names or came.sum() < CASES:
        return ()
    from sklearn.ensemble import HistGradientBoostingRegressor  # slow to import
    from threadpoolctl import threadpool_limits

    cuts = {name: cuts_of(columns[name]) for name in names}
    table = np.column_stack([np.where(np.isnan(columns[n]), np.nan, steps(cuts[n], columns[n])) for n in names])
    boosted = HistGradientBoostingRegressor(**BOOSTED, monotonic_cst=[rises.get(name, 0) for name in names])
    kept = due > 0
    with threadpool_limits(1):  # threads that wait for each other on a busy machine make it many times slower
        boosted.fit(table[kept], came[kept] / due[kept], sample_weight=due[kept])
        return tuple(_read(boosted, table[kept], due[kept], place, name, cuts[name]) for place, name in enumerate(names))


def _read(boosted, table: Floats, due: Floats, place: int, name: str, cuts: tuple[float, ...]) -> Factor:
    """Without interactions the logarithm is a sum over columns: one row a step, all other columns as in any one row."""
    rows = np.repeat(table[:1], len(cuts) + 2, axis=0)
    rows[:, place] = [*range(len(cuts) + 1), np.nan]
    effect = boosted.predict(rows)
    of_each = np.where(np.isnan(table[:, place]), len(cuts) + 1, np.nan_to_num(table[:, place])).astype(int)
    centred = effect / np.exp(np.average(np.log(effect[of_each]), weights=due))
    return Factor(name, cuts, tuple(centred[:-1].tolist()), float(centred[-1]))
