"""Farrington flexible beside R's surveillance in one run on the identical series, at mean counts 0.5, 3 and 20: CPU time a fit."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from time import process_time

import numpy as np

from wushang.statistics.farrington import Alarms, Farrington, farrington
from wushang.web.bench import Measured

IDS = {"judge.farrington": "none"}
MEANS = (0.5, 3, 20)
SERIES = {"s": 2, "m": 8, "l": 20}
HISTORY, WEEKS = 5 * 52 + 6, 52
ASKED = Farrington(least=0)  # every week is fitted, as R does
SEEN = 1e-6  # of a mean of nearly nothing R's bound depends on where its iterations ended
R = Path(__file__).parent / "farrington.R"


@dataclass(frozen=True)
class Level:
    """One mean count: CPU seconds a fit here and in R, and whether alarms and bounds are the same."""

    mean: float
    ours: float
    theirs: float
    same: bool

    @property
    def said(self) -> str:
        return f"mean {self.mean:g}: {1 / self.ours:,.0f} fits/s, R {1 / self.theirs:,.0f}, {self.theirs / self.ours:,.0f} times"


def made(mean: float, series: int, seed: int = 11) -> np.ndarray:
    """Negative binomial weeks with a season (variance 1.5 × the mean)."""
    year = 1 + 0.3 * np.cos(2 * np.pi * np.arange(HISTORY + WEEKS) / 52)
    return np.random.default_rng(seed).negative_binomial(2 * mean * year, 2 / 3, (series, year.size))


def run(name: str, scale: str, folder: Path) -> Measured:
    if not _r_is_here():
        spent, fits = zip(*(_timed(made(mean, 40))[:2] for mean in MEANS), strict=True)
        said = ", ".join(f"mean {mean:g}: {n / took:,.0f} fits/s" for mean, n, took in zip(MEANS, fits, spent, strict=True))
        return Measured(spent[0] / fits[0], "s/fit", 0, None, f"R with surveillance is not installed, nothing is compared; {said}")
    levels = [_level(mean, SERIES[scale], folder) for mean in MEANS]
    worst = max(levels, key=lambda one: one.ours / one.theirs)
    missed = tuple(f"R says otherwise at mean {one.mean:g}" for one in levels if not one.same)
    note = f"{SERIES[scale]} series × {WEEKS} weeks each, CPU time, the worst of three; {'; '.join(one.said for one in levels)}"
    return Measured(worst.ours, "s/fit", worst.theirs, 0.01, note, missed)


def _r_is_here() -> bool:
    asked = ["Rscript", "-e", "library(surveillance)"]
    return bool(shutil.which("Rscript")) and not subprocess.run(asked, capture_output=True).returncode  # noqa: S603


def _timed(counts: np.ndarray) -> tuple[float, int, Alarms]:
    farrington(counts[:1], [HISTORY], ASKED)  # imports are no part of a fit
    began = process_time()
    found = farrington(counts, range(HISTORY, HISTORY + WEEKS), ASKED)
    return process_time() - began, counts.shape[0] * WEEKS, found


def _level(mean: float, series: int, folder: Path) -> Level:
    counts = made(mean, series)
    given, told = folder / f"counts_{mean}.csv", folder / f"said_{mean}.csv"
    np.savetxt(given, counts.T, fmt="%d", delimiter=",")
    subprocess.run(["Rscript", str(R), str(given), str(HISTORY + 1), str(told)], check=True, capture_output=True)  # noqa: S603, S607
    theirs = np.genfromtxt(told, delimiter=",", missing_values="NA")
    spent, fits, found = _timed(counts)
    return Level(mean, spent / fits, float(theirs[0, 0]), _same(found, theirs))


def _same(found: Alarms, theirs: np.ndarray) -> bool:
    alarm, bound, expected = (each.ravel() for each in (found.alarm, found.bound, found.expected))
    some = theirs[:, 3] > SEEN
    close = np.allclose(bound[some], theirs[some, 2], atol=1e-6) and np.allclose(expected[some], theirs[some, 3], rtol=1e-6)
    return bool((alarm[some] == (theirs[some, 1] == 1)).all() and close)
