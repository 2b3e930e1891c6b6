"""Published examples, and a simulated truth that is recovered."""

import numpy as np
import pytest

from wushang.statistics.capture_recapture import all_pairs, chapman, log_linear, stratified, with_linkage_errors

HEPATITIS = {(1, 1, 1): 28, (1, 1, 0): 21, (1, 0, 1): 17, (0, 1, 1): 18, (1, 0, 0): 69, (0, 1, 0): 55, (0, 0, 1): 63}


def test_ten_marked_turtles_fifteen_caught_five_of_them_marked():
    found = chapman(10, 15, 5)
    assert found.estimate == pytest.approx(28.33, abs=0.01)
    assert (round(found.interval.low), round(found.interval.high)) == (22, 65)
    assert found.seen == 20 and found.unseen == pytest.approx(8.33, abs=0.01)


def test_hepatitis_in_a_college_of_northern_taiwan():
    assert round(log_linear(HEPATITIS).estimate) == 388
    assert round(log_linear(HEPATITIS, all_pairs(3)).estimate) == 1313


def test_nobody_on_both_lists_still_gives_a_number_and_a_wide_interval():
    found = chapman(20, 30, 0)
    assert found.estimate == 650 and found.interval.high > 5000


def test_more_on_both_than_on_one_cannot_be():
    with pytest.raises(ValueError, match="shorter"):
        chapman(3, 9, 4)


def test_strata_with_different_chances_are_told_apart():
    """Town A reports 9 of 10 on both lists, town B 2 of 10: pooled, the total comes out too low."""
    town_a, town_b = (900, 900, 810), (200, 200, 40)
    assert chapman(1100, 1100, 850).estimate < 1450
    found = stratified([town_a, town_b])
    assert found.estimate == pytest.approx(1000 + 985, abs=15)
    assert found.interval.low < 2000 < found.interval.high


def test_the_simulated_truth_lies_within_the_interval_as_often_as_is_said():
    draw = np.random.default_rng(7)
    hits, runs, truth = 0, 600, 400
    for _run in range(runs):
        one, two = draw.random(truth) < 0.6, draw.random(truth) < 0.4
        found = chapman(int(one.sum()), int(two.sum()), int((one & two).sum()))
        hits += found.interval.low <= truth <= found.interval.high
    assert 0.93 <= hits / runs <= 0.975


def test_missed_links_would_make_the_total_too_high_and_are_put_back():
    assert chapman(600, 400, 216).estimate > 1100
    assert with_linkage_errors(600, 400, 216, precision=1.0, recall=0.9).estimate == pytest.approx(1000, abs=3)
    assert with_linkage_errors(600, 400, 264, precision=240 / 264, recall=1.0).estimate == pytest.approx(1000, abs=3)
