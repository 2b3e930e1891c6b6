"""The likelihood CUSUM: by hand, beside scipy's probabilities, and how often it cries wolf."""

import numpy as np
import pytest
from scipy import stats

from wushang.statistics.cusum_likelihood import likelihood_cusum


def test_poisson_by_hand() -> None:
    """Mean 2, twice as much asked: each week adds y ln 2 − 2. 6, 6, 0, 6: 2.159, 4.318, 2.318, 4.477; above ln 50 = 3.912 in the second
    and, begun anew after it, not again."""
    held = likelihood_cusum([6, 6, 0, 6], 2.0, weeks=50, reset=False)
    np.testing.assert_allclose(held.total[0], [2.1589, 4.3178, 2.3178, 4.4766], atol=1e-4)
    anew = likelihood_cusum([6, 6, 0, 6], 2.0, weeks=50)
    assert anew.alarm[0].tolist() == [False, True, False, False] and anew.total[0][3] == pytest.approx(2.1589, abs=1e-4)
    assert anew.bound[0].tolist() == [9, 6, 9, 9]  # (3.912 + 2) ÷ 0.693 = 8.53; (3.912 + 2 − 2.159) ÷ 0.693 = 5.41


@pytest.mark.parametrize("size", [0.8, 5.0, np.inf])
def test_what_a_week_adds_is_the_logarithm_of_the_ratio_of_its_probabilities(size: float) -> None:
    counts, mean = np.arange(3, 30), 2.5

    def log(y, m):
        return stats.poisson.logpmf(y, m) if np.isinf(size) else stats.nbinom.logpmf(y, size, size / (size + m))

    added = [likelihood_cusum([y], mean, 1.7, size, weeks=1e9).total[0, 0] for y in counts]
    np.testing.assert_allclose(added, np.maximum(0, log(counts, 1.7 * mean) - log(counts, mean)), atol=1e-9)


def test_counts_that_vary_more_than_poisson_cry_wolf_unless_it_is_said() -> None:
    """300 quiet series of 400 weeks, mean 4, variance 12. Said to be negative binomial: at most one false alarm in 100 weeks, as promised;
    said to be Poisson: many. A rise to the double is seen in
    two of five series within eight weeks and in most within twenty: one week's count says little where the variance is three times the mean."""
    draw = np.random.default_rng(11)
    size, mean = 2.0, np.full(300, 4.0)
    quiet = draw.negative_binomial(size, size / (size + 4.0), (300, 400))
    asked = {"ratio": 2.0, "weeks": 100.0}
    told = likelihood_cusum(quiet, mean, size=np.full(300, size), **asked).alarm
    assert 0 < told.mean() <= 1 / 100
    assert likelihood_cusum(quiet, mean, **asked).alarm.mean() > 4 / 100
    risen = draw.negative_binomial(size, size / (size + 8.0), (300, 20))
    seen = likelihood_cusum(risen, mean, size=size, **asked).alarm
    assert seen[:, :8].any(axis=1).mean() > 0.4 and seen.any(axis=1).mean() > 0.75


def test_no_rise_and_no_expectation_are_refused() -> None:
    for said in ({"mean": 0.0}, {"mean": 1.0, "ratio": 1.0}, {"mean": 1.0, "size": 0.0}):
        with pytest.raises(ValueError, match="likelihood CUSUM"):
            likelihood_cusum([1, 2], **said)
