"""Dirt: error cells (#N/A, #REF!, #DIV/0!) and columns too narrow (####): they wait, they are no blanks."""

import pytest
from collect.dirt import biff_writer
from collect.dirt.files import MONTHLY, Formula, check, csv_of, waits, xlsx_of

HEAD = ["202603", "0001", "恒岳杯业有限公司", "58"]
LINES = [*MONTHLY, "工资总额"]


@pytest.mark.parametrize("error", ["#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"])
@pytest.mark.parametrize("kind", ["xlsx", "xls", "csv"])
def test_an_error_in_any_column_waits_under_its_name(kind, error):
    content = {
        "xlsx": lambda: xlsx_of(LINES, [*HEAD, Formula("=VLOOKUP(1,A:B,2)", error)]),
        "xls": lambda: biff_writer.xls(LINES, [*HEAD, biff_writer.Formula(error)]),
        "csv": lambda: csv_of(LINES, [*HEAD, error]),
    }[kind]()
    checked = check(content)
    assert waits(checked) == {2: ["cell_error"]}
    assert checked.quarantined[0].raw["工资总额"] == error


def test_an_error_that_is_no_formula_waits_in_an_xls():
    assert waits(check(biff_writer.xls(LINES, [*HEAD, "#N/A"]))) == {2: ["cell_error"]}


def test_a_column_too_narrow_waits():
    assert waits(check(csv_of(LINES, [*HEAD, "#######"]), "a.csv")) == {2: ["cell_error"]}
