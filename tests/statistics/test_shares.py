"""Shares and places with what chance leaves open, reckoned by hand."""

import pytest

from wushang.statistics.shares import rank_bands, shares


def test_a_share_has_the_exact_interval_of_its_cases() -> None:
    """7 of 10: 34.75 % to 93.33 % (Clopper and Pearson); of nothing nothing is known."""
    assert shares([7, 3])[0] == pytest.approx((0.3475, 0.9333), abs=5e-5)
    assert shares([0, 0]) == [(0.0, 1.0)] * 2
    assert shares([5])[0] == (pytest.approx(0.025**0.2), 1.0)  # all of 5: low end (1 − 0.975)^(1/5)


def test_places_that_chance_could_exchange_are_told_as_a_band() -> None:
    """10 and 9: no. 10 and 1: 2 × 12 ÷ 2¹¹ = 0.012, yes. 9 and 1: 2 × 11 ÷ 2¹⁰ = 0.021, yes. 5 and 0: 2 ÷ 2⁵ = 0.0625, no."""
    assert rank_bands([10, 9, 1]) == [(1, 2), (1, 2), (3, 3)]
    assert rank_bands([5, 0]) == [(1, 2), (1, 2)]
    assert rank_bands([6, 0]) == [(1, 1), (2, 2)]


def test_rates_are_ranked_by_what_they_are_over() -> None:
    """4 cases each, over 1 and over 9: all 8 … P(≥4 of 8 | 0.1) = 0.005, twice that is below 5 %: the small one stands first."""
    assert rank_bands([4, 4], [1, 9]) == [(1, 1), (2, 2)]
    assert rank_bands([4, 4], [1, 1]) == [(1, 2), (1, 2)]
