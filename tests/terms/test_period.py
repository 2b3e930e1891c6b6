from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wushang.terms.period import Period, add_months, is_window, month_of, window, window_title

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


def test_january_31_and_one_month_is_february_28():
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2026, 3, 31), -1) == date(2026, 2, 28)


def test_a_period_counts_both_ends():
    march = Period(date(2026, 3, 1), date(2026, 3, 31))
    assert march.days == 31
    assert date(2026, 3, 31) in march and date(2026, 4, 1) not in march


def test_a_period_over_new_year_touches_three_months():
    assert Period(date(2025, 12, 31), date(2026, 2, 1)).months() == [
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]


def test_a_period_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="swap"):
        Period(date(2026, 3, 2), date(2026, 3, 1))


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("year_to_date", date(2026, 1, 1), date(2026, 3, 15)),
        ("month", date(2026, 3, 1), date(2026, 3, 15)),
        ("last_12_months", date(2025, 3, 16), date(2026, 3, 15)),
        ("last_3_months", date(2025, 12, 16), date(2026, 3, 15)),
        ("same_period_last_year", date(2025, 1, 1), date(2025, 3, 15)),
        ("open", date(2026, 3, 15), date(2026, 3, 15)),
    ],
)
def test_windows_at_15_march_2026_are_literal_dates(name, start, end):
    assert window(name, date(2026, 3, 15)) == Period(start, end)


def test_a_window_that_ends_a_month_holds_whole_months():
    assert window("last_12_months", date(2026, 2, 28)) == Period(date(2025, 3, 1), date(2026, 2, 28))
    assert window("same_period_last_year", date(2025, 2, 28)) == Period(date(2024, 1, 1), date(2024, 2, 29))
    assert window("same_period_last_year", date(2024, 2, 29)) == Period(date(2023, 1, 1), date(2023, 2, 28))


def test_an_unknown_window_names_the_known_ones():
    assert not is_window("last_0_months")
    with pytest.raises(ValueError, match="year_to_date"):
        window("this_fortnight", date(2026, 3, 15))


def test_windows_have_chinese_titles():
    assert window_title("last_6_months") == "近6个月"
    assert window_title("same_period_last_year") == "去年同期"


@given(DAYS, st.integers(1, 60))
def test_the_last_n_months_touch_n_or_n_plus_one_months(day, months):
    touched = window(f"last_{months}_months", day).months()
    assert touched[-1] == month_of(day)
    assert len(touched) in (months, months + 1)


def test_overlapping_periods_share_their_common_days():
    first, second = Period(date(2026, 1, 1), date(2026, 1, 10)), Period(date(2026, 1, 8), date(2026, 2, 1))
    assert first.overlap(second) == Period(date(2026, 1, 8), date(2026, 1, 10))
    assert first.overlap(Period(date(2026, 1, 11), date(2026, 1, 11))) is None
