"""The risk model: recovers planted truths, keeps no factor where there is none, and adds up by hand."""

from dataclasses import replace

import numpy as np
import pytest

from wushang.statistics.risk import Day, Factor, Model, Past, backtest, learn
from wushang.statistics.risk.factors import cuts_of, learn_factors
from wushang.statistics.risk.known import deviance, settled
from wushang.statistics.risk.learning import baseline
from wushang.statistics.risk.scores import came_range, caught, gain, held, said_and_true, stability
from wushang.statistics.shrinkage import Prior, posterior

FIRMS = 3_000


def town(seed: int, days: int, planted: float = 0.0) -> tuple[list[Day], list[np.ndarray]]:
    """Firms with gamma rates in 12 industries; a yearly mark on a third of them multiplies the rate by e^planted. Days and truths."""
    draw = np.random.default_rng(seed)
    industry, people = draw.integers(0, 12, FIRMS), np.exp(draw.normal(3, 1.2, FIRMS))
    rate = 0.02 * draw.gamma(5, 1 / 5, 12)[industry] * draw.gamma(1.8, 1 / 1.8, FIRMS)
    past, recent, found, truths = np.zeros(FIRMS), np.zeros(FIRMS), [], []
    for year in range(days + 1):
        mark = (draw.random(FIRMS) < 1 / 3).astype(float)
        true = rate * people * np.exp(planted * mark)
        came = draw.poisson(true).astype(float)
        if year:
            columns = {"mark": mark, "noise": draw.normal(size=FIRMS)}
            found.append(Day(np.arange(FIRMS), Past(past.copy(), year * people), Past(recent, people), (industry,), people, columns, came))
            truths.append(true)
        past, recent = past + came, came
    return found, truths


def test_a_planted_factor_is_found_and_beats_shrinkage() -> None:
    days, _truths = town(1, 4, planted=0.7)
    model = learn(days[:3], {"mark": 1, "noise": 0}, 0.0)
    effect = {one.name: one for one in model.factors}["mark"].effect
    assert effect[1] / effect[0] == pytest.approx(np.exp(0.7), rel=0.1)
    said, plain = model.foretell(days[3]), baseline(days[:3]).foretell(days[3])
    assert gain(days[3].came, said.mean, plain.mean).interval.low > 0
    assert said.mean == pytest.approx(said.usual * said.parts["own"] * said.parts["mark"] * said.parts["noise"])


def test_where_nothing_is_planted_no_factor_is_kept() -> None:
    days, _truths = town(2, 2)
    assert learn(days, {"mark": 1, "noise": 0}, 0.0).factors == ()


def test_a_factor_that_may_only_raise_never_tells_a_unit_the_contrary() -> None:
    draw = np.random.default_rng(3)
    column = draw.integers(0, 6, 5_000).astype(float)
    came = draw.poisson(2 - 0.2 * column)
    (free,) = learn_factors({"x": column}, {"x": 0}, came, np.full(5_000, 1.5))
    assert list(free.effect) == sorted(free.effect, reverse=True) and free.effect[0] > 1.1
    (bound,) = learn_factors({"x": column}, {"x": 1}, came, np.full(5_000, 1.5))
    assert bound.effect == pytest.approx([1.0] * 6)


def test_intervals_and_chances_to_be_among_the_first_are_true_as_often_as_they_say() -> None:
    days, truths = town(4, 3)
    said = learn(days[:2], {}, 0.0).foretell(days[2])
    excess = truths[2] - said.usual
    true = excess >= np.sort(excess)[-100]
    low, high = said.interval()
    assert 0.88 <= ((low <= truths[2]) & (truths[2] <= high)).mean() <= 0.92
    assert 0.88 <= held(said, days[2].came, 1) <= 0.92
    for n, told, came in said_and_true(said.top(100, 1), true, (0.05, 0.3, 0.7)):
        assert came == pytest.approx(told, abs=3 * np.sqrt(told * (1 - told) / n) + 0.02)


