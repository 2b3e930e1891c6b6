"""The motor claims of Efron and Hastie, and simulated cities of which the truth is known."""

import csv
import gzip
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from wushang.statistics.shrinkage import Posterior, Prior, fit, in_top, pool_small, posterior, ranks, tie_bands
from wushang.statistics.shrinkage.fitting import minus_log_likelihood

ITA = Path(__file__).parents[3] / "shared/data/us_ita/company_year_2023_2025_sample40.csv.gz"


CLAIMS = np.repeat(np.arange(8.0), [7840, 1317, 239, 42, 14, 4, 4, 1])


def test_the_motor_claims_of_efron_and_hastie_table_6_1_have_shape_0_702():
    values, times = np.unique(CLAIMS, return_counts=True)
    mean = np.full(CLAIMS.size, CLAIMS.mean())
    grid = np.arange(0.65, 0.75, 0.0005)
    unlikely = [minus_log_likelihood(CLAIMS, mean, r, values, times) for r in grid]
    assert grid[np.argmin(unlikely)] == pytest.approx(0.702, abs=0.0011)
    assert fit(CLAIMS, np.ones(CLAIMS.size)).between == pytest.approx(0.702, rel=0.012)  # its adjustment vanishes with n


def test_the_motor_claims_are_shrunk_as_in_table_6_1():
    prior = Prior(np.full(CLAIMS.size, 0.702 * 0.306), np.full(CLAIMS.size, 0.702), 0.702)
    shrunk = posterior(CLAIMS, np.ones(CLAIMS.size), prior).mean
    told = [0.164, 0.398, 0.633, 0.87, 1.10, 1.34, 1.57]
    assert [float(shrunk[n == CLAIMS][0]) for n in range(7)] == pytest.approx(told, abs=0.006)


def test_by_hand_two_cases_in_five_years_with_a_prior_of_three_cases_in_ten():
    """(3 + 2) cases ÷ (10 + 5) years; P(no case in 5 more) is (15/20)⁵."""
    known = posterior([2], [5.0], Prior(np.array([0.3]), np.array([3.0]), 3.0))
    assert known.mean[0] == pytest.approx(1 / 3)
    assert known.at_least(1, 5.0)[0] == pytest.approx(1 - 0.75**5)
    assert known.above(1 / 3)[0] == pytest.approx(0.4405, abs=1e-4)  # Poisson(5) at most 4


def _city(seed: int, firms: int = 20_000):
    """Industries × sizes with their own means, firms gamma about them with shape 1.5; sizes as skew as real ones."""
    draw = np.random.default_rng(seed)
    industry, size = draw.integers(0, 40, firms), draw.integers(0, 4, firms)
    cell = industry * 4 + size
    exposure = np.exp(draw.normal(3, 1.2, firms))
    usual = 0.01 * draw.gamma(4, 1 / 4, 40)[industry] * draw.gamma(20, 1 / 20, 160)[cell]
    rate = usual * draw.gamma(1.5, 1 / 1.5, firms)
    return industry, cell, exposure, usual, rate, draw.poisson(rate * exposure)


@pytest.fixture(scope="module")
def city():
    industry, cell, exposure, usual, rate, counts = _city(5)
    prior = fit(counts, exposure, [industry, cell])
    return exposure, usual, rate, prior, posterior(counts, exposure, prior)


def test_the_interval_holds_the_true_rate_as_often_as_is_said_among_small_and_large_firms(city):
    exposure, _usual, rate, _prior, known = city
    low, high = known.interval(0.90)
    held = (low <= rate) & (rate <= high)
    assert 0.88 <= held.mean() <= 0.92
    for some in (exposure < 10, exposure > 100):
        assert 0.88 <= held[some].mean() <= 0.92


def test_the_means_and_the_shape_of_the_city_are_found_again(city):
    exposure, usual, _rate, prior, _known = city
    assert prior.between == pytest.approx(1.5, rel=0.1)
    assert np.corrcoef(np.log(prior.mean), np.log(usual))[0, 1] > 0.9
    assert np.average(prior.mean / usual, weights=exposure) == pytest.approx(1, abs=0.06)


