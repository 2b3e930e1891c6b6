"""Dirt: the hour beside the day: 上午8：30, 下午3时许, date cells with a time; 00:00:00 says nothing of midnight."""

from datetime import datetime

import pytest
from collect.dirt.files import CASE, CLAIM, Shown, claims, csv_of, waits, xlsx_of


@pytest.mark.parametrize(
    ("said", "hour"),
    [("2026.3.5 上午8：30", 8), ("2026年3月5日下午3时许", 15), ("2026-03-05 23:59", 23), ("2026-3-5 凌晨12点", 0),
     ("2026-03-05 00:00:00", None), ("2026-3-5 晚上8点半", 20), ("2026.3.5　８：３０", 8)],
)  # fmt: skip
def test_the_hour_is_read_as_people_say_it(said, hour):
    assert claims(csv_of(CLAIM, [*CASE[:3], said, CASE[4]]), "a.csv").accepted["hour"].to_list() == [hour]


def test_a_date_cell_with_a_time_gives_the_hour():
    cell = Shown(datetime(2026, 3, 5, 8, 30), "yyyy-mm-dd hh:mm")
    assert claims(xlsx_of(CLAIM, [*CASE[:3], cell, CASE[4]])).accepted["hour"].to_list() == [8]


def test_an_hour_that_no_clock_has_waits():
    assert waits(claims(csv_of(CLAIM, [*CASE[:3], "2026-3-5 25:00", CASE[4]]), "a.csv")) == {2: ["unreadable_date"]}
