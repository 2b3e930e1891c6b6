"""A change of a count parted into headcount, mix and rate."""

import numpy as np
import pytest

from wushang.statistics.decomposition import change_parts


def test_fewer_workers_at_the_same_rates_is_a_change_of_headcount_alone() -> None:
    parts = change_parts([20, 4], [10, 2], [1000, 2000], [500, 1000])
    assert (parts.headcount, parts.mix, parts.rate, parts.total) == pytest.approx((-12, 0, 0, -12))


def test_workers_who_move_to_the_safer_trade_are_a_change_of_mix_alone() -> None:
    """20 ‰ and 2 ‰; 1,000 + 1,000 become 500 + 1,500: 22 cases become 13."""
    parts = change_parts([20, 2], [10, 3], [1000, 1000], [500, 1500])
    assert (parts.headcount, parts.mix, parts.rate) == pytest.approx((0, -9, 0))


def test_the_same_workers_hurt_less_often_is_a_change_of_rate_alone() -> None:
    parts = change_parts([20, 2], [10, 1], [1000, 1000], [1000, 1000])
    assert (parts.headcount, parts.mix, parts.rate) == pytest.approx((0, 0, -11))


def test_all_three_by_hand() -> None:
    """One stratum: N = E × r; 100 × 10 % = 10 becomes 200 × 5 % = 10. Headcount +7.5, rate −7.5 (Kitagawa)."""
    parts = change_parts([10], [10], [100], [200])
    assert (parts.headcount, parts.mix, parts.rate, parts.total) == pytest.approx((7.5, 0, -7.5, 0))


def test_a_trade_that_came_is_a_change_of_mix() -> None:
    """1,000 at 10 ‰ stay; 1,000 at 2 ‰ come: +2 cases; the headcount doubled (+8 at the mean rate), the mix took 6 away."""
    parts = change_parts([10, 0], [10, 2], [1000, 0], [1000, 1000])
    assert parts.rate == pytest.approx(0)
    assert parts.headcount + parts.mix == pytest.approx(2)
    assert parts.mix < 0 < parts.headcount


def test_the_parts_always_add_up() -> None:
    draw = np.random.default_rng(7)
    for _ in range(200):
        cases, exposure = draw.integers(0, 30, (2, 5)), draw.integers(0, 3, (2, 5)) * 100
        parts = change_parts(cases[0], cases[1], exposure[0], exposure[1])
        assert parts.headcount + parts.mix + parts.rate + parts.unplaced == pytest.approx(parts.total)
        assert parts.total == cases[1].sum() - cases[0].sum()


def test_cases_of_strata_nobody_counted_workers_of_stand_apart() -> None:
    parts = change_parts([5, 1], [5, 4], [100, 0], [100, 0])
    assert (parts.unplaced, parts.headcount, parts.mix, parts.rate) == pytest.approx((3, 0, 0, 0))
