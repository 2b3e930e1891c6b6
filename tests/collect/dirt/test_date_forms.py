"""Dirt: one day written in every way: 2026.3.5, 2026/03/05, 20260305, 2026年3月5日, 46086, date cells, 00:00:00."""

from datetime import date, datetime

import pytest
from collect.dirt import biff_writer
from collect.dirt.files import CASE, CLAIM, Shown, claims, csv_of, waits, xlsx_of

DAY = date(2026, 3, 5)
WAYS = ["2026.3.5", "2026-3-5", "2026/03/05", "20260305", "2026年3月5日", "46086", "2026-03-05 00:00:00", "'2026-03-05",
        "２０２６．３．５", "2026 年 3 月 5 号", "2026-03-05T00:00:00"]  # fmt: skip


@pytest.mark.parametrize("said", WAYS)
def test_every_way_of_writing_a_day_is_that_day(said):
    found = claims(csv_of(CLAIM, [*CASE[:3], said, CASE[4]]), "a.csv").accepted
    assert found.select("occurred", "hour").rows() == [(DAY, None)]


@pytest.mark.parametrize(
    "cell",
    [DAY, datetime(2026, 3, 5), 46086, Shown(DAY, 'yyyy"年"m"月"d"日"'), Shown(46086, "m月d日"), Shown(DAY, "[$-804]yyyy/m/d")],
)
def test_every_date_cell_is_that_day(cell):
    assert claims(xlsx_of(CLAIM, [*CASE[:3], cell, CASE[4]])).accepted["occurred"].to_list() == [DAY]


def test_a_date_cell_of_an_old_xls_is_that_day():
    content = biff_writer.xls(CLAIM, [*CASE[:3], biff_writer.Day(46086), CASE[4]])
    assert claims(content).accepted["occurred"].to_list() == [DAY]


@pytest.mark.parametrize("said", ["26.3.5", "3/5/2026", "2026-02-30", "2026年3月", "去年春节"])
def test_what_can_be_read_in_two_ways_waits(said):
    assert waits(claims(csv_of(CLAIM, [*CASE[:3], said, CASE[4]]), "a.csv")) == {2: ["unreadable_date"]}
