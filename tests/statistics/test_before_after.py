"""Seven accidents and then one; limits by hand; chances to pass by luck; simulated units with a known fall."""

import numpy as np
import pytest
from scipy.stats import poisson

from wushang.statistics.before_after import chance_of_fall, chance_to_pass, least_mean, mid_p_interval, rule_errors
from wushang.statistics.rates import rate_ratio


def test_seven_and_then_one_with_the_same_staff():
    told, narrow = rate_ratio(1, 7, 1, 1), mid_p_interval(1, 7, 1, 1)
    assert told.ratio - 1 == pytest.approx(-0.857, abs=5e-4)
    assert (round(told.p, 4), round(told.mid_p, 3)) == (0.0703, 0.039)
    assert told.interval.low < narrow.low < 1 / 7 < narrow.high < 1 < told.interval.high


def test_the_mid_p_limit_of_no_case_by_hand():
    """Half of (1 − share)⁵ is 2.5 %: share = 1 − 0.05^(1/5); twice the staff now halves the ratio."""
    share = 1 - 0.05 ** (1 / 5)
    assert mid_p_interval(0, 5, 1, 1).high == pytest.approx(share / (1 - share))
    assert mid_p_interval(0, 5, 2, 1).high == pytest.approx(share / (1 - share) / 2)
    assert mid_p_interval(0, 5, 1, 1).low == 0 and mid_p_interval(5, 0, 1, 1).high == float("inf")
    with pytest.raises(ValueError, match="above zero"):
        mid_p_interval(1, 1, 0, 1)


def test_the_mid_p_interval_holds_the_truth_about_as_often_as_is_said_and_the_exact_one_more_often():
    """Every pair of counts with the means 6 and 9, by its probability: no drawing."""
    now, before = np.meshgrid(np.arange(22), np.arange(28))
    weight = (poisson.pmf(now, 6) * poisson.pmf(before, 9)).ravel()
    pairs = list(zip(now.ravel().tolist(), before.ravel().tolist(), weight, strict=True))
    middle = sum(w for x, y, w in pairs if x + y and 2 / 3 in mid_p_interval(x, y, 1, 1))
    exact = sum(w for x, y, w in pairs if x + y and 2 / 3 in rate_ratio(x, y, 1, 1).interval)
    assert middle == pytest.approx(0.95, abs=0.01) and middle < exact < 0.985


def test_the_same_count_twice_has_fallen_at_all_with_one_half():
    assert chance_of_fall([4, 40], [4, 40], [1, 1], [1, 1], fall=0).tolist() == pytest.approx([0.5, 0.5])


def test_no_case_after_half_a_case_by_hand():
    """Shapes ½ and 1 (½ and half a case held): P(B ≤ t) of beta(½, 1) is √t, t = 0.7/1.7."""
    assert chance_of_fall([0], [0], [1], [1], prior_shape=1.0)[0] == pytest.approx((0.7 / 1.7) ** 0.5)


def test_forty_and_then_four_is_surely_a_fall_by_thirty_per_cent_and_one_and_then_none_is_not():
    found = chance_of_fall([4, 0, 1], [40, 1, 7], [1, 1, 1], [1, 1, 1])
    assert found[0] > 0.999 and 0.5 < found[1] < 0.9 and 0.9 < found[2] < 0.99
    assert chance_of_fall([4], [40], [0.1], [1])[0] < 0.3  # a tenth of the staff


def _warned(draw_factor, units: int = 60_000):
    """Units with 5 cases or more of which 2 were expected; whether each fell by 30 % is known."""
    draw = np.random.default_rng(7)
    rate, factor = draw.gamma(2, 1, units), draw_factor(draw, units)
    before, now = draw.poisson(rate), draw.poisson(rate * factor)
    some = before >= 5
    return now[some], before[some], factor[some] <= 0.7


def _as_held(draw, units: int):
    """Factors from ⅛ to 8 as half a case holds them, with the prior's and last year's exposure of 2: on the logarithm's scale the
    density is √(factor ÷ (2 + factor))."""
    grid = np.exp(np.linspace(-np.log(8), np.log(8), 2001))
    weight = np.sqrt(grid / (2 + grid))
    return draw.choice(grid, units, p=weight / weight.sum())


def _bins(said):
    return [(said >= low) & (said < high) for low, high in ((0.02, 0.2), (0.2, 0.5), (0.5, 0.8), (0.8, 0.98))]


def test_a_fall_said_with_the_prior_comes_true_as_often_as_is_said_among_units_that_were_warned():
    now, before, fell = _warned(_as_held)
    said = chance_of_fall(now, before, 1, 1, prior_shape=2.0, prior_exposure=1.0)
    for some in _bins(said):
        assert some.sum() > 150 and abs(fell[some].mean() - said[some].mean()) < 0.04


def test_where_falls_are_more_frequent_than_was_held_it_says_rather_too_little():
    now, before, fell = _warned(lambda draw, units: 8 ** draw.uniform(-1, 1, units))
    said = chance_of_fall(now, before, 1, 1, prior_shape=2.0, prior_exposure=1.0)
    for some in _bins(said):
        assert -0.02 < fell[some].mean() - said[some].mean() < 0.12


def test_without_the_prior_luck_would_be_called_a_fall():
    now, before, fell = _warned(_as_held)
    said = chance_of_fall(now, before, 1, 1)
    some = (said > 0.3) & (said < 0.8)
    assert said[some].mean() > fell[some].mean() + 0.1


@pytest.mark.parametrize(("mean", "luck"), [(1, 0.545), (2, 0.43), (4, 0.33), (8, 0.25), (16, 0.16), (32, 0.08)])
def test_the_chance_to_pass_by_luck(mean, luck):
    assert rule_errors(mean).false_pass == pytest.approx(luck, abs=0.007)


def test_next_to_nothing_expected_by_hand():
    """One case before, almost surely none after: it passes whatever happened; nothing expected, nothing to pass."""
    assert chance_to_pass(1e-6, 0.3) == pytest.approx(1, abs=1e-5)
    assert chance_to_pass(0, 0.3) == 0


def test_a_count_that_fell_by_exactly_thirty_per_cent_passes():
    """Ten and then seven: 0.7 × 10 must not be a little less than seven."""
    draw = np.random.default_rng(2)
    before, now = draw.poisson(10, 400_000), draw.poisson(10, 400_000)
    plain = (10 * now <= 7 * before)[before > 0].mean()
    assert chance_to_pass(10, 0.3) == pytest.approx(plain, abs=0.003)


def test_a_unit_that_halved_its_risk_fails_the_less_often_the_more_it_has():
    small, large = rule_errors(3), rule_errors(60)
    assert small.false_fail > 0.25 and large.false_fail < 0.07
    assert small.false_pass > 0.3 and large.false_pass < 0.03


def test_a_unit_must_be_of_a_size_for_the_rule_to_err_in_one_of_ten_at_most():
    needed = least_mean(0.10)
    large, smaller = rule_errors(needed), rule_errors(needed - 1)
    assert max(large.false_pass, large.false_fail) <= 0.10 < max(smaller.false_pass, smaller.false_fail)
    assert 30 <= needed <= 60 and least_mean(0.20) < needed < least_mean(0.05)
    with pytest.raises(ValueError, match="however large"):
        least_mean(0.10, fall=0.30, truly=0.30)


def test_nobody_there_nothing_said():
    assert np.isnan(chance_of_fall([0, 0], [1, 0], [0, 1], [1, 0])).tolist() == [True, True]
