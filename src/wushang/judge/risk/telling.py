"""What a training came to, as plain values for a version's row."""

from __future__ import annotations

from typing import Any

import numpy as np

from wushang.judge.risk.facts import Facts
from wushang.judge.risk.training import Trained
from wushang.statistics.risk import Foretold
from wushang.statistics.risk.scores import came_range, held

SEED = 1
CLASSES = (0.1, 0.3, 1.0, 3.0)  # expected injuries between which 说的和来的 are compared


def learnt(trained: Trained, facts: Facts) -> dict[str, Any]:
    """`used` and `baseline`: the models; `better`, `gain`: of the model over the baseline, tried; `line`: each day tried, of what is
    used; `classes`: said and came by size of what was said."""
    gain = trained.gain
    return {
        "used": trained.used.plain(), "baseline": trained.baseline.plain(), "better": trained.better,
        "gain": gain and {"mean": gain.mean, "low": gain.interval.low, "high": gain.interval.high},
        "line": [_day(trained, place, facts) for place in range(len(trained.tried))], "classes": classes(trained),
    }  # fmt: skip


def said(trained: Trained, place: int) -> Foretold:
    one = trained.tried[place]
    return one.model if trained.better else one.baseline


def _day(trained: Trained, place: int, facts: Facts) -> dict[str, Any]:
    of = trained.tried[place].place
    foretold, came = said(trained, place), trained.days[of].cases
    span = came_range(foretold)
    return {
        "month": facts.month(trained.origins[of]).isoformat(), "units": int(came.size), "said": float(foretold.mean.sum()),
        "low": span.low, "high": span.high, "came": int(came.sum()), "held": held(foretold, came, SEED),
    }  # fmt: skip


def classes(trained: Trained) -> list[dict[str, Any]]:
    """Are small numbers as small, and great ones as great, as they were said to be?"""
    if not trained.tried:
        return []
    due = np.concatenate([said(trained, place).mean for place in range(len(trained.tried))])
    came = np.concatenate([trained.days[one.place].cases for one in trained.tried])
    place = np.digitize(due, CLASSES)
    return [
        {"place": n, "units": int((place == n).sum()), "said": float(due[place == n].sum()), "came": int(came[place == n].sum())}
        for n in np.unique(place).tolist()
    ]  # fmt: skip
