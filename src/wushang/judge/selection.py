"""From which conditions hold to one outcome per unit: the first that holds, cut to the first N where asked."""

from collections.abc import Mapping

import numpy as np

from wushang.judge.language.tree import Value
from wushang.judge.pack import Pack, Top

Floats = np.ndarray
Flags = np.ndarray


def select(
    pack: Pack, holds: Mapping[str, Flags], values: Mapping[str, Floats], settings: Mapping[str, Value]
) -> np.ndarray:
    """Outcome codes, '' for none. holds: outcome → flags; values: measure → numbers with nan for missing.

    Units come in a fixed order (by their number), which decides between equals where ties are not included.
    """
    size = len(next(iter(holds.values())))
    chosen = np.full(size, "", dtype=object)
    for outcome in pack.outcomes:
        candidates = holds[outcome.code] & (chosen == "")
        if outcome.top:
            candidates = first(outcome.top, candidates, values, settings.get(outcome.top.count))
        chosen[candidates] = outcome.code
    return chosen


def first(top: Top, candidates: Flags, values: Mapping[str, Floats], count: Value) -> Flags:
    """The first `count` candidates by the named measures, largest first ('-name': smallest first), missing last."""
    where = np.flatnonzero(candidates)
    if count is None or len(where) <= count:
        return candidates
    keys = [sort_key(name, values)[where] for name in top.by]
    order = np.lexsort([where, *reversed(keys)])
    taken = list(order[: int(count)])
    if top.ties == "include" and taken:
        last = taken[-1]
        taken += [n for n in order[int(count) :] if all(key[n] == key[last] for key in keys)]
    kept = np.zeros(len(candidates), dtype=bool)
    kept[where[taken]] = True
    return kept


def sort_key(name: str, values: Mapping[str, Floats]) -> Floats:
    column = values[name.removeprefix("-")]
    ascending = column if name.startswith("-") else -column
    return np.where(np.isnan(column), np.inf, ascending)


def choose(pack: Pack, units: list[dict[str, Value]], settings: Mapping[str, Value]) -> list[str]:
    """The same for a few units given as plain values: examples, explanations, small previews."""
    holds = {
        code: np.array([condition.holds({**settings, **unit}) for unit in units], dtype=bool)
        for code, condition in pack.conditions.items()
    }
    values = {name: numbers([unit.get(name) for unit in units]) for name in pack.measures}
    return list(select(pack, holds, values, settings))


def numbers(column: list[Value]) -> Floats:
    return np.array([np.nan if value is None else float(value) for value in column])
