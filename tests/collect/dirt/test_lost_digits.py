"""Dirt: numbers that lost digits (3.30722E+17, zeros after the fifteenth): they wait, nothing is guessed."""

import pytest
from collect.dirt.biff_writer import xls
from collect.dirt.files import CASE, CLAIM, MONTHLY, ROW, check, claims, csv_of, waits, xlsx_of

HEADER = [*CLAIM, "证件号码"]


@pytest.mark.parametrize("write", [xlsx_of, xls])
def test_an_id_number_in_a_number_cell_has_lost_its_end(write):
    checked = claims(write(HEADER, [*CASE, 330722199001011234]))
    assert waits(checked) == {2: ["digits_lost"]}
    assert checked.quarantined[0].raw["证件号码"] == "3.30722E+17"


def test_a_csv_saved_from_such_a_workbook_waits_too():
    assert waits(claims(csv_of(HEADER, [*CASE, "3.30722E+17"]), "a.csv")) == {2: ["digits_lost"]}


def test_zeros_where_the_digits_were_cut_wait():
    found = waits(claims(csv_of(HEADER, [*CASE, "330722199001011000"]), "a.csv"))
    assert "digits_doubtful" in found[2]


def test_an_insurance_number_beyond_fifteen_digits_waits():
    checked = check(xlsx_of(MONTHLY, ["202603", 33072200100200301, "甲", 5], ROW))
    assert waits(checked) == {2: ["digits_lost"]}


def test_a_whole_number_cell_has_no_point():
    assert check(xlsx_of(MONTHLY, [202603, 3301, "甲", 58])).accepted.row(0)[1] == "2026-03|3301|"
