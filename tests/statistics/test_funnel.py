"""Limits counted by hand, a published φ, and a simulated over-dispersion that is found again."""

import numpy as np
import pytest

from wushang.statistics.funnel import (
    binomial_limits,
    binomial_p,
    dispersion,
    poisson_limits,
    poisson_p,
    root_scores,
    widened_limits,
    winsorised,
)

# six groups of the tests of R's FunnelPlotR: observed and expected
SEEN, DUE = np.array([100, 150, 180, 80, 120, 225.0]), np.array([108, 112, 165, 95, 100, 220.0])


def test_one_expected_case_by_hand():
    """Poisson(1): P(≤ 3) = .98101, P(3) = .06131; three less (.98101 − .975)/.06131."""
    found = poisson_limits([1.0], 0.95)
    assert found.high[0] == pytest.approx(3 - (0.98101 - 0.975) / 0.06131, abs=1e-3)
    assert found.low[0] == 0


def test_one_person_in_two_of_four_by_hand():
    """Binomial(4, ½): P(≤ 0) = .0625 > .025, so the lower limit is 0; P(≤ 4) − .975 = .025 of .0625 above."""
    found = binomial_limits([4], 0.5)
    assert found.low[0] == 0 and found.high[0] == pytest.approx((4 - 0.025 / 0.0625) / 4)


def test_so_many_or_more_by_hand():
    """Two or more where one is expected: 1 − 2/e; mid-p takes half of P(2) = 1/(2e) off."""
    exact, middle = poisson_p([2, 0], [1.0, 0.0])
    assert exact.tolist() == pytest.approx([1 - 2 / np.e, 1])
    assert middle.tolist() == pytest.approx([1 - 2 / np.e - 1 / (4 * np.e), 0.5])
    exact, middle = binomial_p([4], [4], [0.5])
    assert (exact[0], middle[0]) == pytest.approx((1 / 16, 1 / 32))


def test_limits_hold_what_they_say_when_all_is_chance():
    draw = np.random.default_rng(2)
    expected = draw.uniform(5, 80, 40_000)
    counts, found = draw.poisson(expected), poisson_limits(expected, 0.95)
    assert ((counts > found.high).mean(), (counts < found.low).mean()) == pytest.approx((0.025, 0.025), abs=0.008)
    assert (poisson_p(counts, expected)[0] <= 0.025).mean() <= 0.025 + 0.002  # the exact one is never too bold
    assert poisson_p(counts, expected)[1].mean() == pytest.approx(0.5, abs=0.01)


def test_the_six_groups_of_funnelplotr_have_phi_2_948033():
    z = np.sqrt(DUE) * np.log(SEEN / DUE)
    assert dispersion(z, 1 / np.sqrt(DUE)).phi == pytest.approx(2.948033, abs=5e-7)


def test_tau_squared_by_hand():
    """Three units with weight 4 each and z = 3, 0, −3: (3·6 − 2) ÷ (12 − 48/12) = 2; all chance: nothing."""
    assert dispersion([3, 0, -3], [0.5, 0.5, 0.5]).tau2 == pytest.approx(2)
    assert dispersion([0.5, 0, -0.5], [0.5, 0.5, 0.5]).tau2 == 0


def test_the_ends_are_drawn_in_and_not_left_out():
    assert winsorised([-100, *range(1, 10), 100], 0.10).tolist() == [1, *range(1, 10), 9]


def test_a_simulated_over_dispersion_is_found_again_and_the_wider_limits_hold():
    """√rate has the standard deviation 0.15: of the large units a third would stand outside the plain funnel."""
    draw = np.random.default_rng(8)
    expected = draw.uniform(20, 400, 4000)
    counts = draw.poisson(expected * draw.normal(1, 0.15, 4000) ** 2)
    z, error = root_scores(counts, expected)
    found = dispersion(z, error)
    assert found.tau2 == pytest.approx(0.0225, rel=0.1) and found.phi > 10
    plain, wide = poisson_limits(expected), widened_limits(expected, tau2=found.tau2)
    assert ((counts > plain.high) | (counts < plain.low)).mean() > 0.3
    for some in (expected < 80, expected > 300):
        outside = (counts > wide.high) | (counts < wide.low)
        assert outside[some].mean() == pytest.approx(0.05, abs=0.015)


def test_phi_widens_every_unit_s_limits_alike_and_is_never_below_one():
    plain, wide = widened_limits([100.0]), widened_limits([100.0], phi=4)
    assert np.sqrt(wide.high[0] / 100) - 1 == pytest.approx(2 * (np.sqrt(plain.high[0] / 100) - 1))
    assert widened_limits([100.0], phi=0.3).high[0] == plain.high[0] == pytest.approx(100 * (1 + 0.098) ** 2, abs=0.01)


def test_a_unit_of_which_nothing_is_expected_has_no_place_in_a_funnel():
    with pytest.raises(ValueError, match="above zero"):
        root_scores([1], [0.0])
