"""Running sums over days, by hand."""

import numpy as np

from wushang.judge.backtest.clock import looked_up
from wushang.judge.backtest.cube import summed
from wushang.judge.backtest.staff import once


def test_what_holds_from_a_day_until_another_is_summed() -> None:
    at, since, until = np.array([0, 0, 1, 1]), np.array([0, 2, 1, 3]), np.array([3, 4, 5, 3])
    assert summed((2, 5), at, since, until, np.array([10, 5, 7, 99])).tolist() == [[10, 10, 15, 5, 0], [0, 7, 7, 7, 7]]


def test_two_ways_of_paying_make_one_month() -> None:
    """Days 0–2, 2–3 and 5 of the same unit and month: five days, each once; another month of it counts beside."""
    key, at = np.array([7, 7, 7, 8]), np.zeros(4, int)
    found = summed((1, 7), *once(key, at, np.array([0, 2, 5, 0]), np.array([3, 4, 6, 2])))
    assert found.tolist() == [[2, 2, 1, 1, 0, 1, 0]]


def test_places_among_rising_numbers() -> None:
    rising = np.array([3, 3, 9])
    assert looked_up(rising, np.array([0, 3, 4, 9, 12, -2])).tolist() == np.searchsorted(rising, [0, 3, 4, 9, 12, -2], "left").tolist()
