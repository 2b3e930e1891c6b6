"""A large city gives back the numbers it was made with."""

from datetime import date

import numpy as np
import polars as pl
import pytest
from scipy.optimize import minimize_scalar
from scipy.stats import nbinom

from wushang.simulate.enterprises import RISK_SHAPE
from wushang.simulate.risk import PROGRAMME_FACTOR, TENURE_RATIO
from wushang.simulate.world import City, build

AT_WORK = pl.col("situation").str.starts_with("14-") & (pl.col("situation") != "14-6")


@pytest.fixture(scope="module")
def large() -> City:
    return build(6000, 24, 11, date(2026, 10, 31))[0]


def at_work(large: City) -> pl.DataFrame:
    return large.claims.filter(AT_WORK & ~pl.col("planted_outbreak"))


def test_counts_are_as_overdispersed_as_the_gamma_risk(large: City) -> None:
    """Maximum likelihood of the negative binomial shape, true means given. Events of several workers count once, and
    only those before the programme: to leave out its enterprises would leave out the highest counts."""
    firms, risk = large.firms, large.risk
    events = at_work(large).filter(pl.col("occurred") < risk.programme.start).unique("event")
    seen = np.bincount(events["employer"].to_numpy(), minlength=len(firms) + 1)[1:]
    before = large.calendar.first_days < np.datetime64(risk.programme.start)
    mean = risk.expected[:, before].sum(axis=1) / firms.risk / 1.075
    seen, mean = seen[mean > 0], mean[mean > 0]
    best = minimize_scalar(lambda k: -nbinom.logpmf(seen, k, k / (k + mean)).sum(), bounds=(0.3, 20), method="bounded")
    assert best.x == pytest.approx(RISK_SHAPE, rel=0.15)


def test_new_workers_are_hurt_two_and_a_half_times_as_often(large: City) -> None:
    """Weighted by each enterprise-month's own rate, so that high-turnover trades do not confound."""
    work, risk = large.work, large.risk
    weight = risk.expected / np.maximum(work.heads + (TENURE_RATIO - 1) * work.new, 1)
    new, old = (weight * work.new).sum(), (weight * (work.heads - work.new)).sum()
    hurt = at_work(large)["new_worker"]
    ratio = (hurt.sum() / new) / ((~hurt).sum() / old)
    assert ratio == pytest.approx(TENURE_RATIO, rel=0.08)


def test_injuries_come_as_often_as_expected(large: City) -> None:
    assert len(at_work(large)) == pytest.approx(large.risk.expected.sum(), rel=0.03)


def test_the_programme_truly_lowers_the_risk(large: City) -> None:
    plan = large.risk.programme
    start = np.datetime64(plan.start)
    later = large.calendar.first_days >= start
    hurt = at_work(large).filter(pl.col("employer").is_in([e + 1 for e in plan.enterprises]))
    after = len(hurt.filter(pl.col("occurred") >= plan.start))
    expected = large.risk.expected[plan.enterprises][:, later].sum()
    assert abs(after - expected) < 3 * np.sqrt(1.2 * expected)
    assert after < 0.75 * expected / PROGRAMME_FACTOR


def test_chosen_for_their_counts_they_would_have_fallen_anyway(large: City) -> None:
    """Regression to the mean: the year before lies above what their true rates promise."""
    plan = large.risk.programme
    start = np.datetime64(plan.start)
    before = (large.calendar.first_days < start) & (large.calendar.first_days >= start - 366)
    hurt = at_work(large).filter(pl.col("employer").is_in([e + 1 for e in plan.enterprises]))
    seen = len(hurt.filter((pl.col("occurred") < plan.start) & (pl.col("occurred") >= (start - 365).astype(object))))
    assert seen > 1.05 * large.risk.expected[plan.enterprises][:, before].sum()


def test_half_of_the_claims_are_filed_within_about_twenty_days_and_decided_about_45_later(large: City) -> None:
    claims = large.claims.filter(pl.col("suspended").is_null())
    filed = (claims["applied"] - claims["occurred"]).dt.total_days().median()
    decided = (claims["decided"] - claims["applied"]).dt.total_days().median()
    assert filed == pytest.approx(20, abs=1.5)
    assert decided == pytest.approx(45, abs=2)


def test_most_injuries_are_minor_and_few_are_fatal(large: City) -> None:
    share = dict(large.claims["severity"].value_counts(normalize=True).iter_rows())
    assert share["minor"] > 0.93 and 0.02 < share["serious"] < 0.06 and 0.003 < share["fatal"] < 0.015


def test_some_events_hurt_several_workers(large: City) -> None:
    hurt = at_work(large).group_by("event").len()["len"]
    assert hurt.mean() == pytest.approx(1.075, abs=0.01)
    assert set(hurt) == {1, 2, 3}
