"""5,000 weekly series looked at over a year by Farrington flexible (two weeks together), sparse ones among them; limit 30 s."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from wushang.statistics.farrington import Farrington, farrington, two_weeks
from wushang.web.bench import Measured
from wushang.web.bench.farrington_beside_r import HISTORY, MEANS, WEEKS, made

IDS = {"judge.detect_5000": "none"}
SERIES = {"s": 500, "m": 5_000, "l": 5_000}
LIMIT = 30.0


def run(name: str, scale: str, folder: Path) -> Measured:
    """A third each of the means 0.5, 3 and 20, in seconds of one processor; then every week fitted, however few its cases."""
    series = SERIES[scale]
    mixed = np.concatenate([made(mean, series // 3 + (mean == MEANS[0]) * (series % 3)) for mean in MEANS])
    busy, wall, alarms = _looked(mixed, Farrington())
    every = _looked(mixed, Farrington(least=0))[0]
    note = f"{series:,} series × {WEEKS} weeks, a third each of mean 0.5, 3 and 20, {alarms} alarms; CPU time, by the clock {wall:.1f} s"
    return Measured(busy, "s", LIMIT * series / 5_000, 1.0, f"{note}; every week fitted {every:.1f} s")


def _looked(counts: np.ndarray, asked: Farrington) -> tuple[float, float, int]:
    """CPU seconds, seconds and alarms."""
    began, busy, weeks = perf_counter(), process_time(), range(HISTORY, HISTORY + WEEKS)
    found = two_weeks(counts, weeks, farrington(counts, weeks, asked))
    return process_time() - busy, perf_counter() - began, int(found.alarm.sum())
