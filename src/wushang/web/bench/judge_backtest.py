"""A rule tried on 100,000 firms × 36 months as of what was known at the end of each month (or, daily, on every day on which something
became known of a firm), beside numpy written by hand for this one rule, which finds the same letters."""

from __future__ import annotations

import resource
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from wushang.judge.backtest.report import Trial, backtest
from wushang.judge.file.reader import pack_of
from wushang.judge.shipped import files
from wushang.people.scope import Scope
from wushang.pool import reading
from wushang.terms.period import Period, add_months
from wushang.web.bench import Measured, made_snapshot, seconds

IDS = {"judge.backtest": "sqlite", "judge.backtest_daily": "sqlite"}
SIZES = {"s": (1_000, 36, 3_000), "m": (16_000, 36, 60_000), "l": (100_000, 36, 300_000)}  # firms, months, injuries
END, RULE, LIMIT = date(2026, 10, 31), "gaotai/graded_warning", 5.0


def run(name: str, scale: str, folder: Path) -> Measured:
    firms, months, injuries = SIZES[scale]
    first = add_months(END.replace(day=1), 1 - months)
    manifest = made_snapshot.make(firms, months, injuries, first=first, historical=True)
    pack, period = pack_of(dict(files())[RULE]), Period(first, END)
    made, daily, hand = {}, name.endswith("daily"), _daily_by_hand if name.endswith("daily") else _by_hand

    def ours() -> None:
        made["report"] = backtest(Trial("tried", "", pack), [], reading.open(Scope.system(), manifest=manifest), period, "990100", daily)

    ours()
    used = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    digest, mine = made["report"].digest, seconds(ours, 3)
    used = (resource.getrusage(resource.RUSAGE_SELF).ru_utime - used) / 3
    by_hand = seconds(lambda: hand(manifest, firms, first, months), 3)
    same = made["report"].sides[0].by_month == hand(manifest, firms, first, months) and digest == made["report"].digest
    note = f"{RULE}, {firms:,} firms × {months} months, {injuries:,} injuries, {made['report'].sides[0].letters:,} letters with later injuries, sizes "
    note += f"and the ranking; the baseline finds the letters alone, {'equal' if same else 'DIFFER'}; {used:.1f} s of processor time; same digest twice"
    missed = () if same else ("equal letters",)
    if daily:
        return Measured(mine, "s", by_hand, None, f"{note}; at every event day; no limit is set for it", missed)
    return Measured(mine, "s", by_hand, round(LIMIT / by_hand, 2), f"{note}; the ratio that is allowed is that of {LIMIT:g} s", missed)


def _counted(manifest) -> tuple[np.ndarray, np.ndarray]:
    """(firm's place, day since 1970) of every accident that counts."""
    read = pq.read_table(manifest.files("injuries"), columns=["enterprise", "occurred", "status", "at_work"])
    counts = read["at_work"].to_numpy() & np.isin(read["status"].to_numpy().astype(str), ["reported", "accepted", "recognised", "deemed"])
    return read["enterprise"].to_numpy()[counts] - 1, read["occurred"].to_numpy()[counts].astype("datetime64[D]").astype(int)


def _opened(manifest, firms: int) -> np.ndarray:
    """The day since 1970 on which a hazard was found; very late for none."""
    hazards = pq.read_table(manifest.files("disease_hazards"), columns=["enterprise", "opened"])
    opened = np.full(firms, 10**6)
    np.minimum.at(opened, hazards["enterprise"].to_numpy() - 1, hazards["opened"].to_numpy().astype("datetime64[D]").astype(int))
    return opened


def _daily_by_hand(manifest, firms: int, first: date, months: int) -> list[int]:
    """The same on every day: a firm's days with an accident, or a hazard found, in their order; a letter where the level rises."""
    unit, day = _counted(manifest)
    opened = _opened(manifest, firms)
    found = np.flatnonzero(opened < 10**6)
    pairs = np.concatenate([unit * 10**6 + day, found * 10**6 + opened[found]])
    adds = np.concatenate([np.ones(len(unit), int), np.zeros(len(found), int)])
    moments, place = np.unique(pairs, return_inverse=True)
    unit, day = moments // 10**6, moments % 10**6
    year = day.astype("datetime64[D]").astype("datetime64[Y]").astype(int)
    total = np.cumsum(np.bincount(place, adds).astype(int))
    begins = np.append(True, (unit[1:] != unit[:-1]) | (year[1:] != year[:-1]))
    seen = total - np.append(0, total)[:-1][begins][np.cumsum(begins) - 1]
    after = _level(seen, opened[unit] <= day)
    earlier = np.append(0, seen[:-1])
    new_year = day == year.astype("datetime64[Y]").astype("datetime64[D]").astype(int)
    follows = np.append(False, unit[1:] == unit[:-1])
    # on 1 January the level is held against that of the eve; later in the year the counts have begun anew
    before = _level(np.where(begins & ~(new_year & follows & (np.append(0, year[:-1]) == year - 1)), 0, earlier), opened[unit] < day)
    rises = after < before
    month = day[rises].astype("datetime64[D]").astype("datetime64[M]").astype(int) - np.datetime64(first, "M").astype(int)
    return np.bincount(month, minlength=months).tolist()


def _level(seen: np.ndarray, hazard: np.ndarray) -> np.ndarray:
    return np.where(seen >= 3, 1, np.where((seen >= 2) | hazard, 2, np.where(seen >= 1, 3, 4)))


def _by_hand(manifest, firms: int, first: date, months: int) -> list[int]:
    """Letters by month of 1/2/3 accidents of the year or an open hazard: counts by firm and month, summed from each January."""
    unit, days = _counted(manifest)
    start, day = np.datetime64(first, "M").astype(int), days.astype("datetime64[D]")
    month = day.astype("datetime64[M]").astype(int) - start
    new_year = (day == day.astype("datetime64[M]")) & ((month + start) % 12 == 0)
    opened = _opened(manifest, firms).astype("datetime64[D]").astype("datetime64[M]").astype(int) - start
    each, then = (np.bincount(unit[of] * months + month[of], minlength=firms * months).reshape(firms, months) for of in (~new_year, new_year))
    before, seen, sent = np.full(firms, 4), np.zeros(firms, int), []
    for m in range(months):
        letters = 0
        if (start + m) % 12 == 0:  # on 1 January the counts begin anew; a hazard stays
            seen = then[:, m].copy()
            before, letters = _step(seen, opened < m, before, letters)
        seen = seen + each[:, m]
        before, letters = _step(seen, opened <= m, before, letters)
        sent.append(letters)
    return sent


def _step(seen: np.ndarray, hazard: np.ndarray, before: np.ndarray, letters: int) -> tuple[np.ndarray, int]:
    level = _level(seen, hazard)
    return level, letters + int((level < before).sum())
