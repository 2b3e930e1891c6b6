"""What factors may be learnt from, one value a unit and day. A column is there only where somebody delivers it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from wushang.judge.risk.facts import Dated, Facts, Floats, counted

SEVERE, HIRED, TENURE, TESTED, LATE = 36, 3, 24, 24, 24  # months looked back
OPEN = 3  # months after which a hazard that is still open is long open
FEW = 5  # injuries, about as many as a unit needs to be believed by itself
# 1: more of it can only mean more injuries, so that a factor never tells a unit the contrary
RISES = {"severe": 1, "hiring": 1, "new": 1, "hazards": 1, "late": 1, "tests": 1}


def columns(facts: Facts, heads: Floats, origin: int) -> dict[str, Floats]:
    found = {"severe": counted(facts, origin - SEVERE, origin, origin, facts.hurt.serious), "hiring": _hiring(heads)}
    if not np.isnan(facts.hurt.new).all():
        found["new"] = _new(facts, origin)
    return found | {name: of(facts.things[name], facts.units.size, origin) for name, of in OF_THINGS.items() if name in facts.things}


def rises(names) -> dict[str, int]:
    return {name: RISES[name] for name in names}


def _hiring(heads: Floats) -> Floats:
    """Share of today's people by which a unit has grown in three months: net, the pool knows no hirings."""
    before = heads[:, max(0, heads.shape[1] - 1 - HIRED)]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(heads[:, -1] > 0, np.maximum(heads[:, -1] - before, 0) / heads[:, -1], np.nan)


def _new(facts: Facts, origin: int) -> Floats:
    """Share of those hurt in two years who had been hired within three months; few are held together with the share of all."""
    known = ~np.isnan(facts.hurt.new)
    of = counted(facts, origin - TENURE, origin, origin, known)
    new = counted(facts, origin - TENURE, origin, origin, np.nan_to_num(facts.hurt.new))
    usual = new.sum() / max(of.sum(), 1)
    return (new + FEW * usual) / (of + FEW)


def _open(of: Dated, units: int, origin: int) -> Floats:
    """职业病危害 found more than three months ago and not mended."""
    kept = (of.start < origin - OPEN) & (of.end >= origin)
    return np.bincount(of.unit[kept], of.weight[kept], minlength=units).astype(float)


def _late(of: Dated, units: int, origin: int) -> Floats:
    """整改报告 that fell due in two years and came late or not at all."""
    kept = (of.start >= origin - LATE) & (of.start < origin) & (of.end > of.start)
    return np.bincount(of.unit[kept], of.weight[kept], minlength=units).astype(float)


def _tests(of: Dated, units: int, origin: int) -> Floats:
    """Share of the measurements of two years that were above the limit; nan where none was made."""
    kept = (of.start >= origin - TESTED) & (of.start < origin)
    made = np.bincount(of.unit[kept], minlength=units)
    above = np.bincount(of.unit[kept], of.weight[kept], minlength=units)
    return np.where(made > 0, above / np.maximum(made, 1), np.nan)


OF_THINGS: dict[str, Callable[[Dated, int, int], Floats]] = {"hazards": _open, "late": _late, "tests": _tests}
