"""Which period the meeting page is about."""

from datetime import date

import pytest

from wushang.terms.period import Period
from wushang.web.meeting.asked import Asked, asked, choices, newest


@pytest.mark.parametrize(
    ("today", "last"),
    [
        (date(2026, 3, 20), date(2026, 2, 1)),
        (date(2026, 11, 1), date(2026, 10, 1)),
        (date(2026, 2, 28), date(2025, 12, 1)),  # January never stands alone
        (date(2026, 1, 5), date(2025, 12, 1)),
    ],
)
def test_the_newest_period_ends_with_the_last_complete_month(today, last):
    assert newest(today) == last


def test_january_and_february_are_always_together():
    assert Asked(date(2026, 2, 1), "month").period == Period(date(2026, 1, 1), date(2026, 2, 28))
    assert Asked(date(2026, 3, 1), "month").period == Period(date(2026, 3, 1), date(2026, 3, 31))
    assert Asked(date(2026, 2, 1), "month").text == "2026年1—2月"


def test_a_period_runs_from_january_on_and_last_year_has_the_same_months():
    whole = Asked(date(2024, 2, 1))
    assert whole.period == Period(date(2024, 1, 1), date(2024, 2, 29))
    assert whole.last == Period(date(2023, 1, 1), date(2023, 2, 28))


@pytest.mark.parametrize("said", ["2026-09", "", "soon", "2030-01"])
def test_a_month_that_is_not_over_or_cannot_be_read_becomes_the_newest(said):
    assert asked({"end": said}, date(2026, 3, 20)) == Asked(date(2026, 2, 1))


def test_january_alone_cannot_be_asked_for():
    assert asked({"end": "2026-01"}, date(2026, 4, 2)).end == date(2025, 12, 1)
    assert "2026-01" not in dict(choices(date(2026, 4, 2)))
    assert dict(choices(date(2026, 4, 2)))["2026-02"] == "2026年1—2月"
