"""The risk model on invented cities whose truth is known: do the 90 % intervals hold the true expected number, is P(in the first
100) true as often as it says, and does the model do better than shrinkage alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from wushang.judge.risk.days import YEAR, day
from wushang.judge.risk.facts import NEVER, Dated, Facts, Hurt
from wushang.judge.risk.training import trained
from wushang.simulate.world import City, build
from wushang.statistics.risk.scores import gain, held, said_and_true
from wushang.web.bench import Measured

IDS = {"judge.risk_city": "none"}
SIZES = {"s": (1, 4_000), "m": (4, 16_000), "l": (10, 16_000)}  # cities, units
MONTHS = 88  # the programme begins in the middle; the day lies a year before it, with 36 months behind
UNTIL = date(2026, 10, 31)
TOP = 100
EDGES = (0.01, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95)


def run(name: str, scale: str, folder: Path) -> Measured:
    cities, units = SIZES[scale]
    found = [measured(build(units, MONTHS, seed, UNTIL)[0]) for seed in range(1, cities + 1)]
    inside = float(np.mean(np.concatenate([one["inside"] for one in found])))
    said = [np.concatenate([one[part] for one in found]) for part in ("chance", "first")]
    table = "; ".join(f"said {p:.1%} of {n:,}: true {t:.1%}" for n, p, t in said_and_true(said[0], said[1], EDGES))
    better = np.mean([one["gain"].mean for one in found])
    note = (
        f"{cities} cities × {units:,} units, a year ahead; 90 % intervals of the expected number hold the truth in {inside:.1%}, of the counts in "
        f"{np.mean([one['counts'] for one in found]):.1%}; P(in the first {TOP}): {table}; more than shrinkage used in "
        f"{sum(one['better'] for one in found)} of {cities} cities (whose truth is shrinkage), deviance a unit {better:.5f} less by it; value: distance of the coverage from 90 %, baseline: 2 points"
    )
    return Measured(abs(inside - 0.9), "share", 0.02, 1.0, note)


def measured(city: City) -> dict[str, Any]:
    """Learn from what was known a year before the planted programme, hold against the truth of that year: a rate that somebody changes
    cannot be foretold from its past."""
    facts = facts_of(city)
    origin = int(np.searchsorted(city.calendar.first_days, np.datetime64(city.risk.programme.start))) - YEAR
    learnt = trained(facts.until(origin), YEAR)
    if learnt is None:
        raise ValueError("the city is too small, or its history too short, to learn anything")
    of = day(facts, origin, YEAR)
    said, plain = learnt.used.foretell(of), learnt.baseline.foretell(of)
    true = truth(city, origin, facts)[of.firms - 1]
    low, high = said.interval()
    excess = true - said.usual
    first = excess >= np.sort(excess)[-TOP]
    return {
        "inside": ((low <= true) & (true <= high)), "counts": held(said, of.cases, 1), "chance": said.top(TOP, 1), "first": first,
        "gain": gain(of.cases, said.mean, plain.mean), "better": learnt.better,
    }  # fmt: skip


def truth(city: City, origin: int, facts: Facts) -> np.ndarray:
    """The expected number of injuries of each unit in the year: an agency's are those of its hosts; less what is refused."""
    expected = city.risk.expected[:, origin : origin + YEAR].sum(axis=1)
    for agency, places in city.hosts.items():
        expected[places] += expected[agency] / len(places)
        expected[agency] = 0
    works = city.claims["situation"].str.starts_with("14-") & (city.claims["situation"] != "14-6")
    return expected * facts.hurt.unit.size / int(works.sum())


def facts_of(city: City) -> Facts:
    """What the pool would hold of the city if every file came on time."""
    start = city.calendar.first_days.astype("M8[M]")
    claims = city.claims.filter(~city.claims["outcome"].is_in(["refused", "withdrawn"]) & (city.claims["situation"] != "14-6") & (city.claims["situation"] != "15-1"))
    column = {name: claims[name].to_numpy() for name in ("enterprise", "occurred", "applied", "severity", "tenure_days")}
    hurt = Hurt(
        column["enterprise"] - 1, _month(column["occurred"], start), _month(column["applied"], start),
        np.isin(column["severity"].astype(str), ("serious", "fatal")), (column["tenure_days"] <= 92).astype(float),
    )  # fmt: skip
    industry = np.array([str(code) for code in _industries(city)])
    return Facts(
        np.arange(1, len(city.firms) + 1), industry, city.calendar.first(0), len(start), city.work.heads.astype(float), hurt,
        {"hazards": _hazards(city, start), "tests": _tests(city, start)},
    )  # fmt: skip


def _month(days: np.ndarray, start: np.ndarray) -> np.ndarray:
    return (days.astype("M8[M]") - start[0]).astype(int)


def _industries(city: City) -> list[str]:
    from wushang.simulate.trades import TRADES

    return [TRADES[trade].code for trade in city.firms.trade]


def _hazards(city: City, start: np.ndarray) -> Dated:
    closed = city.hazards["closed"].to_numpy()
    end = np.where(np.isnat(closed), NEVER, _month(np.where(np.isnat(closed), start[0], closed), start))
    opened = _month(city.hazards["opened"].to_numpy(), start)
    return Dated(city.hazards["enterprise"].to_numpy() - 1, opened, end, np.ones(len(opened)))


def _tests(city: City, start: np.ndarray) -> Dated:
    month = _month(city.tests["检测日期"].to_numpy(), start)
    return Dated(city.tests["enterprise"].to_numpy() - 1, month, month, city.tests["over"].to_numpy().astype(float))
