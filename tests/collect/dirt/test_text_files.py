"""Dirt: csv, tsv and txt by any name, separated by comma, tab or semicolon; quotes; lines of unlike length."""

import pytest
from collect.dirt.files import MONTHLY, ROW, check, csv_of, waits


@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.txt", "a.dat"])
def test_the_separator_is_found_not_the_name(name, separator):
    assert check(csv_of(MONTHLY, ROW, separator=separator), name).accepted["insured"].to_list() == [58]


def test_a_separator_inside_quotes_separates_nothing():
    checked = check(csv_of(MONTHLY, ["202603", "0001", "恒岳杯业,\"东城\"分公司", "58"]), "a.csv")
    assert checked.accepted["name"].to_list() == ['恒岳杯业,"东城"分公司']


def test_a_line_with_too_few_cells_waits_and_one_with_more_is_read():
    content = b"\n".join([",".join(MONTHLY).encode(), "202603,0001,甲".encode(), "202603,0002,乙,5,,多余".encode()])
    checked = check(content, "a.csv")
    assert waits(checked) == {2: ["required"]}
    assert checked.accepted["insured"].to_list() == [5]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end(end):
    assert check(end.join([",".join(MONTHLY), ",".join(ROW)]).encode(), "a.csv").rows == 1
