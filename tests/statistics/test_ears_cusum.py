"""EARS and CUSUM beside R surveillance on Salmonella agona and k1, and by hand."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from wushang.statistics.cusum import cusum
from wushang.statistics.ears import ears

ORACLES = Path(__file__).parent / "oracles"
SERIES = {name: np.array(counts, dtype=float) for name, counts in json.loads((ORACLES / "series.json").read_text()).items()}
AGONA = SERIES["agona"]


def oracle(name: str) -> dict[str, np.ndarray]:
    with (ORACLES / f"{name}.csv").open() as file:
        rows = list(csv.DictReader(file))
    return {column: np.array([float(row[column]) for row in rows]) for column in rows[0]}


def weeks(known: dict[str, np.ndarray]) -> np.ndarray:
    return known["week"].astype(int) - 1


@pytest.mark.parametrize("series", ["agona", "k1"])
@pytest.mark.parametrize("method", ["C1", "C2"])
def test_ears_is_r_s(method: str, series: str) -> None:
    known = oracle(f"ears_{series}")
    found = ears(SERIES[series], weeks(known), method)
    np.testing.assert_allclose(found.bound[0], known[f"{method}_bound"], atol=1e-9)
    assert (found.alarm[0] == (known[f"{method}_alarm"] == 1)).all()


@pytest.mark.parametrize("series", ["agona", "k1"])
def test_c3_adds_to_the_mean_what_r_adds_to_the_count(series: str) -> None:
    """R 1.20.3 puts the count itself where Fricker et al. (2008) put its baseline's mean; what is added is the same."""
    known, counts = oracle(f"ears_{series}"), SERIES[series]
    at = weeks(known)
    found, theirs = ears(counts, at, "C3").bound[0], known["C3_bound"]
    mean = counts[at[:, None] - 3 - np.arange(7)].mean(axis=1)
    inside = (theirs > 0) & (found > 0)
    assert inside.sum() > 80
    np.testing.assert_allclose((found - mean)[inside], (theirs - counts[at])[inside], atol=1e-9)


def test_c3_sees_three_weeks_that_are_each_a_little_high() -> None:
    """Baseline 1, 3, 1, 3, …: mean 2, s ≈ 1.07; 4, 4, 4 stand out by 1.87 s each: none alone, the third together."""
    counts = [1, 3] * 6 + [4, 4, 4]
    assert not ears(counts, [14], "C1").alarm.any() and not ears(counts, [14], "C2").alarm.any()
    assert ears(counts, [14], "C3", alpha=0.025).bound[0, 0] < ears(counts, [12], "C3").bound[0, 0]


@pytest.mark.parametrize("series", ["agona", "k1"])
@pytest.mark.parametrize("how", ["standard", "rossi"])
def test_cusum_is_r_s(how: str, series: str) -> None:
    known, counts = oracle(f"cusum_{series}"), SERIES[series]
    at = weeks(known)
    found = cusum(counts[at], counts[: at[0]].mean(), standard=how)
    assert (found.alarm[0] == (known[f"{how}_alarm"] == 1)).all()
    some = found.bound[0] > 0  # where even no case is an alarm R squares a negative root: one week of k1, 0.218 for nought
    assert some.sum() >= at.size - 10
    np.testing.assert_allclose(found.bound[0][some], np.ceil(known[f"{how}_bound"])[some], atol=1e-9)


def test_cusum_by_hand() -> None:
    """Mean 4: (8 − 4) / 2 − 1.04 = 0.96, then 1.92, then 2.88 > 2.26."""
    found = cusum([8, 8, 8, 4], 4.0)
    np.testing.assert_allclose(found.total[0], [0.96, 1.92, 2.88, 1.84])
    assert found.alarm[0].tolist() == [False, False, True, False]
    assert found.bound[0][2] == 7  # (2.26 + 1.04 − 1.92) × 2 + 4 = 6.76


def test_cusum_begins_anew_after_an_alarm_where_wanted() -> None:
    assert cusum([8, 8, 8, 8], 4.0, reset=True).total[0][3] == pytest.approx(0.96)
    assert cusum([8, 8, 8, 8], 4.0).total[0][3] == pytest.approx(3.84)


def test_a_history_that_is_too_short_is_refused() -> None:
    with pytest.raises(ValueError, match="C3 needs 11"):
        ears(AGONA, [10], "C3")


def test_a_series_of_which_nothing_is_expected_is_refused_and_not_silent_for_ever():
    with pytest.raises(ValueError, match="above zero"):
        cusum([[0, 9], [1, 9]], [0.0, 1.0])
