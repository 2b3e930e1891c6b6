"""Dirt: thousands separators (1,234.50 and １，２３４); a comma that separates nothing is not guessed over."""

from collect.dirt.files import MONTHLY, ROW, check, csv_of, waits

HEADER = [*MONTHLY, "工资总额"]


def test_separators_between_thousands_are_read():
    checked = check(csv_of(HEADER, [*ROW[:3], "1,203", "312,400.50"], ["202603", "2", "乙", "5", "１，２３４"]), "a.csv")
    assert checked.accepted.select("insured", "wages").rows() == [(1203, 31240050), (5, 123400)]


def test_a_comma_elsewhere_waits():
    assert waits(check(csv_of(HEADER, [*ROW, "12,34"]), "a.csv")) == {2: ["unreadable_number"]}
