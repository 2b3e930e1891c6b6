"""Each measure on each window, on rows counted by hand. As of 2026-03-20: 近1个月 is 21 February to 20 March, 近3个月 from
21 December, 近6个月 from 21 September, 近18个月 from 2024-09-21; 去年同期 is 1 January to 20 March 2025."""

from collections.abc import Callable
from datetime import date

import pytest
from analyse.test_measures import injury, measured, staff

from wushang.analyse.measures import Ask, measures

LAST_YEAR = "same_period_last_year"


def day(year: int, month: int, n: int) -> date:
    return date(year, month, n)


# Unit 1, one accident a line; what stands beside it says what else it is.
HURT = [
    (day(2024, 9, 20), {}),  # the day before 近18个月 begins
    (day(2024, 9, 21), {"severity": "fatal", "grade": 1}),  # its first day
    (day(2024, 12, 31), {"severity": "serious"}),  # the day before 去年同期 begins
    (day(2025, 1, 1), {"severity": "serious", "grade": 7}),  # its first day
    (day(2025, 3, 20), {"severity": "fatal"}),  # its last day
    (day(2025, 3, 21), {"grade": 2}),  # the day after; the first of 近12个月
    (day(2025, 9, 20), {"severity": "serious"}),
    (day(2025, 9, 21), {"severity": "serious", "grade": 5}),  # the first of 近6个月
    (day(2025, 12, 20), {}),
    (day(2025, 12, 21), {"severity": "fatal", "grade": 9}),  # the first of 近3个月
    (day(2026, 2, 20), {}),
    (day(2026, 2, 21), {"grade": 0}),  # the first of 近1个月; 0 is 未达级
    (day(2026, 3, 20), {}),
    (day(2026, 3, 21), {"severity": "fatal"}),  # tomorrow
]
WINDOWS = {  # window → events, serious, fatal, worst grade of unit 1
    "last_1_months": (2, 0, 0, None),
    "last_3_months": (4, 0, 1, 9),
    "last_6_months": (6, 1, 1, 5),
    "last_12_months": (8, 2, 1, 2),
    "last_18_months": (12, 4, 3, 1),
    LAST_YEAR: (2, 1, 1, 7),
}
COUNTED = {"injury_events": 0, "injured_cases": 0, "serious_cases": 1, "fatal_cases": 2, "worst_grade": 3}


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("code", COUNTED)
def test_what_is_counted_in_each_window(pool_of: Callable, code: str, window: str) -> None:
    pool = pool_of(injuries=[injury(n, occurred=day, **more) for n, (day, more) in enumerate(HURT)])
    none = None if code == "worst_grade" else 0
    assert measured(pool, code, window=window) == {1: WINDOWS[window][COUNTED[code]], 2: none}


@pytest.mark.parametrize("window, expected", [("last_3_months", 2), ("last_6_months", 3), (LAST_YEAR, 1)])
def test_people_hurt_twice_count_twice_and_cases_by_their_claim(pool_of: Callable, window: str, expected: int) -> None:
    """One worker in January and February 2026, another in October 2025 and February 2025; all of them recognised that day."""
    days = {day(2026, 1, 5): 7, day(2026, 2, 5): 7, day(2025, 10, 5): 8, day(2025, 2, 5): 8}
    rows = [
        injury(n, occurred=at, reported=at, recognised=at, status="recognised", worker=worker)
        for n, (at, worker) in enumerate(days.items())
    ]
    pool = pool_of(injuries=rows)
    assert measured(pool, "injured_cases", window=window)[1] == expected
    assert measured(pool, "recognised_cases", window=window)[1] == expected
    assert measured(pool, "claimed_cases", window=window)[1] == expected


@pytest.mark.parametrize(
    "window, average, rate",
    [
        ("last_3_months", 150.0, 4 * 1000 / 150),  # December to March: 100, 200 (two not delivered)
        ("last_6_months", 200.0, 6 * 1000 / 200),  # September to March: 300, 100, 200
        (LAST_YEAR, 45.0, 2 * 1000 / 45),  # January and March 2025: 40, 50
    ],
)
def test_rates_stand_on_the_headcounts_of_the_same_window(pool_of: Callable, window: str, average: float, rate: float) -> None:
    """A month that the window touches with one day counts whole: its month-end is what was delivered."""
    heads = [staff(9, 300, year=2025), staff(12, 100, year=2025), staff(2, 200)]
    heads += [staff(1, 40, year=2025), staff(3, 50, year=2025), staff(12, 999, year=2024), staff(4, 999)]
    heads.append(staff(8, 999, year=2025))
    pool = pool_of(injuries=[injury(n, occurred=day, **more) for n, (day, more) in enumerate(HURT)], headcounts=heads)
    assert measured(pool, "average_headcount", window=window) == {1: average, 2: None}
    assert measured(pool, "incidence_rate", window=window)[1] == pytest.approx(rate)


def test_shares_and_the_areas_rate_last_year(pool_of: Callable) -> None:
    """1 January and 20 March 2025: one serious, one fatal of two; 45 heads of unit 1, none hurt of 55 at unit 2."""
    heads = [staff(1, 40, year=2025), staff(3, 50, year=2025), staff(1, 60, 2, 2025), staff(3, 50, 2, 2025)]
    pool = pool_of(injuries=[injury(n, occurred=day, **more) for n, (day, more) in enumerate(HURT)], headcounts=heads)
    assert measured(pool, "serious_share", window=LAST_YEAR) == {1: 100.0, 2: None}
    assert measured(pool, "pooled_incidence_rate", window=LAST_YEAR) == {1: 20.0, 2: 20.0}
    assert measured(pool, "fatal_rate", window=LAST_YEAR)[2] == 0.0


def test_hazards_found_within_a_window(pool_of: Callable) -> None:
    days = [day(2025, 9, 20), day(2025, 9, 21), day(2026, 3, 20), day(2025, 2, 1)]
    pool = pool_of(disease_hazards=[{"enterprise": 1, "kind": "noise", "opened": at, "closed": None} for at in days])
    assert measured(pool, "disease_hazards", window="last_6_months") == {1: 2, 2: 0}
    assert measured(pool, "disease_hazards", window=LAST_YEAR) == {1: 1, 2: 0}


@pytest.mark.parametrize("window", ["last_1_months", "last_7_months", "last_18_months", LAST_YEAR])
@pytest.mark.parametrize("code", sorted(measures()))
def test_every_measure_answers_for_every_unit_on_every_window(pool_of: Callable, code: str, window: str) -> None:
    assert set(measured(pool_of(injuries=[injury(1, worker=1)], headcounts=[staff(3, 10)]), code, window=window)) == {1, 2}


def test_a_window_ends_with_a_month_that_is_shorter(pool_of: Callable) -> None:
    """On 29 February 2028 近6个月 begins with September (month ends meet); 去年同期 ends on 28 February."""
    leap = Ask(date(2028, 2, 29), window="last_6_months").period
    assert (leap.start, leap.end) == (day(2027, 9, 1), day(2028, 2, 29))
    before = Ask(date(2028, 2, 29), window=LAST_YEAR).period
    assert (before.start, before.end) == (day(2027, 1, 1), day(2027, 2, 28))
