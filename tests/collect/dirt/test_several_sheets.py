"""Dirt: several sheets: a cover is told; a sheet a month is a delivery a month, named by its sheet, “2026年3月(2)” too."""

import pytest
from collect.dirt.biff_writer import xls
from collect.dirt.files import MONTHLY, ROW, check, waits, xlsx_of

from wushang.collect.pieces import opened
from wushang.terms.problem import Refused

FEBRUARY = ["202602", "0001", "恒岳杯业有限公司", "57"]
BOOK = xlsx_of(MONTHLY, FEBRUARY, sheet="2026年2月", more=[("2026年3月(2)", [MONTHLY, ROW]), ("说明", [["填表说明"]])])
OLD = xls(MONTHLY, FEBRUARY, name="2026年2月", sheets=[("2026年3月(2)", [MONTHLY, ROW])])


def test_a_cover_sheet_is_told_by_name():
    checked = check(xlsx_of(["填表说明"], sheet="说明", more=[("Sheet1", [MONTHLY, ROW])]))
    assert "只读了工作表“Sheet1”；未读：“说明”（1 行）" in checked.notes


def test_two_sheets_are_not_guessed_between():
    with pytest.raises(Refused, match="有 2 张工作表都是参保缴费：“2026年2月”、“2026年3月"):
        check(BOOK)


@pytest.mark.parametrize("book", [BOOK, OLD])
def test_the_sheet_that_is_named_is_read_for_its_month(book):
    checked = check(book, sheet_name="2026年3月(2)")
    assert (f"{checked.period.start:%Y-%m}", checked.accepted["insured"].to_list()) == ("2026-03", [58])
    assert any(note.startswith("本批只含工作表“2026年3月(2)”；同一文件里还有：“2026年2月”（2 行）") for note in checked.notes)
    assert waits(check(book, sheet_name="2026年2月")) == {}


@pytest.mark.django_db
@pytest.mark.parametrize("book", [BOOK, OLD])
def test_each_sheet_becomes_its_own_delivery_and_one_sentence_says_so(now, book):
    found = opened(book, "参保.xlsx", "insurance_monthly", now)
    assert [piece.sheet for piece in found.pieces] == ["2026年2月", "2026年3月(2)"]
    (said,) = found.said
    assert said.startswith("“参保.xlsx”有 2 张工作表都是参保缴费：“2026年2月”、“2026年3月(2)”。已各登记一批")


@pytest.mark.django_db
def test_one_sheet_is_one_delivery_without_a_word(now):
    found = opened(xlsx_of(MONTHLY, ROW, more=[("说明", [["填表说明"]])]), "a.xlsx", "insurance_monthly", now)
    assert ([piece.sheet for piece in found.pieces], found.said) == ([""], [])
