"""The paper's own example, simulated series, and offices that get no more than they can see to."""

import numpy as np
import pytest

from wushang.statistics.discovery import discoveries, within_budget

# Benjamini and Hochberg (1995), section 4: thrombolysis after myocardial infarction
PAPER = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]


def test_four_of_the_fifteen_of_benjamini_and_hochberg_stand():
    found = discoveries(PAPER, 0.05)
    assert found.stands.tolist() == [True] * 4 + [False] * 11
    assert found.adjusted[3] == pytest.approx(0.0095 * 15 / 4) and found.adjusted[-1] == 1
    assert found.adjusted[5] == pytest.approx(0.0298 * 15 / 7)  # less than its own 0.0278 · 15/6, and it may not be more


def test_the_order_of_the_series_does_not_matter_and_what_was_not_looked_at_does_not_count():
    mixed = discoveries([*PAPER[::-1], np.nan, np.nan], 0.05)
    assert mixed.stands.tolist() == [False] * 11 + [True] * 4 + [False] * 2
    assert np.isnan(mixed.adjusted[-1])
    assert discoveries([np.nan]).stands.tolist() == [False]


def test_the_share_of_false_ones_among_those_that_stand_is_what_is_borne():
    """2,000 series, 100 of them with an excess, 60 runs: every twentieth at most; each below 5 % alone would be half of them."""
    draw, plain, kept, power = np.random.default_rng(5), [], [], []
    for _run in range(60):
        p = draw.random(2000)
        p[:100] = draw.beta(0.1, 8, 100)
        stands = discoveries(p, 0.05).stands
        kept.append(stands[100:].sum() / max(1, stands.sum()))
        plain.append((p[100:] <= 0.05).sum() / (p <= 0.05).sum())
        power.append(stands[:100].mean())
    assert np.mean(kept) == pytest.approx(0.05 * 0.95, abs=0.015)
    assert np.mean(plain) > 0.4 and np.mean(power) > 0.4


def test_an_office_gets_its_two_strongest_and_the_others_wait():
    found = within_budget(
        alarm=[True, True, True, False, True, True],
        office=["东城", "东城", "东城", "东城", "西乡", "东城"],
        p=[0.01, 0.001, 0.01, 0.0001, 0.04, 0.02],
        size=[3, 4, 9, 50, 1, 2],
        most=2,
    )
    assert found.place.tolist() == [3, 1, 2, 0, 1, 4]
    assert found.kept.tolist() == [False, True, True, False, True, False]


def test_no_alarm_no_letter():
    assert within_budget([False], ["东城"], [0.5], [1], most=3).kept.tolist() == [False]
