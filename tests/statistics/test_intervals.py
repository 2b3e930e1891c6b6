"""No case and ten cases by hand, and how often each interval holds the truth, summed over all counts."""

import numpy as np
import pytest
from scipy.stats import poisson

from wushang.statistics.intervals import byar_intervals, exact_intervals, mid_p_intervals
from wushang.statistics.rates import poisson_interval


def test_no_case_by_hand():
    assert exact_intervals([0])[1][0] == pytest.approx(-np.log(0.025))
    assert mid_p_intervals([0])[1][0] == pytest.approx(-np.log(0.05))  # ½ e^−μ = 0.025
    assert [of([0])[0][0] for of in (exact_intervals, mid_p_intervals, byar_intervals)] == [0, 0, 0]


def test_ten_cases_as_published():
    assert [round(float(end[0]), 2) for end in exact_intervals([10])] == [4.80, 18.39]
    assert [round(float(end[0]), 2) for end in byar_intervals([10])] == [4.79, 18.39]


def test_the_mid_p_ends_are_where_half_of_the_count_itself_is_taken():
    low, high = mid_p_intervals([1, 4, 30], 0.90)
    x = np.array([1, 4, 30])
    assert (poisson.sf(x, low) + poisson.pmf(x, low) / 2).tolist() == pytest.approx([0.05] * 3)
    assert (poisson.cdf(x - 1, high) + poisson.pmf(x, high) / 2).tolist() == pytest.approx([0.05] * 3)


def test_many_at_once_are_what_one_is():
    low, high = exact_intervals(np.arange(60))
    alone = [poisson_interval(n) for n in range(60)]
    assert low.tolist() == pytest.approx([of.low for of in alone]) and high.tolist() == pytest.approx([of.high for of in alone])
    near_low, near_high = byar_intervals(np.arange(5, 60))
    assert np.abs(near_low / low[5:] - 1).max() < 0.01 and np.abs(near_high / high[5:] - 1).max() < 0.01


def test_the_exact_one_holds_the_truth_at_least_as_often_as_is_said_and_the_mid_p_one_on_the_average():
    x, means = np.arange(80), np.linspace(1, 30, 117)
    held = {}
    for of in (exact_intervals, mid_p_intervals):
        low, high = of(x)
        held[of] = np.array([poisson.pmf(x, mean)[(low <= mean) & (mean <= high)].sum() for mean in means])
    assert held[exact_intervals].min() >= 0.95
    assert held[mid_p_intervals].mean() == pytest.approx(0.95, abs=0.006) and held[mid_p_intervals].min() > 0.91
