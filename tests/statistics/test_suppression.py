"""Fisher's lady, lags and silences counted by hand."""

import numpy as np
import pytest

from wushang.statistics.suppression import lag_shift, share_shift, silence_chance, so_many_silent


def test_the_lady_and_her_tea():
    """Three right of four: 17/70; mid-p takes half of 16/70 off."""
    found = share_shift(light_before=3, grave_before=1, light_now=1, grave_now=3)
    assert found.p == pytest.approx(17 / 70) and found.mid_p == pytest.approx(9 / 70)
    assert (found.before, found.now) == (0.75, 0.25)


def test_light_cases_that_vanish_while_grave_ones_stay_are_seen_and_a_fall_of_both_is_not():
    assert share_shift(80, 20, 30, 20).p < 0.01
    assert share_shift(80, 20, 40, 10).p > 0.3
    assert share_shift(30, 20, 80, 20).p > 0.99  # the other way round hides nothing


def test_nothing_now_says_nothing():
    found = share_shift(5, 5, 0, 0)
    assert found.now is None and found.p == 1


def test_three_lags_all_later_than_three_by_hand():
    """One of the 20 ways to part six lags; late ones: none of three, two of three."""
    found = lag_shift([5, 10, 15], [20, 40, 50], late=30, longest=90)
    assert found.p == pytest.approx(1 / 20)
    assert (found.median_before, found.median_now, found.late_before, found.late_now) == (10, 40, 0, 2 / 3)


def test_lags_that_only_the_old_group_had_time_for_are_left_out_of_both():
    assert lag_shift([5, 10, 15, 300, 320], [5, 10, 15], late=30, longest=90).median_before == 10
    with pytest.raises(ValueError, match="both groups"):
        lag_shift([300], [5], late=30, longest=90)


def test_silence_by_hand():
    """e⁻³ where 3 are expected; with shape 2 (2/(2 + 3))²: less odd, since the rate itself is not known."""
    assert silence_chance([3.0, 0.0]).tolist() == pytest.approx([np.exp(-3), 1])
    assert silence_chance(3.0, 2.0) == pytest.approx(0.16)
    assert silence_chance(3.0, 1e9) == pytest.approx(np.exp(-3))


def test_two_of_three_silent_by_hand():
    """½, ½ and ¼: P(2) = ¼·¾ + 2·(½·½·¼) = 5/16, P(3) = 1/16."""
    assert so_many_silent([0.5, 0.5, 0.25], 2) == pytest.approx(6 / 16)
    assert so_many_silent([0.5, 0.5, 0.25], 0) == 1 and so_many_silent([], 1) == 0
