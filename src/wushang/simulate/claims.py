"""The claim (工伤认定) of each injury: filed, accepted, decided, served, assessed, with the delays of each step."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from wushang.simulate.chance import Stream, pick

STEPS = ("applied", "accepted", "suspended", "resumed", "decided", "served", "assessed")
DELAY_MEDIAN = 20  # days from accident to application
DECISION_MEDIAN = 38  # days from acceptance to decision
GRADES = ("一级", "二级", "三级", "四级", "五级", "六级", "七级", "八级", "九级", "十级", "未达级")
GRADE_SHARES = {
    "serious": [0.01, 0.015, 0.02, 0.035, 0.08, 0.12, 0.2, 0.22, 0.2, 0.1, 0.0],
    "minor": [0, 0, 0, 0, 0, 0, 0.01, 0.04, 0.22, 0.48, 0.25],
}


def draw(stream: Stream, injuries: pl.DataFrame) -> pl.DataFrame:
    """Injuries in; the same rows out with claim number, dates of each step and outcome, future ones too."""
    rng = stream("claims")
    size = len(injuries)
    day = injuries["occurred"].to_numpy().astype("M8[D]")
    severity = injuries["severity"].to_numpy()
    delay = np.clip(np.rint(DELAY_MEDIAN * np.exp(rng.normal(0, 0.75, size))), 1, 364).astype(int)
    applied = day + np.where(severity == "fatal", np.minimum(delay, 30), delay)
    accepted = applied + np.clip(np.rint(rng.gamma(3, 2.3, size)), 0, 15).astype(int)
    pause = rng.random(size) < np.where(injuries["situation"].to_numpy() == "14-6", 0.25, 0.02)
    suspended = accepted + rng.integers(3, 20, size)
    resumed = suspended + rng.integers(20, 150, size)
    worked = np.clip(np.rint(DECISION_MEDIAN * np.exp(rng.normal(0, 0.3, size))), 5, 60).astype(int)
    decided = accepted + worked + np.where(pause, (resumed - suspended).astype(int), 0)
    outcome = _outcomes(rng, injuries)
    served = decided + rng.integers(1, 21, size)
    assessed = served + rng.integers(45, 260, size)
    grade = _grades(rng, severity, outcome)
    nothing = np.datetime64("NaT")
    frame = injuries.with_columns(
        pl.Series("applied", applied), pl.Series("accepted", accepted),
        pl.Series("suspended", np.where(pause, suspended, nothing)),
        pl.Series("resumed", np.where(pause, resumed, nothing)),
        pl.Series("decided", decided),
        pl.Series("served", np.where(outcome == "withdrawn", nothing, served)),
        pl.Series("assessed", np.where(grade == "", nothing, assessed)),
        pl.Series("outcome", outcome.tolist()), pl.Series("grade", grade.tolist()),
        pl.Series("applicant", _applicants(rng, delay).tolist()),
        pl.Series("hour_known", rng.random(size) < 0.9),
    )  # fmt: skip
    return _numbered(frame)


def _outcomes(rng: np.random.Generator, injuries: pl.DataFrame) -> np.ndarray:
    """recognised | deemed (视同) | refused | withdrawn."""
    chance = rng.random(len(injuries))
    good = np.where(injuries["situation"].to_numpy() == "15-1", "deemed", "recognised")
    return np.where(chance < 0.012, "withdrawn", np.where(chance < 0.045, "refused", good)).astype(object)


def _grades(rng: np.random.Generator, severity: np.ndarray, outcome: np.ndarray) -> np.ndarray:
    """Grade of disability that will be found; empty where nobody asks for an assessment."""
    grade = np.full(len(severity), "", dtype=object)
    asked = rng.random(len(severity)) < np.where(severity == "serious", 0.95, 0.35)
    for word, shares in GRADE_SHARES.items():
        mine = np.flatnonzero((severity == word) & asked & (outcome == "recognised"))
        grade[mine] = pick(rng, list(GRADES), len(mine), shares)
    return grade


def _applicants(rng: np.random.Generator, delay: np.ndarray) -> np.ndarray:
    """Who applies: the employer within 30 days, later more often the worker, seldom the union."""
    chance = rng.random(len(delay))
    own = np.where(delay <= 30, 0.95, 0.45)
    return np.where(chance < own, "用人单位", np.where(chance < 0.985, "职工", "工会")).astype(object)


def _numbered(frame: pl.DataFrame) -> pl.DataFrame:
    """受理编号 in order of application within its year, 认定书编号 in order of decision."""
    for column, step, word in (("decision", "decided", "云工认"), ("claim", "applied", "云工受")):
        year = pl.col(step).dt.year()
        number = pl.int_range(1, pl.len() + 1).over(year).cast(str).str.zfill(4)
        frame = frame.sort(step, "injury").with_columns(pl.format(word + "〔{}〕{}号", year, number).alias(column))
    return frame


def changed_between(claims: pl.DataFrame, first: date, last: date) -> pl.DataFrame:
    """Claims of which some step falls into the days first..last."""
    return claims.filter(pl.any_horizontal([pl.col(s).is_between(first, last) for s in STEPS]))


def as_of(claims: pl.DataFrame, day: date) -> pl.DataFrame:
    """What the office knows at the end of a day: later dates, decisions and grades are still empty."""
    known = {step: pl.col(step) <= day for step in STEPS}
    return claims.filter(pl.col("applied") <= day).with_columns(
        *[pl.when(known[step]).then(pl.col(step)).alias(step) for step in STEPS],
        pl.when(known["decided"]).then(pl.col("outcome")).otherwise(pl.lit("")).alias("outcome"),
        pl.when(known["decided"] & (pl.col("outcome") != "withdrawn")).then(pl.col("decision")).alias("decision"),
        pl.when(known["assessed"]).then(pl.col("grade")).otherwise(pl.lit("")).alias("grade"),
    )