def test_a_probability_above_twice_the_usual_rate_comes_true_as_often_as_is_said(city):
    _exposure, usual, rate, _prior, known = city
    said, true = known.above(2 * usual), rate > 2 * usual
    for low, high in ((0, 0.1), (0.1, 0.2), (0.2, 0.4), (0.4, 0.7), (0.7, 1.01)):
        some = (said >= low) & (said < high)
        error = 4 * np.sqrt(said[some].mean() * (1 - said[some].mean()) / some.sum()) + 0.02
        assert some.sum() > 50 and abs(true[some].mean() - said[some].mean()) < error


def test_thin_cells_are_told_with_their_own_doubt():
    """90 firms in 30 industries, 60 cities: a prior that is taken for known would hold the truth too seldom."""
    draw, held, naive = np.random.default_rng(3), [], []
    for _run in range(60):
        industry = np.repeat(np.arange(30), 3)
        rate = 0.5 * draw.gamma(3, 1 / 3, 30)[industry] * draw.gamma(4, 1 / 4, 90)
        exposure = draw.uniform(0.5, 4, 90)
        counts = draw.poisson(rate * exposure)
        prior = fit(counts, exposure, [industry])
        low, high = posterior(counts, exposure, prior).interval()
        held.append(((low <= rate) & (rate <= high)).mean())
        low, high = posterior(counts, exposure, Prior(prior.mean, np.full(90, prior.between), prior.between)).interval()
        naive.append(((low <= rate) & (rate <= high)).mean())
    assert 0.88 <= np.mean(held) <= 0.92
    assert np.mean(naive) < np.mean(held) - 0.03


def test_an_industry_without_a_case_is_below_the_whole_but_not_at_nought():
    prior = fit([3, 2, 4, 3, 0, 0], [10.0] * 6, [[1, 1, 1, 1, 2, 2]])
    assert 0 < prior.mean[4] < 0.2 < prior.mean[0]


def test_a_firm_without_exposure_has_its_industry_s_prior_and_cases_without_exposure_are_refused():
    prior = fit([3, 2, 0], [10.0, 10.0, 0.0])
    assert posterior([3, 2, 0], [10.0, 10.0, 0.0], prior).mean[2] == pytest.approx(0.25)
    with pytest.raises(ValueError, match="without an exposure"):
        fit([1, 1], [0.0, 10.0])
    with pytest.raises(ValueError, match="not one case"):
        fit([0, 0], [10.0, 10.0])


def _small_town() -> Posterior:
    draw = np.random.default_rng(11)
    return Posterior(draw.uniform(0.3, 12, 300), draw.uniform(5, 60, 300))


@pytest.mark.parametrize(("worth", "less"), [(1.0, 0.0), (np.linspace(1, 30, 300), np.linspace(0, 8, 300))])
def test_the_chance_to_be_in_the_top_twenty_is_that_of_drawing_everybody(worth, less):
    known, draws = _small_town(), 20_000
    value = np.random.default_rng(1).standard_gamma(known.shape, (draws, 300)) / known.exposure * worth - less
    plain = np.bincount(np.argpartition(-value, 20, axis=1)[:, :20].ravel(), minlength=300) / draws
    found = in_top(known, 20, seed=2, draws=draws, worth=worth, less=less)
    assert found.sum() == pytest.approx(20)
    assert np.abs(found - plain).max() < 5 * np.sqrt(0.5 / draws)
    assert found.max() > 0.9 and (found < 0.01).sum() > 100


