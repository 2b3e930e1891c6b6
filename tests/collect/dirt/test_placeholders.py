"""Dirt: placeholders for nothing (无, /, -, 不详, 待补): missing where they mean nothing, kept where they mean something."""

import pytest
from collect.dirt.files import CASE, CLAIM, claims, csv_of, waits


@pytest.mark.parametrize("said", ["无", "/", "-", "——", "不详", "待补", "N/A", "（空）", "　"])
def test_a_placeholder_is_missing(said):
    checked = claims(csv_of([*CLAIM, "联系电话"], [*CASE, said]), "a.csv")
    assert checked.accepted["phone"].to_list() == [None]
    assert waits(claims(csv_of(CLAIM, [*CASE[:2], said, *CASE[3:]]), "a.csv")) == {2: ["required"]}


def test_a_word_that_means_something_stays():
    checked = claims(csv_of([*CLAIM, "自理障碍", "岗位"], [*CASE, "无", "无锡籍焊工"]), "a.csv")
    assert checked.accepted.select("care", "post").rows() == [("无", "无锡籍焊工")]
