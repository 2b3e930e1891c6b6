"""台账 files: title, maker, total and print set-up are there, text stays text."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

from python_calamine import CalamineWorkbook

from wushang.pool.sheet import Column, Heading, ledger

HEADING = Heading("预警台账", "云溪市人力资源和社会保障局", "王丽", date(2026, 3, 20), "口径：按发出日期。")
COLUMNS = [
    Column("序号", 8, "count"),
    Column("单位名称", 30),
    Column("发出日期", 12, "date"),
    Column("起数", 8, "count", total=True),
]
ROWS = [(1, "甲厂", date(2026, 3, 1), 2), (2, "=1+1", date(2026, 3, 2), 3), (3, "丙厂", None, None)]


def cells(data: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)


def test_a_ledger_has_title_maker_header_rows_total_and_note() -> None:
    page = cells(ledger(HEADING, COLUMNS, ROWS))
    assert page[0][0] == "预警台账"
    assert page[1][0] == "填报单位：云溪市人力资源和社会保障局　　制表人：王丽　　日期：2026-03-20"
    assert page[2] == ["序号", "单位名称", "发出日期", "起数"]
    assert page[3] == [1.0, "甲厂", date(2026, 3, 1), 2.0]
    assert page[6] == ["合计 3 条", "", "", 5.0]
    assert page[7][0] == "口径：按发出日期。"


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    data = ledger(HEADING, COLUMNS, ROWS)
    assert cells(data)[4][1] == "=1+1"
    assert b"<f>" not in ZipFile(BytesIO(data)).read("xl/worksheets/sheet1.xml")


def test_an_empty_ledger_says_that_it_holds_nothing() -> None:
    assert cells(ledger(HEADING, COLUMNS, []))[3][0] == "合计 0 条"


def test_it_prints_landscape_on_the_paper_asked_for_with_the_header_repeated() -> None:
    for paper, number in (("A4", "9"), ("A3", "8")):
        book = ZipFile(BytesIO(ledger(HEADING, COLUMNS, ROWS, paper)))
        page = book.read("xl/worksheets/sheet1.xml").decode()
        assert f'paperSize="{number}"' in page and 'orientation="landscape"' in page and 'fitToHeight="0"' in page
        assert "Print_Titles" in book.read("xl/workbook.xml").decode()
        assert "第 &amp;P 页 共 &amp;N 页" in page
