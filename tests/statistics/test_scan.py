"""A ratio counted by hand, a planted cluster that is found, and p-values that are uniform where nothing was planted."""

from math import log

import numpy as np
import pytest

from wushang.statistics.scan import log_likelihood_ratio, nearest_first, plane, ring_by_ring, scan, zones

GRID = np.array([(x, y) for x in range(5) for y in range(5)], dtype=float)  # 25 townships, one a square
DUE = np.full((25, 12), 0.5)
ZONES = zones(nearest_first(GRID), DUE)


def test_the_ratio_by_hand():
    """6 cases where 2 of 20 are expected: 6 ln 3 + 14 ln (14/18); all 20 in one place: 20 ln 10; fewer than expected: 0."""
    assert log_likelihood_ratio([6, 20, 1], [2.0, 2.0, 2.0], 20).tolist() == pytest.approx(
        [6 * log(3) + 14 * log(14 / 18), 20 * log(10), 0]
    )


def test_zones_grow_from_the_nearest_and_hold_half_of_all_at_most():
    rows = zones(nearest_first([[0, 0], [1, 0], [3, 0], [7, 0]]), [1, 1, 1, 5])
    assert rows.tolist() == [[0, 1, 2], [1, 0, 2], [2, 1, 0], [3, -1, -1]]


def test_zones_by_neighbours_go_ring_by_ring_and_stay_on_their_island():
    found = ring_by_ring([[1], [0, 2], [1, 3], [2], []])
    assert [row.tolist() for row in found] == [[0, 1, 2, 3], [1, 0, 2, 3], [2, 1, 3, 0], [3, 2, 1, 0], [4]]


def test_degrees_become_kilometres():
    """A degree of latitude is 111.2 km; one of longitude at 60° half of it."""
    at = plane([120, 120, 121], [59.5, 60.5, 60])
    assert np.hypot(*(at[1] - at[0])) == pytest.approx(111.2, abs=0.05)
    assert at[2, 0] - at[0, 0] == pytest.approx(55.6, abs=0.05)


def test_two_townships_by_hand():
    """9 of 12 cases in the last week of the first of two; a quarter of all is expected there: 3."""
    found = scan([[1, 9], [1, 1]], np.ones((2, 2)), zones(nearest_first([[0, 0], [1, 0]]), np.ones((2, 2))), longest=1, seed=1)
    first = found[0]
    assert (first.regions, first.start, first.end, first.cases, first.expected) == ((0,), 1, 1, 9, 3)
    assert first.ratio == pytest.approx(9 * log(3) + 3 * log(3 / 9)) and first.times == 3


def test_a_planted_cluster_is_found_with_its_townships_and_its_weeks():
    draw = np.random.default_rng(4)
    cases, planted = draw.poisson(DUE), [12, 7, 11, 13, 17]  # the middle of the county and its four neighbours
    cases[planted, 9:] += draw.poisson(3, (5, 3))
    found = scan(cases, DUE, ZONES, longest=6, seed=1, draws=199)
    assert found[0].p == 1 / 200 and (found[0].start, found[0].end) == (9, 11)
    assert set(planted) <= set(found[0].regions) and len(found[0].regions) <= 7
    assert all(other.p > 0.05 for other in found[1:])


def test_a_cluster_that_is_over_is_found_only_when_asked_for():
    cases = np.random.default_rng(6).poisson(DUE)
    cases[3, 2:5] += 4
    over = scan(cases, DUE, ZONES, longest=4, seed=1, draws=99, alive=False)[0]
    assert (over.regions, over.start, over.end, over.p) == ((3,), 2, 4, 0.01)
    assert all(one.end == 11 and one.p > 0.05 for one in scan(cases, DUE, ZONES, longest=4, seed=1, draws=99))


def test_clusters_share_no_township_and_the_same_seed_says_the_same():
    cases = np.random.default_rng(9).poisson(DUE)
    found = scan(cases, DUE, ZONES, longest=6, seed=3, draws=49)
    assert found == scan(cases, DUE, ZONES, longest=6, seed=3, draws=49)
    named = [region for one in found for region in one.regions]
    assert len(found) > 1 and len(named) == len(set(named))
    assert [one.ratio for one in found] == sorted((one.ratio for one in found), reverse=True)


def _p_values(due, said) -> np.ndarray:
    """p of the strongest cluster in 300 ledgers that are all chance about `due`, judged by `said`."""
    draw, rows = np.random.default_rng(12), zones(nearest_first(GRID[:12]), said)
    return np.array([scan(draw.poisson(due), said, rows, longest=3, seed=run, draws=59, most=1)[0].p for run in range(300)])


def test_p_is_uniform_where_nothing_was_planted():
    """300 runs: a share of p has a standard error of 1.3 points at 5 % and 2.9 at 50 %."""
    due = np.random.default_rng(1).uniform(0.3, 3, (12, 5))
    p = _p_values(due, due)
    assert (p <= 0.05).mean() == pytest.approx(0.05, abs=0.035)
    assert (p <= 0.5).mean() == pytest.approx(0.5, abs=0.09)
    assert p.mean() == pytest.approx(0.5, abs=0.05)


def test_a_wrong_expectation_would_show_as_p_values_that_are_too_small():
    said = np.random.default_rng(1).uniform(0.3, 3, (12, 5))
    due = said.copy()
    due[3:5, 4] *= 4
    assert (_p_values(due, said) <= 0.05).mean() > 0.2


def test_counts_that_vary_twice_as_much_are_no_clusters_when_it_is_said_so():
    draw, rows = np.random.default_rng(12), zones(nearest_first(GRID[:12]), np.full((12, 5), 2.0))
    ledgers = draw.negative_binomial(2.0, 0.5, (200, 12, 5))  # mean 2, variance 4
    plain, said = (
        np.array([scan(y, np.full((12, 5), 2.0), rows, 3, run, draws=59, most=1, dispersion=phi)[0].p for run, y in enumerate(ledgers)])
        for phi in (1.0, 2.0)
    )
    assert (plain <= 0.05).mean() > 0.3
    assert (said <= 0.05).mean() == pytest.approx(0.05, abs=0.04) and said.mean() == pytest.approx(0.5, abs=0.06)


def test_cases_where_none_can_be_are_refused():
    with pytest.raises(ValueError, match="above zero"):
        scan([[1, 0]], [[0.0, 1.0]], np.array([[0]]), longest=1, seed=1)
    with pytest.raises(ValueError, match="no case"):
        scan([[0, 0]], [[1.0, 1.0]], np.array([[0]]), longest=1, seed=1)
