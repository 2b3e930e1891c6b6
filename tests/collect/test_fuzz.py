"""The example and the kept file of every source, mutated by bytes, cells, columns and rows: refused with a sentence, or every line of it
is something and every row stands in exactly one place; what an accepted row said is either kept or remarked upon."""

from __future__ import annotations

import os
from datetime import date
from functools import cache

import polars as pl
import pytest
from collect.dirt.biff_writer import xls
from collect.dirt.files import csv_of, html_of, xlsx_of
from collect.test_kept_files import kept
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wushang.collect.cells.text import clean
from wushang.collect.checking import Checked, Waiting, check_file
from wushang.collect.reading import read
from wushang.collect.source import NUMBERS, Source, shipped
from wushang.terms.problem import Refused

SOURCES = sorted(name for name, source in shipped().items() if source.example)
DIRT = [
    "", "无", "/", "合计", "小计", "合计：3行", "制表人：王", "第2页", "202603", "2026-13-02", "3月5日", "46086", "1,234", "12,34",
    "0.9%", "9‰", "１２", "'0033", "#REF!", "#N/A", "=A1+1", '="001"', "3.30722E+17", "330722199001011000", "11010519491231002x",
    "914403001922038216", "９１４４", "-5", "(5)", "1e308", "nan", "inf", "\u200b", "\u00a0", "a\nb", '"', "a,b", "\t", ";", "䶮", "𠮷",
    "单位：万元", "所属期", "单位名称", "2026年3月", "上午8：30", "9" * 40, "甲" * 5000, "\x00", "\ufffe", "|", "\x1f",
]  # fmt: skip
CELL = st.one_of(st.sampled_from(DIRT), st.text(max_size=8), st.integers(-(10**20), 10**20).map(str))
WRITERS = {
    "csv": lambda lines: csv_of(*lines), "gbk": lambda lines: csv_of(*lines, encoding="gb18030"),
    "utf-16": lambda lines: csv_of(*lines, encoding="utf-16"), "tsv": lambda lines: csv_of(*lines, separator="\t"),
    "xlsx": lambda lines: xlsx_of(*lines, strings_to_numbers=False), "xls": lambda lines: xls(*lines),
    "html": lambda lines: html_of(*lines),
}  # fmt: skip


ABSENT = "column_absent"
KEPT = {name: kept(name) for name in SOURCES}


@cache
def as_kept(name: str) -> list[tuple[str, ...]]:
    """The kept file of a source as the cells of its one sheet: two-level headers, titles, footers and all."""
    file, content = KEPT[name]
    return [tuple(cell or "" for cell in row) for row in read(content, file)[0].cells.rows()]


@st.composite
def tables(draw) -> tuple[str, list[list[str]]]:
    """A source, and its example or its kept file with one to six things done to it."""
    source = shipped()[draw(st.sampled_from(SOURCES))]
    assert source.example
    lines = [list(line) for line in (as_kept(source.id) if draw(st.booleans()) else source.example.raw)]
    width = max(map(len, lines))
    lines = [line + [""] * (width - len(line)) for line in lines]
    for _ in range(draw(st.integers(1, 6))):
        _mutate(draw, lines)
    return source.id, lines


def _mutate(draw, lines: list[list[str]]) -> None:
    what = draw(st.sampled_from(["cell", "cell", "cell", "insert", "double", "drop", "swap", "column", "no column", "rows"]))
    row = draw(st.integers(0, len(lines) - 1))
    place = draw(st.integers(0, len(lines[0]) - 1))
    if what == "cell":
        lines[row][place] = draw(CELL)
    elif what == "insert":
        lines.insert(row, draw(st.lists(CELL, min_size=len(lines[0]), max_size=len(lines[0]))))
    elif what == "double":
        lines.insert(row, list(lines[row]))
    elif what == "drop" and len(lines) > 1:
        del lines[row]
    elif what == "swap":
        other = draw(st.integers(0, len(lines[0]) - 1))
        for line in lines:
            line[place], line[other] = line[other], line[place]
    elif what == "column":
        for line in lines:
            line.insert(place, draw(CELL))
    elif what == "no column" and len(lines[0]) > 1:
        for line in lines:
            del line[place]
    elif what == "rows":
        other = draw(st.integers(0, len(lines) - 1))
        lines[row], lines[other] = lines[other], lines[row]