def test_the_chance_to_be_in_the_top_is_calibrated_and_the_same_seed_says_the_same():
    said, true = [], []
    for seed in range(12):
        industry, cell, exposure, usual, rate, counts = _city(100 + seed, 3000)
        known = posterior(counts, exposure, fit(counts, exposure, [industry, cell]))
        said.append(in_top(known, 100, seed=seed, draws=500, worth=exposure, less=usual * exposure))
        excess = (rate - usual) * exposure
        true.append(excess >= np.sort(excess)[-100])
    assert (said[-1] == in_top(known, 100, seed=11, draws=500, worth=exposure, less=usual * exposure)).all()
    told, came = np.concatenate(said), np.concatenate(true)
    for low, high in ((0.001, 0.05), (0.05, 0.2), (0.2, 0.5), (0.5, 0.8), (0.8, 1.01)):
        some = (told >= low) & (told < high)
        mean = told[some].mean()
        assert some.sum() > 100 and abs(came[some].mean() - mean) < 4 * np.sqrt(mean * (1 - mean) / some.sum()) + 0.01


def test_more_places_than_firms_are_enough_for_all():
    assert in_top(_small_town(), 300, seed=1).tolist() == [1.0] * 300


def test_ranks_are_those_of_sorting_everybody():
    known, asked = _small_town(), [0, 7, 250]
    value = np.random.default_rng(4).standard_gamma(known.shape, (4000, 300)) / known.exposure
    plain = (value[:, None, :] > value[:, asked, None]).sum(axis=2) + 1
    found = ranks(known, asked, seed=9, draws=4000)
    assert np.abs(found.median - np.median(plain, axis=0)).max() <= 6
    assert np.abs(found.low - np.quantile(plain, 0.05, axis=0)).max() <= 6
    assert np.abs(found.high - np.quantile(plain, 0.95, axis=0)).max() <= 6


def test_of_three_firms_known_exactly_the_ranks_are_one_two_three():
    known = Posterior(np.array([2e6, 4e6, 3e6]), np.full(3, 1e6))
    found = ranks(known, [0, 1, 2], seed=1, draws=50)
    assert found.median.tolist() == found.low.tolist() == found.high.tolist() == [3, 1, 2]


def test_firms_that_cannot_be_told_apart_share_a_band():
    """100 and 95 cases in a year are no difference, 40 are one."""
    known = Posterior(np.array([95.0, 100.0, 40.0, 41.0]), np.ones(4))
    assert tie_bands(known).tolist() == [1, 1, 2, 2]
    assert known.higher(1, [0])[0] == pytest.approx(0.64, abs=0.01)  # 5 ÷ √195 standard deviations
    assert known.higher(1, [1])[0] == pytest.approx(0.5)


def test_small_firms_are_one_line_for_each_industry():
    found = pool_small([1, 0, 5, 2], [4.0, 6.0, 300.0, 9.0], ["C18", "C18", "C18", "C33"], below=10)
    assert found.industry.tolist() == ["C18", "C33"] and found.firms.tolist() == [2, 1]
    assert found.counts.tolist() == [1, 2] and found.exposure.tolist() == [10, 9]
    assert found.small.tolist() == [True, True, False, True]


def test_the_public_file_of_the_united_states_gives_the_deviance_that_was_measured():
    """Learn 2023–24, foretell 2025 with its hours: 2.867 without levels, 2.836 with industries, by another programme."""
    if not ITA.exists():
        pytest.skip("the public injury file is not beside this project (../shared/data)")
    counts, hours, industry = _companies()
    for levels, published in (([], 2.867), ([industry], 2.836)):
        prior = fit(counts[:, :2].sum(1), hours[:, :2].sum(1), levels)
        due = posterior(counts[:, :2].sum(1), hours[:, :2].sum(1), prior).mean * hours[:, 2]
        y = counts[:, 2]
        deviance = 2 * (y * np.log(np.maximum(y, 1) / due) - (y - due)).mean()
        assert deviance == pytest.approx(published, abs=0.01)


def _companies():
    years, rows = ("2023", "2024", "2025"), defaultdict(dict)
    with gzip.open(ITA, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            rows[row["company_id"]][row["year"]] = (int(row["recordable_cases"]), float(row["hours_worked"]), row["main_naics6"])
    whole = [[of[year] for year in years] for of in rows.values() if len(of) == 3]
    counts, hours = (np.array([[year[part] for year in of] for of in whole], dtype=float) for part in (0, 1))
    return counts, hours / 100_000, [of[1][2] for of in whole]
