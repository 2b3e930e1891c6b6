"""Dirt: ods of LibreOffice and WPS: repeated cells, dates, errors, percents and hidden rows as in any other workbook."""

from datetime import date

from collect.dirt.files import CASE, CLAIM, MONTHLY, ROW, check, claims, waits, zip_of

HEAD = b'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x">'
ROOM = b'<office:body><office:spreadsheet><table:table table:name="Sheet1">'
FOOT = b"</table:table></office:spreadsheet></office:body></office:document-content>"


def text(cell: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' if cell else "<table:table-cell/>"


def row(*cells: str, more: str = "") -> bytes:
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>".encode()


def ods(*rows: bytes) -> bytes:
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = b'<?xml version="1.0"?><manifest:manifest xmlns:manifest="m"/>'
    return zip_of({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": HEAD + ROOM + b"".join(rows) + FOOT})


def test_texts_numbers_and_dates_of_an_open_document():
    day = '<table:table-cell office:value-type="date" office:date-value="2026-03-05"><text:p>3月5日</text:p></table:table-cell>'
    checked = claims(ods(row(*map(text, CLAIM)), row(*map(text, CASE[:3]), day, text(CASE[4]))), "a.ods")
    assert checked.accepted["occurred"].to_list() == [date(2026, 3, 5)]


def test_an_error_is_no_blank_there_either():
    error = '<table:table-cell table:formula="of:=NA()" office:value-type="string"><text:p>#N/A</text:p></table:table-cell>'
    checked = check(ods(row(*map(text, [*MONTHLY, "工资总额"])), row(*map(text, ROW), error)), "a.ods")
    assert waits(checked) == {2: ["cell_error"]}


def test_hidden_rows_are_read_and_said():
    content = ods(row(*map(text, MONTHLY)), row(*map(text, ROW), more=' table:visibility="filter"'))
    checked = check(content, "a.ods")
    assert (checked.rows, "原文件里有隐藏的行或列，也已读取" in checked.notes) == (1, True)


def test_a_sheet_that_ends_in_a_million_empty_rows_is_read():
    empty = b'<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    assert check(ods(row(*map(text, MONTHLY)), row(*map(text, ROW)), empty), "a.ods").rows == 1
