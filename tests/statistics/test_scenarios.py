"""The 42 scenarios: that they are what they say, and that outbreaks in them are seen as often as is published in the docs."""

import numpy as np
import pytest

from wushang.statistics.farrington import Farrington, farrington, two_weeks
from wushang.statistics.scenarios import NOW, PAST, SIZES, WEEKS, Planted, Scenario, planted, scenarios, score


def test_there_are_42_and_the_mean_is_that_of_the_formula():
    assert len(set(scenarios())) == 42
    mean = Scenario(0.1, 0.0025, 0.6, 0.5, 1.5, 2).mean()
    assert mean[51] == pytest.approx(np.exp(0.1 + 0.0025 * 52 + 2 * 0.6))  # a whole year: cosines 1, sines 0
    assert mean[12] == pytest.approx(np.exp(0.1 + 0.0025 * 13 + 0.5 - 0.6))  # a quarter: sine 1; of the double wave cosine −1


@pytest.fixture(scope="module")
def series() -> Planted:
    return planted(6, seed=2)


def test_what_is_planted_has_k_standard_deviations_and_lies_in_the_weeks_looked_at(series):
    assert series.counts.shape == (42 * 4 * 6, WEEKS) and len(PAST) == Farrington().history
    assert not series.outbreak[:, : NOW.start].any() and series.outbreak.any(axis=1).mean() > 0.99
    assert [int((series.size == k).sum()) for k in SIZES] == [252] * 4
    plain = series.counts[-24:, :300]  # the last scenario before its outbreaks: mean about e⁵, with trend and waves
    assert (plain.var(axis=1) / plain.mean(axis=1)).mean() == pytest.approx(1.2, abs=0.8)


def test_alarms_are_scored_by_hand():
    """Four series, an outbreak of each size in two weeks after ten; seen in its second week, not at all, at once, after its end."""
    outbreak, alarm = np.zeros((4, WEEKS), bool), np.zeros((4, len(NOW)), bool)
    outbreak[:, NOW.start + 10 : NOW.start + 12] = True
    alarm[[0, 2, 3], [11, 10, 20]] = alarm[1, 0] = True
    found = score(alarm, Planted(np.zeros((4, WEEKS), int), np.array(SIZES), outbreak))
    assert found.seen == {2: 1, 3: 0, 5: 1, 10: 0} and found.mix == 0.5
    assert found.false == pytest.approx(1 / 40) and found.weeks == 0.5


@pytest.fixture(scope="module")
def alarms(series):
    return farrington(series.counts, NOW, Farrington(alpha=0.01))


def test_farrington_flexible_sees_as_many_as_are_published_and_no_more_false_ones(series, alarms):
    """Long run (docs/topics/detection.md): .9 % false; 9, 21, 46, 90 % of the outbreaks of 2, 3, 5, 10 standard deviations."""
    found = score(alarms.alarm, series)
    assert found.false <= 0.012 and found.mix >= 0.38
    assert found.seen[5] >= 0.36 and found.seen[10] >= 0.85  # 252 outbreaks: a standard error of 3 points at k = 5


def test_two_weeks_together_see_more(series, alarms):
    alone, found = score(alarms.alarm, series), score(two_weeks(series.counts, NOW, alarms).alarm, series)
    assert found.false <= 0.012 and found.mix >= 0.43 and found.mix > alone.mix + 0.025
    assert found.seen[5] > alone.seen[5] + 0.05 and found.weeks < 0.6


def test_two_weeks_by_hand(alarms, series):
    """The smaller of p of the week ÷ .18 and p of the two ÷ .82; nan where the week was not looked at."""
    p = two_weeks(series.counts, NOW, alarms).p
    assert (np.isnan(p) == np.isnan(alarms.p)).all()
    assert (p[~np.isnan(p)] <= np.minimum(alarms.p[~np.isnan(p)] / 0.18, 1) + 1e-12).all()
    counts = np.full((1, 300), 4)
    counts[0, 298:] = 9
    week = farrington(counts, [299], Farrington())
    from scipy.stats import poisson

    assert week.dispersion[0, 0] == 1 and week.expected[0, 0] == pytest.approx(4)
    told = min(poisson.sf(8, 4) / 0.18, poisson.sf(17, 8) / 0.82)
    assert two_weeks(counts, [299], week).p[0, 0] == pytest.approx(told, rel=1e-6)
