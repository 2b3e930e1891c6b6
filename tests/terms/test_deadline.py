from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wushang.terms.deadline import Length, due, left
from wushang.terms.period import Period

MONTH, SIXTY = Length(1, "months"), Length(60, "days")


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("30 days", Length(30, "days")),
        ("10 working_days", Length(10, "working_days")),
        ("1 months", MONTH),
        ("1个月", MONTH),
        ("１个月", MONTH),
        ("5个工作日", Length(5, "working_days")),
        ("60日", SIXTY),
        ("1年", Length(12, "months")),
    ],
)
def test_a_length_is_read_as_written(text, length):
    assert Length.parse(text) == length
    assert Length.parse(str(length)) == Length.parse(length.zh) == length


@pytest.mark.parametrize("text", ["", "一个月", "30", "-3 days", "2 weeks", "1.5个月"])
def test_what_is_no_length_is_refused_with_examples(text):
    with pytest.raises(ValueError, match="5个工作日"):
        Length.parse(text)


def test_one_month_from_31_january_is_28_february():
    assert due(date(2026, 1, 31), MONTH, on_holiday="stay") == date(2026, 2, 28)
    assert due(date(2024, 1, 31), MONTH, on_holiday="stay") == date(2024, 2, 29)


def test_an_end_on_a_holiday_moves_to_the_next_working_day():
    # 2025-09-05 + 1 month = 2025-10-05, in 国庆 (1st to 8th): due on the 9th
    assert due(date(2025, 9, 5), MONTH) == date(2025, 10, 9)
    assert due(date(2025, 9, 5), MONTH, on_holiday="stay") == date(2025, 10, 5)


def test_the_first_day_is_not_counted():
    assert due(date(2026, 3, 2), Length(30, "days")) == date(2026, 4, 1)
    assert due(date(2026, 3, 2), Length(0, "days")) == date(2026, 3, 2)


def test_five_working_days_before_national_day_end_after_it():
    # 2025-09-28 is a worked Sunday; 29, 30 September, 9, 10, 11 (worked Saturday) October
    assert due(date(2025, 9, 28), Length(5, "working_days")) == date(2025, 10, 11)


def test_two_overlapping_suspensions_count_as_their_union():
    start = date(2026, 3, 2)  # 60 days without a stop: 1 May
    first = Period(date(2026, 3, 10), date(2026, 3, 19))  # 10 days
    second = Period(date(2026, 3, 15), date(2026, 3, 24))  # 10 days, 5 of them the same: union 15, sum 20
    assert due(start, SIXTY, on_holiday="stay") == date(2026, 5, 1)
    assert due(start, SIXTY, [first, second], on_holiday="stay") == date(2026, 5, 16)
    assert due(start, SIXTY, [(second.start, second.end), first, first], on_holiday="stay") == date(2026, 5, 16)


def test_a_suspension_after_the_end_or_before_the_start_changes_nothing():
    assert due(date(2026, 3, 2), SIXTY, [(date(2026, 5, 2), date(2026, 5, 9))], "stay") == date(2026, 5, 1)
    assert due(date(2026, 3, 2), SIXTY, [(date(2026, 2, 1), date(2026, 3, 2))], "stay") == date(2026, 5, 1)


def test_a_suspension_that_is_still_open_has_no_due_day():
    stops = [(date(2026, 3, 10), None)]
    with pytest.raises(ValueError, match="尚未恢复"):
        due(date(2026, 3, 2), SIXTY, stops)


def test_a_month_with_a_suspension_is_prolonged_by_its_days():
    assert due(date(2026, 3, 2), MONTH, [(date(2026, 3, 10), date(2026, 3, 11))], "stay") == date(2026, 4, 4)


def test_days_left_are_negative_when_overdue():
    assert left(date(2026, 3, 5), date(2026, 3, 2)) == 3
    assert left(date(2026, 3, 5), date(2026, 3, 6)) == -1


@given(
    st.dates(date(2024, 1, 1), date(2026, 6, 30)),
    st.integers(1, 90),
    st.lists(st.tuples(st.integers(0, 120), st.integers(0, 20)), max_size=4),
)
def test_exactly_the_length_is_used_up_on_the_last_day(start, number, offsets):
    stops = [(start + timedelta(a), start + timedelta(a + b)) for a, b in offsets]
    end = due(start, Length(number, "days"), stops, "stay")
    stopped = {a + timedelta(n) for a, b in stops for n in range((b - a).days + 1)}
    assert sum(start + timedelta(n) not in stopped for n in range(1, (end - start).days + 1)) == number
    assert end not in stopped
