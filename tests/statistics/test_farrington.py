"""Farrington flexible beside R surveillance, and on series whose truth is known."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from wushang.statistics.farrington import Farrington, farrington

ORACLES = Path(__file__).parent / "oracles"
SERIES = json.loads((ORACLES / "series.json").read_text())
CASES = [f"{series}_{method}_{parts}" for series in ("agona", "k1") for method in ("nb", "delta", "muan") for parts in (10, 1)]


def oracle(case: str) -> dict[str, np.ndarray]:
    with (ORACLES / "farrington.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["case"] == case]
    return {name: np.array([float(row[name] or "nan") for row in rows]) for name in rows[0] if name != "case"}


def asked(case: str) -> Farrington:
    series, method, periods = case.split("_")
    full = periods == "10"
    return Farrington(
        b=2 if series == "k1" else 3, periods=int(periods), leave_out=26 if full else 3, alpha=0.01 if full else 0.05,
        method={"nb": "nbPlugin"}.get(method, method),
    )  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_alarms_bounds_means_dispersions_trends_and_p_are_r_s(case: str) -> None:
    known = oracle(case)
    found = farrington(SERIES[case.split("_")[0]], known["week"].astype(int) - 1, asked(case))
    assert (found.alarm[0] == (known["alarm"] == 1)).all()
    looked = ~np.isnan(known["expected"])
    assert (found.enough[0] == looked).all() and looked.sum() >= 12
    assert (found.trend[0] == ~np.isnan(known["trend"])).all()
    for mine, theirs in ((found.bound, "bound"), (found.expected, "expected"), (found.dispersion, "phi"), (found.p, "p")):
        np.testing.assert_allclose(mine[0][looked], known[theirs][looked], rtol=1e-9, atol=1e-10)


def test_a_batch_of_series_says_what_each_says_alone() -> None:
    draw = np.random.default_rng(3)
    counts = draw.poisson(draw.uniform(0.3, 9, (40, 1)), (40, 330))
    weeks, how = range(315, 330), Farrington()
    whole = farrington(counts, weeks, how)
    for number in (0, 17, 39):
        alone = farrington(counts[number], weeks, how)
        np.testing.assert_allclose(alone.bound[0], whole.bound[number], rtol=1e-10)
        assert (alone.alarm[0] == whole.alarm[number]).all()


def test_an_outbreak_is_seen_and_the_week_before_it_is_not() -> None:
    counts = np.random.default_rng(5).poisson(6, 330)
    counts[325] = 30
    found = farrington(counts, [324, 325])
    assert found.alarm[0].tolist() == [False, True]
    assert found.expected[0][1] == pytest.approx(6, rel=0.35)


def test_a_past_outbreak_does_not_hide_the_next() -> None:
    """The same week of last year stood out: with less weight on it, this year's excess is still seen."""
    counts = np.random.default_rng(8).poisson(6, 330)
    counts[325 - 52] = 60
    counts[325] = 24
    assert farrington(counts, [325], Farrington(periods=1)).alarm[0, 0]
    assert not farrington(counts, [325], Farrington(periods=1, reweight=False)).alarm[0, 0]


def test_a_usual_series_raises_few_alarms() -> None:
    """Poisson series without outbreak: of 200 × 52 weeks about one in a hundred, as alpha says, and never more than two."""
    counts = np.random.default_rng(2).poisson(5, (200, 364))
    share = farrington(counts, range(312, 364)).alarm.mean()
    assert 0.002 < share < 0.02


def test_too_few_cases_are_not_looked_at() -> None:
    found = farrington(np.zeros(330), [325])
    assert not found.enough[0, 0] and not found.alarm[0, 0] and np.isnan(found.bound[0, 0])


def test_a_short_history_is_refused_with_what_is_needed() -> None:
    with pytest.raises(ValueError, match="263"):
        farrington(np.ones(330), [262])