def test_the_past_is_learnt_from_and_nothing_that_came_later() -> None:
    days, _truths = town(5, 4)
    tried = backtest(days, {"mark": 1}, ends=2)
    assert [one.place for one in tried] == [2, 3]
    changed = [*days[:1], *(replace(day, came=day.came * 5) for day in days[1:])]
    assert backtest(changed, {"mark": 1}, ends=2)[0].model.mean == pytest.approx(tried[0].model.mean)


def test_a_model_is_plain_numbers() -> None:
    days, _truths = town(6, 2, planted=0.7)
    model = learn(days[:1], {"mark": 1}, 0.5)
    again = Model.read(model.plain())
    assert again == model and again.foretell(days[1]).mean == pytest.approx(model.foretell(days[1]).mean)


def test_nothing_is_learnt_from_no_case() -> None:
    (day,), _truths = town(7, 1)
    with pytest.raises(ValueError, match="not one case"):
        learn([replace(day, came=np.zeros(FIRMS))], {})


def test_by_hand_rates_that_do_not_last_are_drawn_to_their_kind() -> None:
    """Prior mean 0.1, shape 2. 30 cases in 100: (2 + 30)/(20 + 100) = 0.267 where rates last; where a year's rate is gamma with shape 4
    about the lasting one, m = (2 + 30 w)/(20 + 100 w) with w = 1/(1 + 100 m/4), which 0.2197 solves."""
    prior, past = Prior(np.array([0.1]), np.array([2.0]), 2.0), Past(np.array([30.0]), np.array([100.0]))
    assert settled(past, prior, 1e12) == pytest.approx(posterior(past.counts, past.exposure, prior).mean)
    m = float(settled(past, prior, 4.0)[0])
    w = 1 / (1 + 100 * m / 4)
    assert m == pytest.approx((2 + 30 * w) / (20 + 100 * w), abs=1e-4) and 0.1 < m < 0.267


def test_by_hand_a_factor_is_read_step_by_step() -> None:
    factor = Factor("x", (1.0, 2.0), (0.5, 1.0, 2.0), 1.5)
    assert factor.of(np.array([0.0, 1.0, 1.9, 2.0, 9.0, np.nan])).tolist() == [0.5, 1.0, 1.0, 2.0, 2.0, 1.5]
    assert cuts_of(np.array([0.0, 1.0, 1.0, 3.0, np.nan])) == (0.5, 2.0)


def test_by_hand_scores() -> None:
    assert deviance([0, 2], [0.5, 1.0]) == pytest.approx([1.0, 2 * (2 * np.log(2) - 1)])
    better = gain([0, 2], [0.5, 1.0], [1.0, 1.0])
    assert better.mean == pytest.approx(0.5) and better.interval.width == pytest.approx(2 * 1.96 * np.sqrt(2 * 0.25) / 2 * 1.0, rel=0.01)
    assert caught([5, 1, 0, 4], [1, 1, 1, 2], [9, 1, 1, 8], share=0.25) == pytest.approx(4 / 6)
    figures = np.random.default_rng(1).normal(size=5000)
    assert stability(figures, figures) == 0 and stability(figures, figures + 1) > 0.25


def test_all_firms_together_come_within_their_range() -> None:
    days, truths = town(8, 3)
    said = learn(days[:2], {}, 0.5).foretell(days[2])
    assert days[2].came.sum() in came_range(said, 0.99) and truths[2].sum() in came_range(said, 0.99)


def test_accidents_that_hurt_several_are_seen_in_how_counts_vary() -> None:
    """Every third accident hurts two: the variance is 1.5 times the mean. The prior takes a part of that for firms that differ, `burst`
    the most; where each accident hurts one, it is nearly nothing. The intervals hold in both."""
    draw = np.random.default_rng(9)
    people = np.exp(draw.normal(4, 1, FIRMS))
    for single, double, low, high in ((0.02, 0.01, 0.2, 0.55), (0.04, 0.0, 0.0, 0.1)):
        counts = [draw.poisson(single * people) + 2.0 * draw.poisson(double * people) for _year in range(2)]
        day = Day(np.arange(FIRMS), Past(counts[0], people), Past(counts[0], people), (), people, {}, counts[1])
        model = learn([day], {}, 0.0)
        assert low <= model.burst <= high
        assert 0.88 <= held(model.foretell(day), counts[1], 1) <= 0.92
