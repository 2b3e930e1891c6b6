from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from wushang.terms.calendar import (
    add_working_days,
    announced_years,
    is_provisional,
    is_working_day,
    next_working_day,
    working_days_between,
)

ANY_DAY = st.dates(date(1949, 10, 1), date(2099, 12, 31))


def test_national_day_2025_is_off_and_the_saturday_after_is_worked():
    assert not is_working_day(date(2025, 10, 8))  # Wednesday, holiday
    assert is_working_day(date(2025, 10, 9))
    assert is_working_day(date(2025, 10, 11))  # Saturday, 调休上班


def test_the_day_after_a_long_holiday_is_the_next_working_day():
    assert next_working_day(date(2025, 10, 1)) == date(2025, 10, 9)
    assert next_working_day(date(2025, 10, 9)) == date(2025, 10, 9)


def test_working_days_are_counted_after_the_start_and_with_the_end():
    assert working_days_between(date(2025, 9, 30), date(2025, 10, 11)) == 3  # 9th, 10th, 11th
    assert working_days_between(date(2025, 10, 11), date(2025, 9, 30)) == -3
    assert add_working_days(date(2025, 9, 30), 3) == date(2025, 10, 11)


def test_beyond_the_last_announced_year_the_statutory_holidays_hold_and_are_provisional():
    assert announced_years()[1] >= 2026
    spring_festival = [date(2031, 1, day) for day in (22, 23, 24, 25)]
    assert not any(is_working_day(day) for day in spring_festival)
    assert is_provisional(date(2031, 1, 23)) and not is_provisional(date(2025, 10, 8))
    assert is_working_day(date(2031, 1, 21))


def test_far_years_know_weekends_and_fixed_holidays():
    assert not is_working_day(date(2090, 10, 2))  # Monday, 国庆节
    assert not is_working_day(date(2090, 10, 1))  # Sunday
    assert is_working_day(date(2090, 10, 4))
    assert is_working_day(date(2003, 3, 5))


@given(ANY_DAY)
def test_every_day_has_an_answer_and_a_working_day_within_two_weeks(day):
    following = next_working_day(day)
    assert day <= following <= day + timedelta(days=14)
    assert is_working_day(following)


@given(ANY_DAY, st.integers(0, 40))
def test_adding_working_days_and_counting_them_agree(day, count):
    assert working_days_between(day, add_working_days(day, count)) == count
