"""Dirt: figures from January on (累计) beside figures of the month: kept apart; one that falls within the year is asked about."""

from collect.dirt.files import check, csv_of

HEADER = ["月份", "单位名称", "应检人数", "体检人数累计"]


def told(checked):
    return [(r.row, r.problem.code) for r in checked.remarks if r.problem.code == "cumulative_falls"]


def test_a_running_total_gives_the_month_by_difference():
    lines = [["202601", "甲", "60", "20"], ["202602", "甲", "60", "20"], ["202603", "甲", "60", "58"]]
    checked = check(csv_of(HEADER, *lines), "a.csv", "health_checks")
    assert checked.accepted["checked"].to_list() == [20, 0, 38]
    assert told(checked) == []


def test_a_running_total_that_falls_within_the_year_is_asked_about():
    lines = [["202512", "甲", "60", "90"], ["202601", "甲", "60", "20"], ["202602", "甲", "60", "12"]]
    assert told(check(csv_of(HEADER, *lines), "a.csv", "health_checks")) == [(4, "cumulative_falls")]
