"""Dirt: dates without a year (3月5日): taken only where the file's period settles the year, and said; else they wait."""

from datetime import date

from collect.dirt.files import CASE, CLAIM, claims, csv_of, waits

LINE = [*CASE[:3], "3月5日", CASE[4]]


def test_the_period_of_the_file_settles_the_year():
    checked = claims(csv_of(["云溪市2026年3月工伤认定台账"], CLAIM, LINE), "a.csv")
    assert checked.accepted["occurred"].to_list() == [date(2026, 3, 5)]
    assert "“事故时间”有 1 行只写了月日：本表所属期是 2026-03，都按 2026 年读" in checked.notes


def test_a_day_outside_the_period_waits():
    content = csv_of(["云溪市2026年3月工伤认定台账"], CLAIM, [*CASE[:3], "2月27日", CASE[4]])
    assert waits(claims(content, "a.csv")) == {3: ["unreadable_date"]}


def test_a_period_of_two_years_settles_nothing():
    lines = [LINE, ["工2", *CASE[1:3], "2025-03-01", "2025-03-09"]]
    assert waits(claims(csv_of(CLAIM, *lines), "a.csv")) == {2: ["unreadable_date"]}
