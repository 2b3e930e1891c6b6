"""A file read slab by slab says what it says in one piece, however it is written."""

import io
from datetime import date
from importlib import import_module

import polars as pl
import pytest
from collect.test_kept_files import kept

from wushang.collect.checking import check_file
from wushang.collect.reading import read, sheet
from wushang.collect.source import shipped
from wushang.terms.problem import Refused

separated = import_module("wushang.collect.reading.separated")

PLAIN = "题目\n\n月份,名称,人数\n202601,第一厂𠮷,1\n202601,第二厂\n , ,\n202602,第三厂,3,多\n合计,,4"
QUOTED = '月份,"名称,全",人数\n202601,"第一厂\n（东,区）","1"\n"",第二厂,"2"\n"202602",""\n'
ODD = '月份,名称,人数\n202601,5"管厂,1\n202601,"第""二""厂",2\n202602,"三\r\n厂",3\n'


def cells(content: bytes) -> list[tuple]:
    (sheet,) = read(content, "a.csv")
    frames = [frame for _, frame in sheet.slabs()]
    assert [first for first, _ in sheet.slabs()] == [sum(f.height for f in frames[:i]) for i in range(len(frames))]
    return [tuple(cell for cell in row if cell) for row in pl.concat(frames, how="diagonal").rows()]


@pytest.mark.parametrize("text", [PLAIN, QUOTED, ODD], ids=["plain", "quoted", "odd"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["unix", "dos"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-8-sig"])
def test_any_size_of_slab_reads_the_same_cells(text, ending, encoding, monkeypatch):
    content = text.replace("\r\n", "\n").replace("\n", ending).encode(encoding)
    whole = cells(content)
    assert len(whole) == (8 if text == PLAIN else 4)
    monkeypatch.setattr(separated, "ROWS", 2)
    for size in (4, 7, 30, 64):
        monkeypatch.setattr(separated, "SLAB", size)
        assert cells(content) == whole


@pytest.mark.parametrize("text", [PLAIN, QUOTED, ODD], ids=["plain", "quoted", "odd"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_one_column_alone_says_what_it_says_among_the_others(text, encoding, monkeypatch):
    monkeypatch.setattr(separated, "SLAB", 30)
    (sheet,) = read(text.replace("第", "\u4e02月ሴ").encode(encoding), "a.csv")  # of two bytes, and of four
    every = pl.concat([frame for _, frame in sheet.slabs()], how="diagonal")
    for place in ("0", "1", "2", "9"):
        alone = pl.concat([frame for _, frame in sheet.slabs(place)])
        assert alone.columns == [place]
        assert alone[place].to_list() == (every[place].to_list() if place in every.columns else [None] * every.height)


def test_a_slab_has_the_columns_of_the_first_one(monkeypatch):
    monkeypatch.setattr(separated, "SLAB", 10)
    (sheet,) = read("甲,乙,丙\n1,2,3\n1\n1\n1\n1\n1\n1\n".encode(), "a.csv")
    assert {tuple(frame.columns) for _, frame in sheet.slabs()} == {("0", "1", "2")}


def test_a_wrong_byte_far_below_is_told_with_its_line(monkeypatch):
    monkeypatch.setattr(separated, "SLAB", 16)
    content = "月份,名称\n".encode("gb18030") * 40 + b"2026,\xff\xff\n"
    with pytest.raises(Refused, match="第 41 行附近"):
        cells(content)


def test_a_quote_that_nothing_closes_is_told_before_the_memory_is_full(monkeypatch):
    monkeypatch.setattr(separated, "SLAB", 1000)
    with pytest.raises(Refused, match="读不出的分隔"):
        cells(('甲,"乙\n' + "1,2\n" * 2_600_000).encode())


def test_a_line_that_never_ends_is_told_before_the_memory_is_full(monkeypatch):
    monkeypatch.setattr(separated, "SLAB", 10)
    monkeypatch.setattr(separated, "LONGEST", 100)
    with pytest.raises(Refused, match="长得不像表格"):
        cells(b"1" * 10_000)


def test_a_file_is_opened_anew_for_each_reading_and_never_held_whole(monkeypatch):
    monkeypatch.setattr(separated, "SLAB", 1000)
    asked = []

    class Watched(io.BytesIO):
        def read(self, size=-1):
            asked.append(size)
            return super().read(size)

    content = "甲,乙\n".encode() + b"1,2\n" * 5000
    (sheet,) = read(lambda: Watched(content), "a.csv")
    assert sum(frame.height for _, frame in sheet.slabs()) == 5001
    assert max(asked) <= 1000 and -1 not in asked


def test_a_line_below_the_first_slab_is_found(monkeypatch):
    monkeypatch.setattr(separated, "SLAB", 16)
    (sheet,) = read(("月份,名称\n" + "".join(f"202601,第{n}厂\n" for n in range(50))).encode(), "a.csv")
    assert sheet.cells.height < 10
    assert (sheet.line(1), sheet.line(50)) == (["202601", "第0厂"], ["202601", "第49厂"])


@pytest.mark.parametrize("name", sorted(name for name, source in shipped().items() if source.example))
def test_a_sheet_checked_slab_by_slab_comes_to_the_same(name, monkeypatch):
    (file, content), source = kept(name), shipped()[name]
    day = date.fromisoformat(source.example.as_of)
    whole = check_file(content, file, source, day)
    monkeypatch.setattr(sheet, "ROWS", 6)  # the header stands in the first
    slabs = check_file(content, file, source, day)
    assert slabs.accepted.equals(whole.accepted)
    assert (slabs.quarantined, slabs.lines, slabs.footers) == (whole.quarantined, whole.lines, whole.footers)
    assert slabs.duplicates.sort("row").equals(whole.duplicates.sort("row"))
    assert sorted(map(str, slabs.remarks)) == sorted(map(str, whole.remarks))
