"""From which conditions hold to one outcome per unit: the first that holds, cut to the first N where asked."""

from collections.abc import Mapping

import numpy as np

from wushang.judge.language.scalar import number
from wushang.judge.language.tree import Value, bounds
from wushang.judge.pack import Pack, Top

Floats = np.ndarray
Flags = np.ndarray


def select(
    pack: Pack, holds: Mapping[str, Flags], values: Mapping[str, Floats], settings: Mapping[str, Value]
) -> np.ndarray:
    """Outcome codes, '' for none. holds: outcome → flags; values: measure → numbers with nan for missing.

    Units come in a fixed order (by their number), which decides between equals where ties are not included.
    """
    chosen = np.zeros(len(next(iter(holds.values()))), dtype=np.int16)  # 0 for none, else the place of the outcome
    for place, outcome in enumerate(pack.outcomes, 1):
        candidates = holds[outcome.code]
        if outcome.top:
            candidates = first(outcome.top, candidates, values, settings)
        chosen[candidates & (chosen == 0)] = place
    return np.array(["", *(outcome.code for outcome in pack.outcomes)], dtype=object)[chosen]


def first(top: Top, candidates: Flags, values: Mapping[str, Floats], settings: Mapping[str, Value]) -> Flags:
    """The first `count` candidates by the named numbers, largest first ('-name': smallest first), missing last."""
    where, count = np.flatnonzero(candidates), settings.get(top.count)
    if count is None or len(where) <= count:
        return candidates
    keys = [sort_key(name, values)[where] for name in top.by]
    if top.places:
        keys.insert(0, sum((float(settings.get(weight) or 0) * places(sort_key(name, values)[where]) for name, weight in top.places), np.zeros(len(where))))
    order = np.lexsort([where, *reversed(keys)])
    taken = order[: int(count)]
    if top.ties == "include" and len(taken):
        equal = np.logical_and.reduce([key[order] == key[taken[-1]] for key in keys])
        taken = order[equal | (np.arange(len(order)) < int(count))]
    kept = np.zeros(len(candidates), dtype=bool)
    kept[where[taken]] = True
    return kept


def places(key: Floats) -> Floats:
    """1 for the first; equals share a place, and the next one counts them all: 1, 2, 2, 4."""
    return np.searchsorted(np.sort(key), key) + 1.0


def sort_key(name: str, values: Mapping[str, Floats]) -> Floats:
    column = values[name.removeprefix("-")]
    ascending = column if name.startswith("-") else -column
    return np.where(np.isnan(column), np.inf, ascending)


def choose(pack: Pack, units: list[dict[str, Value]], settings: Mapping[str, Value]) -> list[str]:
    """The same for a few units given as plain values: examples, explanations, small previews."""
    known = [{**settings, **among(pack, units), **unit} for unit in units]
    holds = {code: np.array([condition.holds(one) for one in known], dtype=bool) for code, condition in pack.conditions.items()}
    values = {name: numbers([unit.get(name) for unit in units]) for name in pack.looked_at}
    values |= {name: numbers([number(part, one) for one in known]) for name, part in pack.figure_parts.items()}
    return list(select(pack, holds, values, settings))


def among(pack: Pack, units: list[dict[str, Value]]) -> dict[str, Value]:
    """The least and the greatest of each measure among these units, which `scaled` goes by."""
    ends: dict[str, Value] = {}
    for name in pack.looked_at:
        known = [float(value) for unit in units if (value := unit.get(name)) is not None]
        ends |= dict(zip(bounds(name), (min(known), max(known)), strict=True)) if known else {}
    return ends


def numbers(column: list[Value]) -> Floats:
    return np.array([np.nan if value is None else float(value) for value in column])
