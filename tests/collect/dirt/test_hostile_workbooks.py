"""Dirt: workbooks made to do harm: zip bombs, entities, false sizes, too many parts, endless repeats, passwords."""

import io
import struct
import zipfile
import zlib

import pytest
from collect.dirt.files import MONTHLY, ROW, Formula, changed, check, waits, xlsx_of, zip_of

from wushang.collect.reading import parcel
from wushang.terms.problem import Refused

GOOD = xlsx_of(MONTHLY, ROW)
SHEET = "xl/worksheets/sheet1.xml"


def refused(content: bytes) -> str:
    with pytest.raises(Refused) as told:
        check(content)
    assert told.value.problem.remedy
    return told.value.problem.code


def test_a_bomb_is_refused_by_what_it_would_unpack_to():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        with zipfile.ZipFile(io.BytesIO(GOOD)) as good:
            for name in good.namelist():
                box.writestr(name, good.read(name))
        with box.open("xl/media/zeros.bin", "w", force_zip64=True) as part:
            for _ in range(150):
                part.write(bytes(1_000_000))
    assert refused(out.getvalue()) == "bomb"


@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml"])
def test_a_part_that_is_larger_than_it_says_is_refused_while_it_unpacks(part):
    """The header says 1,000 bytes; more than that comes out."""
    content = bytearray(changed(GOOD, part, lambda xml: xml + b" " * 5_000_000))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as box:
        info = box.getinfo(part)
    central = content.rfind(part.encode()) - 46
    short = zlib.crc32(zipfile.ZipFile(io.BytesIO(bytes(content))).read(part)[:1000])
    for place, crc, size in ((info.header_offset, 14, 22), (central, 16, 24)):
        struct.pack_into("<I", content, place + crc, short)
        struct.pack_into("<I", content, place + size, 1000)
    assert refused(bytes(content)) == "bomb"


def test_too_many_parts_are_refused():
    assert refused(zip_of({f"xl/{n}.xml": b"" for n in range(10_001)})) == "bomb"


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"])
def test_entities_are_refused_and_no_file_is_read(part):
    evil = b'<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;">]>\n'
    content = changed(GOOD, part, lambda xml: evil + xml.partition(b"?>")[2])
    assert refused(content) == "entities"


def test_a_password_is_said():
    assert refused(_with_flag(GOOD)) == "unreadable_file"


def _with_flag(content: bytes) -> bytes:
    """The same with the mark of encryption on every part."""
    changed_ = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as box:
        for part in box.infolist():
            changed_[part.header_offset + 6] |= 1
    at = 0
    while (at := changed_.find(b"PK\x01\x02", at)) >= 0:
        changed_[at + 8] |= 1
        at += 4
    return bytes(changed_)


def test_a_binary_workbook_is_refused_because_its_errors_cannot_be_seen():
    content = zip_of({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"\x00"})
    assert refused(content) == "xlsb"


def rewritten(names) -> bytes:
    """The good workbook under other names of its parts."""
    with zipfile.ZipFile(io.BytesIO(BROKEN)) as box:
        return zip_of({names(name): box.read(name) for name in box.namelist()})


BROKEN = xlsx_of([*MONTHLY, "工资总额"], [*ROW, Formula("=NA()", "#N/A")])


@pytest.mark.parametrize("names", [str.upper, lambda name: name.replace("sheet1", "SHEET1"), str])
def test_errors_are_seen_however_the_parts_are_spelt_or_the_file_is_refused(names):
    try:
        checked = check(rewritten(names))
    except Refused:
        return
    assert waits(checked) == {2: ["cell_error"]}


def test_two_parts_of_one_name_are_refused(recwarn):
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a") as box:
        box.writestr(SHEET, b"<worksheet/>")
    assert refused(out.getvalue()) == "unreadable_file"


def test_an_open_document_that_repeats_a_cell_without_end_is_refused():
    body = (
        b'<office:document-content><table:table table:name="a"><table:table-row table:number-rows-repeated="1000000">'
        b'<table:table-cell table:number-columns-repeated="16000" office:value-type="string"><text:p>x</text:p>'
        b"</table:table-cell></table:table-row></table:table></office:document-content>"
    )
    content = zip_of({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": body})
    assert refused(content) == "vast_sheet"


def test_a_million_empty_columns_and_rows_are_no_table():
    wide = changed(GOOD, SHEET, lambda xml: xml.replace(b'ref="A1:D2"', b'ref="A1:XFD1048576"'))
    assert check(wide).rows == 1
    far = changed(GOOD, SHEET, lambda xml: xml.replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row></sheetData>'))  # fmt: skip
    assert refused(far) == "vast_sheet"


def test_a_parcel_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(parcel, "UNPACKED", 1000)
    with pytest.raises(Refused, match="压缩包解压后超过"):
        parcel.unpacked(zip_of({"a.csv": bytes(600), "b.csv": bytes(600)}), "a.zip")
