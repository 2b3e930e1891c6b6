"""Simulated cities in which the units with the most cases are chosen, and nothing, or a fall by a fifth, happens to them."""

import numpy as np
import pytest

from wushang.statistics.group_effect import group_effect

TREND = 0.829  # −17.1 % everywhere


def _city(draw, effect: float, drift: float):
    """6,000 units, the 262 with the largest counts chosen."""
    exposure, rate = np.exp(draw.normal(0, 0.8, 6000)), draw.gamma(1.2, 1 / 1.2, 6000)
    before, chosen = draw.poisson(rate * exposure), np.zeros(6000, bool)
    chosen[np.argsort(-before, kind="stable")[:262]] = True
    own = np.exp(draw.normal(-(drift**2) / 2, drift, 6000))
    after = draw.poisson(rate * exposure * own * TREND * np.where(chosen, effect, 1))
    return before, after, exposure, chosen


def _runs(effect: float, drift: float, runs: int = 150):
    """(ratios, how often the interval held the effect, trends, drifts, plain ratios)."""
    draw, rows = np.random.default_rng(5), []
    for _run in range(runs):
        before, after, exposure, chosen = _city(draw, effect, drift)
        found = group_effect(before, after, exposure, exposure, chosen)
        plain = after[chosen].sum() / before[chosen].sum() / (after[~chosen].sum() / before[~chosen].sum())
        rows.append((found.ratio, effect in found.interval, found.trend, found.drift, plain))
    return np.mean(rows, axis=0)


@pytest.mark.parametrize("effect", [1.0, 0.8])
def test_the_effect_is_found_and_its_interval_holds_it_as_often_as_is_said(effect):
    """150 runs: a coverage has a standard error of 1.8 points."""
    ratio, held, trend, drift, plain = _runs(effect, 0.0)
    assert ratio == pytest.approx(effect, abs=0.012) and trend == pytest.approx(TREND, abs=0.01)
    assert 0.91 <= held <= 0.985 and drift < 0.03
    assert plain < 0.8 * effect  # what luck alone would be called


def test_units_that_drift_by_themselves_make_the_interval_wider():
    ratio, held, _trend, drift, _plain = _runs(1.0, 0.3)
    assert ratio == pytest.approx(1, abs=0.012) and 0.91 <= held <= 0.985
    assert drift == pytest.approx(np.exp(0.09) - 1, abs=0.05)


def test_twice_the_exposure_afterwards_is_no_effect():
    draw = np.random.default_rng(1)
    before, after, exposure, chosen = _city(draw, 1.0, 0.0)
    doubled = after + draw.poisson(after)  # as if the second half of a longer time were like the first
    once, twice = (group_effect(before, y, exposure, exposure * by, chosen) for y, by in ((after, 1), (doubled, 2)))
    assert twice.trend == pytest.approx(once.trend, rel=0.05) and twice.ratio == pytest.approx(once.ratio, rel=0.1)
    assert twice.cases == doubled[chosen].sum() and twice.expected * twice.ratio == pytest.approx(twice.cases)


def test_a_group_without_a_case_afterwards_has_no_effect_to_tell():
    with pytest.raises(ValueError, match="among the others"):
        group_effect([5, 1, 2], [3, 0, 0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [True, False, False])
