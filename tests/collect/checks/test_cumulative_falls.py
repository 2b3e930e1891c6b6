from datetime import date

import polars as pl

from wushang.collect.checking import check_file
from wushang.collect.source import shipped

HEADER = "月份,单位名称,应检人数,体检人数累计"


def told(*lines: str, history=None) -> list[tuple]:
    content = "\n".join([HEADER, *lines]).encode()
    checked = check_file(content, "a.csv", shipped()["health_checks"], date(2026, 5, 1), history=history)
    assert checked.accepted.height == len(lines), "it is remarked, the row is taken"
    return [(r.row, r.field, r.problem.why) for r in checked.remarks if r.problem.code == "cumulative_falls"]


def test_a_running_total_that_falls_within_the_year_is_remarked_in_whatever_order_the_months_stand():
    assert told("202603,甲,60,9", "202602,甲,60,12") == [(2, "checked_ytd", "从年初累计数应逐月不减，本月比前一个月小")]


def test_january_begins_anew_and_another_unit_is_another_total():
    assert told("202512,甲,60,90", "202601,甲,60,3", "202602,乙,60,1") == []


def test_it_is_held_against_what_was_known_of_the_same_year():
    def known(since: str):
        frame = pl.DataFrame({"whose": ["|甲|"], "since": [since], "checked_ytd": [30]})
        return lambda source, period: frame

    assert told("202603,甲,60,9", history=known("2026-02")) == [(2, "checked_ytd", "从年初累计数应逐月不减，本次比上次（2026-02）小")]
    assert told("202603,甲,60,9", history=known("2025-12")) == []
