"""A triangle counted by hand, Taylor and Ashe's, and simulated weeks whose later totals are known."""

import numpy as np
import pytest

from wushang.statistics.nowcast import completion, dispersion, known_after, nowcast, ripe_after, table_of

TAYLOR_ASHE = [
    [357848, 766940, 610542, 482940, 527326, 574398, 146342, 139950, 227229, 67948],
    [352118, 884021, 933894, 1183289, 445745, 320996, 527804, 266172, 425046, 0],
    [290507, 1001799, 926219, 1016654, 750816, 146923, 495992, 280405, 0, 0],
    [310608, 1108250, 776189, 1562400, 272482, 352053, 206286, 0, 0, 0],
    [443160, 693190, 991983, 769488, 504851, 470639, 0, 0, 0, 0],
    [396132, 937085, 847498, 805037, 705960, 0, 0, 0, 0, 0],
    [440832, 847631, 1131398, 1063269, 0, 0, 0, 0, 0, 0],
    [359480, 1061648, 1443370, 0, 0, 0, 0, 0, 0, 0],
    [376686, 986608, 0, 0, 0, 0, 0, 0, 0, 0],
    [344014, 0, 0, 0, 0, 0, 0, 0, 0, 0],
]
BY_HAND = [[4, 2, 1], [3, 3, 99], [5, 99, 99]]  # 99: has not come yet, and must not be looked at


def test_a_triangle_by_hand():
    """Two periods later came 1 of 7; one later 5 of 12: so 6/7 is in after one, and 6/7 · 7/12 = ½ at once."""
    assert completion(BY_HAND).tolist() == pytest.approx([0.5, 6 / 7, 1])
    found = nowcast(BY_HAND, seed=1, ripe=0.8)
    assert found.seen.tolist() == [7, 6, 5]
    assert found.total.tolist() == pytest.approx([7, 7, 10])
    assert found.ripe.tolist() == [True, True, False]
    assert (found.low[0], found.high[0]) == (7, 7)  # all its reports are in


def test_the_chain_ladder_of_taylor_and_ashe_leaves_18_680_856_to_come():
    found = nowcast(TAYLOR_ASHE, seed=1, draws=10)
    assert (found.total - found.seen).sum() == pytest.approx(18_680_856, abs=1)


def test_cases_become_a_table_by_when_they_occurred_and_were_reported():
    table = table_of(occurred=[0, 0, 1, 2, -1, 0], reported=[0, 2, 1, 2, 0, 1], periods=3, delays=2)
    assert table.tolist() == [[1, 1], [1, 0], [1, 0]]
    with pytest.raises(ValueError, match="or later"):
        table_of([1], [0], 2, 2)


def test_a_young_period_is_compared_with_an_old_one_at_the_same_age():
    assert known_after(BY_HAND, 0).tolist() == [4, 3, 5]
    after_one = known_after(BY_HAND, 1)
    assert after_one[:2].tolist() == [6, 6] and np.isnan(after_one[2])


def test_a_period_is_ripe_when_so_much_is_in():
    assert [ripe_after([0.5, 6 / 7, 1], share) for share in (0.4, 0.8, 0.9)] == [0, 1, 2]


def test_fewer_periods_than_delays_are_too_short_a_history():
    with pytest.raises(ValueError, match="too short"):
        nowcast([[1, 2, 3]], seed=1)


def _week(draw, mean: float, weeks: int, alike: float | None):
    """A whole table of 8 delays; `alike`: how alike the delays of all weeks are (Dirichlet), None: the same."""
    chance = np.array([0.25, 0.2, 0.15, 0.12, 0.1, 0.08, 0.06, 0.04])
    chances = np.tile(chance, (weeks, 1)) if alike is None else draw.dirichlet(chance * alike, weeks)
    return draw.multinomial(draw.poisson(mean, weeks), chances)


def _covered(mean: float, alike: float | None, runs: int = 150) -> tuple[float, float]:
    """How often the 90 % interval holds the later total of the last 7 weeks, and Σ foretold ÷ Σ true."""
    draw, held, sums = np.random.default_rng(17), [], np.zeros(2)
    for run in range(runs):
        whole = _week(draw, mean, 60, alike)
        truth, found = whole.sum(axis=1)[-7:], nowcast(whole, seed=run, draws=400)
        held.append((found.low[-7:] <= truth) & (truth <= found.high[-7:]))
        sums += found.total[-7:].sum(), truth.sum()
    return float(np.mean(held)), sums[0] / sums[1]


@pytest.mark.parametrize(("mean", "most"), [(4, 0.985), (60, 0.95), (400, 0.935)])
def test_the_later_total_lies_in_the_interval_as_often_as_is_said(mean, most):
    """Whole numbers make the interval too wide where counts are small, as exact intervals are."""
    held, foretold = _covered(mean, None)
    assert 0.88 <= held <= most
    assert foretold == pytest.approx(1, abs=0.03)


def test_delays_that_vary_from_week_to_week_make_the_interval_wider():
    table = _week(np.random.default_rng(2), 60, 60, 30.0)
    assert dispersion(table) > 1.5
    assert dispersion(_week(np.random.default_rng(2), 60, 60, None)) < 1.2
    assert 0.86 <= _covered(60, 30.0)[0] <= 0.94


def test_a_week_without_a_report_yet_is_not_said_to_stay_without():
    whole = _week(np.random.default_rng(3), 10, 60, None)
    whole[-1] = 0
    found = nowcast(whole, seed=1)
    assert found.seen[-1] == 0 and found.high[-1] >= 3 and not found.ripe[-1]