def survives(content: bytes, name: str, source: Source) -> Checked | None:
    """Refused with a sentence, or all adds up."""
    assert source.example
    try:
        checked = check_file(content, name, source, date.fromisoformat(source.example.as_of))
    except Refused as refused:
        assert refused.problem.why and refused.problem.remedy
        if refused.problem.code != "column_missing" or source.absent:
            return None
        return survives(content, name, source.model_copy(update={"absent": needed(source)}))  # 本表没有这一列
    assert not source.absent or (checked.accepted.is_empty() and all(ABSENT in codes_of(w) for w in checked.quarantined))
    seen = [*checked.accepted["row"], *checked.duplicates["row"], *(w.row for w in checked.quarantined)]
    assert len(seen) == len(set(seen)) == checked.rows
    assert all(any(r.severity == "reject" for r in w.remarks) for w in checked.quarantined)
    assert not checked.accepted["key"].is_duplicated().any()
    nothing_said_is_lost(checked)
    return checked


def needed(source: Source) -> list[str]:
    return [*(name for name, column in source.columns.items() if column.required), *(name for group in source.any_of for name in group)]


def codes_of(waiting: Waiting) -> set[str]:
    return {remark.problem.code for remark in waiting.remarks}


def nothing_said_is_lost(checked: Checked) -> None:
    """A figure, day or code that an accepted row writes is in its value, or a remark speaks of it."""
    remarked = {(remark.row, remark.field) for remark in checked.remarks}
    for name, column in checked.source.columns.items():
        place = checked.header.places.get(name)
        if place is None or column.type not in {*NUMBERS, "date", "month", "hour", "code"}:
            continue
        title = next(t for t in checked.raw.columns if t == checked.header.titles[name])
        said = checked.raw.select("row", clean(checked.raw[title], column.missing, column.keep).alias("said"))
        held = checked.accepted.select("row", name).join(said, on="row")
        lost = held.filter(pl.col(name).is_null() & pl.col("said").is_not_null())["row"]
        assert not [row for row in lost if (row, name) not in remarked], (name, held)


def runs(table: tuple[str, list[list[str]]], kind: str, data) -> None:
    source, lines = shipped()[table[0]], table[1]
    try:
        content = WRITERS[kind](lines)
    except (UnicodeEncodeError, ValueError):  # a lone half of a character cannot be written
        return
    if data.draw(st.integers(0, 3)) == 0:
        content = _torn(data.draw, content)
        survives(content, f"a.{kind}", source)
        return
    checked = survives(content, f"a.{kind}", source)
    if checked is not None and kind in ("csv", "gbk", "utf-16", "tsv"):
        filled = sum(1 for line in lines if any(cell.strip() for cell in line))
        assert sum(n for what, n in checked.lines.items() if what != "blank") >= min(filled, 1)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SOURCES), st.data())
def test_kept_files_as_they_are_with_torn_bytes(name, data):
    file, content = KEPT[name]
    survives(_torn(data.draw, content), file, shipped()[name])


@pytest.mark.parametrize("name", SOURCES)
def test_a_kept_file_as_it_is_survives(name):
    file, content = KEPT[name]
    assert survives(content, file, shipped()[name]) is not None


def _torn(draw, content: bytes) -> bytes:
    """Bytes changed, cut off or put in."""
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(len(content) - 1, 0)))
        what = draw(st.sampled_from(["change", "cut", "insert", "end"]))
        more = draw(st.binary(min_size=1, max_size=6))
        if what == "change":
            content = content[:at] + more + content[at + len(more) :]
        elif what == "cut":
            content = content[:at] + content[at + draw(st.integers(1, 200)) :]
        elif what == "insert":
            content = content[:at] + more + content[at:]
        else:
            content = content[:at]
    return content


QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


@settings(max_examples=300, deadline=None, suppress_health_check=QUIET)
@given(tables(), st.sampled_from(sorted(WRITERS)), st.data())
def test_three_hundred_mutated_files(table, kind, data):
    runs(table, kind, data)


@pytest.mark.torture
@settings(
    max_examples=int(os.environ.get("WUSHANG_TORTURE_FILES", 10_000)), deadline=None, suppress_health_check=QUIET,
    print_blob=True,
)  # fmt: skip
@given(tables(), st.sampled_from(sorted(WRITERS)), st.data())
def test_ten_thousand_mutated_files(table, kind, data):
    runs(table, kind, data)
