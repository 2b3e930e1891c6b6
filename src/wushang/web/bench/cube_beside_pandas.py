"""The cube's five questions, beside what an analyst writes for the same numbers in pandas with the tables already in memory.

The figure is the slowest ratio of the five. Reading the tables into memory, which pandas has to do first and the cube never
does, is said beside it and not counted.
"""

from __future__ import annotations

from pathlib import Path
from time import perf_counter
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from wushang.analyse.cube import Asked, reckon
from wushang.people.scope import Scope
from wushang.pool import reading
from wushang.terms.period import Period
from wushang.web.bench import SCALES, Measured, made_snapshot, seconds
from wushang.web.bench.analyse_cube import QUESTIONS

IDS = {"analyse.cube_pandas": "sqlite"}
COUNTED = ("reported", "accepted", "recognised", "deemed")
COLUMNS = {
    "injuries": ["event", "enterprise", "occurred", "status", "at_work", "severity", "region", "industry"],
    "headcounts": ["enterprise", "month", "insured", "region", "industry"],
    "enterprises": ["enterprise", "region", "industry"],
}
KEYS = {"town": ("region", 9), "class": ("industry", 5)}  # so many characters of a code


def run(name: str, scale: str, folder: Path) -> Measured:
    manifest = made_snapshot.make(*SCALES[scale])
    began = perf_counter()
    frames = _frames(manifest)
    read = perf_counter() - began
    worst, said = (0.0, 0.0, 1.0), []
    for title, asked in QUESTIONS.items():
        theirs = seconds(lambda q=asked: _answer(frames, q), 3)  # type: ignore[misc]
        ours = seconds(lambda q=asked: reckon(reading.open(Scope.system(), manifest=manifest), q), 3)  # type: ignore[misc]
        _agree(title, reckon(reading.open(Scope.system(), manifest=manifest), asked), asked, _answer(frames, asked))
        said.append(f"{title}: {ours * 1000:.0f} / {theirs * 1000:.0f} ms")
        worst = max(worst, (ours / theirs, ours, theirs))
    units, months, injuries = SCALES[scale]
    note = f"{units:,} units × {months} months, {injuries:,} injuries; ours / pandas in memory: {'; '.join(said)}; read into it {read:.1f} s"
    return Measured(worst[1], "s", worst[2], None, note)


def _frames(manifest: Any) -> dict[str, Any]:
    """The rows that hold at this commit, units' places and trades filled in where a row tells none."""
    frames = {name: _live(manifest, name, columns) for name, columns in COLUMNS.items()}
    units = frames.pop("enterprises").set_index("enterprise")
    for frame in frames.values():
        for column in ("region", "industry"):
            own = frame.pop(column)
            told = own.where(own.notna() & (own != ""), frame["enterprise"].map(units[column]))
            frame[column] = told.fillna("").astype(str)
    injuries = frames["injuries"]
    kept = (
        injuries["status"].isin(COUNTED)
        & injuries["enterprise"].notna()
        & injuries["at_work"].fillna(False).astype(bool)
    )
    return frames | {"injuries": injuries[kept]}


def _live(manifest: Any, name: str, columns: list[str]) -> Any:
    parts = [pq.read_table(file, columns=[*columns, "recorded", "superseded"]) for file in manifest.files(name)]
    rows = pa.concat_tables(parts, promote_options="permissive").to_pandas()
    live = (rows["recorded"] <= manifest.commit) & (rows["superseded"].isna() | (rows["superseded"] > manifest.commit))
    return rows.loc[live, columns].reset_index(drop=True)


def _answer(frames: dict[str, Any], asked: Asked) -> dict[str, Any]:
    """measure → its values by the question's sides."""
    rows = _cut(_within(frames["injuries"], "occurred", asked.period), asked)
    sides = [_key(rows, code, "occurred") for code in (asked.down, asked.across) if code]
    groups = rows.groupby(sides, observed=True)
    found = {"injured_cases": groups.size(), "injury_events": groups["event"].nunique()}
    if "incidence_rate" in asked.measures:
        staff = _cut(_within(frames["headcounts"], "month", asked.period), asked, but="severity")
        average = staff.groupby(_key(staff, asked.down, "month"))["insured"].sum() / staff["month"].nunique()
        found["incidence_rate"] = 1000 * found["injured_cases"] / average.where(average > 0)
    return {code: found[code] for code in asked.measures}


def _within(rows: Any, column: str, period: Period) -> Any:
    return rows[(rows[column] >= period.start) & (rows[column] <= period.end)]


def _cut(rows: Any, asked: Asked, but: str = "") -> Any:
    for code, kept in asked.filters.items():
        if code != but:
            rows = rows[_key(rows, code, "").isin(kept)]
    return rows


def _key(rows: Any, code: str, day: str) -> Any:
    if code == "month":
        return rows[day].map(lambda one: f"{one:%Y-%m}")
    if code in KEYS:
        column, length = KEYS[code]
        return rows[column].str.slice(0, length)
    return rows[code]


def _agree(title: str, cube: Any, asked: Asked, answer: dict[str, Any]) -> None:
    """Every number of pandas is that of the cube."""
    for code, values in answer.items():
        for key, value in values.items():
            ours = cube.figure(code, *(key if isinstance(key, tuple) else (key,))).value
            if value == value and abs((ours or 0) - value) > 1e-9 * max(1, abs(value)):
                raise AssertionError(f"{title}: {code} of {key} is {ours} by the cube, {value} by pandas")
