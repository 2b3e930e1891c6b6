"""Dirt: files that end too early: workbooks are refused, a text that ends within a character too; nothing is read in half."""

import pytest
from collect.dirt.biff_writer import xls
from collect.dirt.files import MONTHLY, check, csv_of, xlsx_of

from wushang.terms.problem import Refused

LINES = [MONTHLY, *([["202603", f"{n:05}", f"恒岳杯业第{n}分公司", str(n)] for n in range(600)])]


@pytest.mark.parametrize("kind", [xlsx_of, xls])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.95, 0.999])
def test_a_workbook_that_ends_too_early_is_refused(kind, share):
    whole = kind(*LINES)
    with pytest.raises(Refused, match="文件打不开"):
        check(whole[: int(len(whole) * share)])


def test_a_text_that_ends_within_a_character_is_refused():
    content = csv_of(*LINES)
    with pytest.raises(Refused):
        check(content[: content.rfind("恒".encode()) + 1], "a.csv")


def test_a_text_that_ends_within_a_row_keeps_that_row_waiting():
    content = csv_of(*LINES)
    cut = check(content[: content.rfind(b",")], "a.csv")
    assert [w.row for w in cut.quarantined] == [601]
