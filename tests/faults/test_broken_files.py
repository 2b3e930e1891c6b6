"""Broken and hostile files through the door and the worker: a sentence in Chinese, nothing left half, the next file works."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from wushang.collect.deeds.check_batch import check_waiting
from wushang.collect.models import Batch, QuarantinedRow
from wushang.people.models import Department, User
from wushang.pool.models import Commit
from wushang.terms.problem import Refused

pytestmark = pytest.mark.django_db
HEADER = ["所属期", "单位编号", "单位名称", "参保人数"]
ROW = ["202603", "0001", "恒岳杯业", "58"]
GOOD = "\n".join([",".join(HEADER), ",".join(ROW)]).encode()


def workbook(*lines: list[str], far: tuple[int, int] | None = None) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for number, line in enumerate(lines):
            page.write_row(number, 0, line)
        if far:
            page.write_string(*far, "备注")
    return out.getvalue()


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same workbook with one part written anew (or added)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
        if name not in old.namelist():
            new.writestr(name, change(b""))
    return out.getvalue()


def declaring_everything() -> bytes:
    """One row in a sheet that says it reaches to the last cell there can be."""
    whole = lambda xml: re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1:XFD1048576"/>', xml)  # noqa: E731
    return with_part(workbook(HEADER, ROW), "xl/worksheets/sheet1.xml", whole)


def swollen() -> bytes:
    """A few kilobytes that say they unpack to more than two gigabytes."""
    content = bytearray(with_part(workbook(HEADER, ROW), "xl/media/zero.bin", lambda _: bytes(1000)))
    name = content.rfind(b"xl/media/zero.bin")  # in the central directory
    content[name - 46 + 24 : name - 46 + 28] = (4_000_000_000).to_bytes(4, "little")
    return bytes(content)


REFUSED = {
    "empty": (b"", "a.csv", "文件是空的"),
    "picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4, "照片.xlsx", "不是表格|既不是 UTF-8"),
    "torn workbook": (workbook(HEADER, *[ROW] * 300)[:-900], "a.xlsx", "文件打不开"),
    "torn in the middle": (workbook(HEADER, *[ROW] * 300)[:700], "a.xlsx", "文件打不开"),
    "NUL bytes": (GOOD + b"\x00\x00", "a.csv", "内容含二进制字节"),
    "one line of a megabyte": (b"x" * 1_000_000, "a.csv", "表头"),
    "one quoted line of a megabyte": (b'"' + b"x" * 1_000_000, "a.csv", "表头"),
    "header only": (workbook(HEADER), "a.xlsx", "下面没有数据行"),
    "a cell in the last corner": (workbook(HEADER, ROW, far=(1_048_575, 16_383)), "a.xlsx", "散落在表格之外很远"),
    "swollen": (swollen(), "a.xlsx", "解压后超过 2 GB"),
    "no sheet": (with_part(workbook(HEADER, ROW), "xl/workbook.xml", lambda _: b"<workbook/>"), "a.xlsx", "打不开|表头|工作表"),
    "no workbook": (b"PK\x05\x06" + bytes(18), "a.xlsx", "打不开|不是表格|表头"),
}  # fmt: skip
TAKEN = {
    "300 columns": (workbook([*HEADER, *(f"列{n}" for n in range(296))], [*ROW, *["1"] * 296]), "a.xlsx"),
    "all cells declared": (declaring_everything(), "a.xlsx"),
    "macros": (with_part(workbook(HEADER, ROW), "xl/vbaProject.bin", lambda _: b"\xd0\xcf\x11\xe0" + bytes(600)), "a.xlsm"),
    "renamed": (workbook(HEADER, ROW), "a.csv"),
    "far but empty": (workbook(HEADER, ROW, far=None), "a.xlsx"),
}  # fmt: skip


@pytest.fixture
def clerk(client, people):
    User.objects.update(password_set=timezone.now())
    client.force_login(people.wangli)
    client.raise_request_exception = True
    return client


def upload(clerk, content: bytes, name: str, **more):
    sender = Department.objects.get(code="990100-agency")
    file = SimpleUploadedFile(name, content)
    return clerk.post(reverse("collect:upload"), {"files": [file], "sender": sender.pk, **more}, follow=True)


@pytest.mark.parametrize("source", ["", "insurance_monthly"])
@pytest.mark.parametrize("kind", REFUSED)
def test_a_broken_file_gets_a_sentence_and_leaves_nothing_half(clerk, now, kind, source):
    content, name, words = REFUSED[kind]
    page = upload(clerk, content, name, source=source)
    assert page.status_code < 500
    check_waiting(timezone.now())
    said = page.content.decode() + "".join(str(batch.problem) for batch in Batch.objects.all())
    assert re.search(words, said), said[-2000:]
    assert set(Batch.objects.values_list("state", flat=True)) <= {Batch.FAILED, Batch.UNMAPPED}
    assert not QuarantinedRow.objects.exists() and not Commit.objects.exists()
    for batch in Batch.objects.all():
        shown = clerk.get(reverse("collect:batch", args=[batch.pk])).content.decode()
        assert batch.problem["why"] in shown and (batch.state == Batch.UNMAPPED or batch.problem["remedy"] in shown)
        assert batch.problem["code"] != "crashed"
    assert upload(clerk, GOOD, "好.csv", source="insurance_monthly").status_code == 200
    check_waiting(timezone.now())
    assert list(Batch.objects.filter(state=Batch.CHECKED).values_list("taken", "problem")) == [(1, {})], Batch.objects.values()


@pytest.mark.parametrize("kind", TAKEN)
def test_an_odd_file_that_holds_a_table_is_read(clerk, kind):
    content, name = TAKEN[kind]
    assert upload(clerk, content, name, source="insurance_monthly").status_code == 200
    check_waiting(timezone.now())
    batch = Batch.objects.get()
    assert (batch.state, batch.rows, batch.taken) == (Batch.CHECKED, 1, 1)


def test_a_far_cell_that_is_only_formatted_harms_nothing():
    from wushang.collect.reading import read

    def format_far(xml: bytes) -> bytes:
        return xml.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>')

    (sheet,) = read(with_part(workbook(HEADER, ROW), "xl/worksheets/sheet1.xml", format_far), "a.xlsx")
    assert sheet.cells.height == 2


def test_a_sheet_is_refused_by_its_emptiness_not_by_its_size():
    from wushang.collect.reading.xlsx import anatomy

    anatomy(workbook(HEADER, ROW, far=(99_999, 199)), "a.xlsx")  # 20 million cells: may be empty
    with pytest.raises(Refused, match="到第 100001 行、第 200 列"):
        anatomy(workbook(HEADER, ROW, far=(100_000, 199)), "a.xlsx")


@pytest.mark.parametrize("far", [(3, 25), (3, 26), (700, 701), (99, 702), (65_535, 255), (1000, 16_383)])
def test_the_last_cell_is_found_wherever_it_stands_and_however_it_is_written(far):
    from wushang.collect.reading.extent import Extent

    with zipfile.ZipFile(io.BytesIO(workbook(HEADER, ROW, far=far))) as box:
        xml = box.read("xl/worksheets/sheet1.xml")
    for written in (xml, re.sub(rb"<(/?)(c|v|row)\b", rb"<\1x:\2", xml)):
        extent = Extent()
        extent.add(written)
        assert (extent.filled, extent.bottom, extent.right, extent.plain) == (9, far[0] + 1, far[1] + 1, True)


def test_cells_that_do_not_say_where_they_stand_are_counted_by_parsing():
    from wushang.collect.reading import read

    bare = with_part(workbook(HEADER, ROW), "xl/worksheets/sheet1.xml", lambda xml: re.sub(rb' r="[A-Z]+\d+"', b"", xml))
    assert read(bare, "a.xlsx")[0].line(1) == ROW
    wide = rb"<c/>" * 30 + rb'<c t="str"><v>x</v></c></row><row r="1048576"'
    far = with_part(bare, "xl/worksheets/sheet1.xml", lambda xml: re.sub(rb'</row><row r="2"', wide, xml))
    with pytest.raises(Refused, match="到第 1048576 行、第 35 列"):
        read(far, "a.xlsx")
