"""Dirt: rows twice in one file: duplicates, counted, never doubled."""

from collect.dirt.files import CASE, CLAIM, claims, csv_of, waits


def test_a_row_twice_in_other_clothes_is_one_row_and_one_duplicate():
    again = ["工(2026)1号", " 恒岳杯业有限公司 ", "张\u200b三", "2026.3.5", "20260309"]
    checked = claims(csv_of(CLAIM, CASE, again), "a.csv")
    assert (checked.accepted.height, checked.duplicates.rows(), waits(checked)) == (1, [(3, 2)], {})


def test_one_number_with_two_contents_waits_on_both_sides():
    checked = claims(csv_of(CLAIM, CASE, [*CASE[:2], "李四", *CASE[3:]]), "a.csv")
    assert waits(checked) == {2: ["duplicate_key"], 3: ["duplicate_key"]}
