"""The risk model on the public injury file of the United States: learn 2023 → 2024, then say 2025 from 2023–24, beside shrinkage with
an industry hierarchy. Once with the hours of 2025 known, once with those of 2024 standing in for them.

The file is not shipped: `WUSHANG_BENCH_DATA` names the folder that holds `us_ita/`. What came in 2025 is used for scoring alone; while the
method was being found, 30 variants were scored on it with each of the two kinds of hours (`docs/topics/risk.md`).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

import numpy as np
import polars as pl

from wushang.statistics.risk import Day, Model, Past, learn
from wushang.statistics.risk.known import deviance
from wushang.statistics.risk.scores import Gain, caught, gain, held
from wushang.web.bench import Measured

IDS = {"judge.risk_ita": "none"}
FILE = "us_ita/company_year_2023_2025_sample40.csv.gz"
HOURS = 100_000
BLEND = 0.5  # one year of past before 2024: the file cannot tell it, so it is the plain geometric mean
RISES = {"hours": 0, "site": 0, "sites": 0, "severe": 1}
TARGETS = {"2025": 2.60, "2024": 4.60}


@dataclass(frozen=True)
class Scored:
    model: Model
    deviance: float
    baseline: float
    gain: Gain
    caught: float
    held: float


def run(name: str, scale: str, folder: Path) -> Measured:
    both = {hours: scored(hours) for hours in TARGETS}
    now = both["2025"]
    missed = [f"deviance with {hours} hours above {most}" for hours, most in TARGETS.items() if both[hours].deviance > most]
    missed += ["gain with 2025 hours not above 0.15"] if now.gain.interval.low <= 0.15 else []
    missed += ["net excess caught below .45"] if now.caught < 0.45 else []
    note = "; ".join(f"with {hours} hours {_said(one)}" for hours, one in both.items())
    return Measured(now.deviance, "mean Poisson deviance", now.baseline, TARGETS["2025"] / now.baseline, note, tuple(missed))


def _said(one: Scored) -> str:
    low, high = one.gain.interval.low, one.gain.interval.high
    return (
        f"{one.deviance:.3f} against {one.baseline:.3f}, paired gain {one.gain.mean:.3f} ({low:.3f} to {high:.3f}), net excess caught by the first 1 % "
        f"{one.caught:.3f}, 90 % intervals hold {one.held:.1%}, factors {', '.join(f.name for f in one.model.factors) or 'none'}"
    )


def path() -> Path:
    return Path(os.environ.get("WUSHANG_BENCH_DATA", "../shared/data")) / FILE


def scored(hours: str) -> Scored:
    """With the hours of that year for 2025."""
    rows = pl.read_csv(path(), infer_schema_length=None, schema_overrides={"company_id": pl.String, "main_naics6": pl.String})
    earlier, later = _joined(rows, (2023, 2024)), _joined(rows, (2023, 2024, 2025))
    known = hours == "2025"
    first = _day(earlier, (2023,), 2024 if known else 2023, 2024)
    last = _day(later, (2023, 2024), 2025 if known else 2024, 2025)
    model = learn([first], RISES | ({"growth": -1} if known else {}), BLEND)
    said, plain, usual = model.foretell(last), last.shrunk.known.mean * last.ahead, last.shrunk.prior.mean * last.ahead
    return Scored(
        model, float(deviance(last.cases, said.mean).mean()), float(deviance(last.cases, plain).mean()), gain(last.cases, said.mean, plain),
        caught(last.cases, usual, said.mean - usual), held(said, last.cases, 1),
    )  # fmt: skip


def _joined(rows: pl.DataFrame, years: tuple[int, ...]) -> pl.DataFrame:
    """Companies with all of the years, a column a figure and year."""
    parts = []
    for year in years:
        of = rows.filter((pl.col("year") == year) & (pl.col("hours_worked") > 0))
        parts.append(of.select("company_id", *(pl.col(c).alias(f"{c}{year}") for c in of.columns if c != "company_id")))
    return reduce(lambda found, of: found.join(of, on="company_id"), parts).sort("company_id")


def _day(rows: pl.DataFrame, past: tuple[int, ...], ahead: int, came: int) -> Day:
    """`past`: the years known; all columns are of the last of them, but for the growth of hours where those ahead are known."""
    recent = past[-1]
    x, e = ({year: _figure(rows, name, year) / per for year in past} for name, per in (("recordable_cases", 1), ("hours_worked", HOURS)))
    naics = rows[f"main_naics6{2024 if len(past) > 1 else 2023}"].to_numpy().astype(str)
    sites, hours = _figure(rows, "establishments", recent), _figure(rows, "hours_worked", ahead) / HOURS
    total = _figure(rows, "trir_published", recent)
    severe = np.where(x[recent] > 0, np.clip(_figure(rows, "dart_published", recent) / np.maximum(total, 0.01), 0, 1), np.nan)
    columns = {"hours": np.log(e[recent]), "site": np.log(e[recent] / sites), "sites": sites, "severe": severe, "growth": np.log(hours / e[recent])}
    levels = tuple(np.array([code[:digits] for code in naics]) for digits in (2, 4, 6))
    return Day(
        np.arange(rows.height), Past(np.sum(list(x.values()), axis=0), np.sum(list(e.values()), axis=0)), Past(x[recent], e[recent]), levels, hours, columns,
        _figure(rows, "recordable_cases", came),
    )  # fmt: skip


def _figure(rows: pl.DataFrame, name: str, year: int) -> np.ndarray:
    return rows[f"{name}{year}"].fill_null(0).to_numpy().astype(float)
