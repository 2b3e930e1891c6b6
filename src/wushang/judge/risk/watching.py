"""Drift: does what earlier versions foretold come, and are the units still those that the model was learnt from."""

from __future__ import annotations

from typing import Any

import numpy as np

from wushang.judge.risk.days import HORIZONS, RIPE, shares_told
from wushang.judge.risk.facts import Facts, counted
from wushang.judge.risk.models import RiskVersion
from wushang.statistics.risk.scores import stability

QUARTER = HORIZONS[0]
OTHER = 0.25  # above it the units are others (Siddiqi 2006)
WIDE = 0.10  # a total further off than this share is told, where chance alone hardly makes it


def watched(facts: Facts, now: np.ndarray, line: list[dict[str, Any]]) -> dict[str, Any]:
    """`kept`: the newest version whose three months are over and told, what it said and what came, with nine tenths of chance;
    `moved`: how far the expected numbers of today's units lie from those of a year ago; `line`: the same of the newest day tried."""
    kept = _kept(facts)
    before = _before(facts)
    moved = stability(before, now) if before.size else None
    newest = line[-1] if line else None
    off = [one for one in (kept, newest) if one and not one["low"] <= one["came"] <= one["high"] and abs(one["came"] / one["said"] - 1) > WIDE]
    return {"kept": kept, "moved": moved, "newest": newest, "drifts": bool(off) or (moved is not None and moved > OTHER)}


def _kept(facts: Facts) -> dict[str, Any] | None:
    """Of what is told by now, the share that is told of such months: no month waits for its last report."""
    last = facts.month(facts.months - QUARTER - RIPE)
    version = RiskVersion.objects.filter(start__lte=last, units__gt=0).first()
    if version is None:
        return None
    start = (version.start.year - facts.first.year) * 12 + version.start.month - facts.first.month
    share = float(shares_told(facts, facts.months)[start : start + QUARTER].mean())
    rows = {row.enterprise_id: row for row in version.forecasts.all()}
    units = [place for place, unit in enumerate(facts.units.tolist()) if unit in rows]
    came = counted(facts, start, start + QUARTER, facts.months)[units].sum()
    due = np.array([rows[int(facts.units[place])].quarter for place in units]) * share
    error = 1.645 * float(np.sqrt((due + due**2 * version.learnt[str(QUARTER)]["used"]["spread"]).sum()))
    return {"month": version.start.isoformat(), "said": float(due.sum()), "low": float(due.sum()) - error, "high": float(due.sum()) + error, "came": int(came)}


def _before(facts: Facts) -> np.ndarray:
    """Expected numbers of the version of a year ago."""
    year = facts.months - 12
    version = RiskVersion.objects.filter(start__lte=facts.month(year), units__gt=0).first() if year > 0 else None
    return np.array(list(version.forecasts.values_list("year", flat=True))) if version else np.empty(0)
