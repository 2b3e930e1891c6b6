"""Each source's own example: raw lines as a clerk writes them, and what must come out."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from wushang.collect import sources
from wushang.collect.checking import check_file
from wushang.collect.source import SourceWrong, load, shipped
from wushang.terms import codes

MINIMAL = """
id: tiny
title: 小表
departments: [hrss]
delivers: changes
key: [number]
columns:
  number: {titles: [编号], type: document, required: true}
"""


def as_csv(lines: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    return out.getvalue().encode()


def said(value: object) -> str:
    return "" if value is None else str(value)


def expect_example(source) -> None:
    """Run one source's example."""
    example = source.example
    checked = check_file(as_csv(example.raw), example.file_name, source, date.fromisoformat(example.as_of))
    rows = {row["row"]: row for row in checked.accepted.rows(named=True)}
    for expected in example.accepted:
        row = rows[int(expected["row"])]
        want = {name: "" if value == "null" else value for name, value in expected.items()}
        assert {name: said(row[name]) for name in expected} == want
    assert set(rows) == {int(e["row"]) for e in example.accepted}
    waiting = {
        w.row: sorted({r.problem.code for r in w.remarks if r.severity == "reject"}) for w in checked.quarantined
    }
    assert waiting == example.quarantined
    assert checked.duplicates["row"].to_list() == example.duplicates


@pytest.mark.parametrize("name", sorted(shipped()))
def test_a_source_does_what_its_example_says(name):
    assert shipped()[name].example, f"source {name} has no example"
    expect_example(shipped()[name])


def test_every_file_of_the_folder_is_a_source_and_none_is_named_twice():
    files_there = {file.stem for file in Path(sources.__path__[0]).glob("*.yaml")}
    assert set(shipped()) == files_there and len(files_there) >= 20


CODED = [(s.id, name) for s in shipped().values() for name, c in s.columns.items() if c.codes and c.values]


@pytest.mark.parametrize(("source", "name"), CODED)
def test_what_a_word_of_the_file_stands_for_is_in_the_columns_own_code_list(source, name):
    column = shipped()[source].columns[name]
    assert set(column.values.values()) <= {code.code for code in codes.all(column.codes)}


@pytest.mark.parametrize("word", ["超龄", "超龄人员", "超龄就业"])
def test_people_past_the_age_are_one_way_of_insuring_however_they_are_called(word):
    lines = [["所属期", "单位编号", "单位名称", "参保人数", "参保方式"], ["202603", "1", "云溪市恒岳杯业有限公司", "3", word]]
    checked = check_file(as_csv(lines), "参保缴费202603.csv", shipped()["insurance_monthly"], date(2026, 4, 15))
    assert checked.accepted["key"].to_list() == ["2026-03|1|over_age"]


def test_a_word_that_no_source_has_is_named_with_its_place():
    with pytest.raises(SourceWrong, match=r"source tiny: columns\.number\.requird"):
        load(MINIMAL.replace("required", "requird"), "tiny")


def test_two_columns_that_claim_one_header_are_refused():
    twice = MINIMAL + "  other: {titles: [编 号], type: text}\n"
    with pytest.raises(SourceWrong, match="编 号.*claimed by number and other"):
        load(twice, "tiny")


def test_a_key_that_is_no_column_is_refused():
    with pytest.raises(SourceWrong, match="not a column of this source: nr"):
        load(MINIMAL.replace("[number]", "[nr]"), "tiny")


def test_the_id_is_the_name_of_the_file():
    with pytest.raises(SourceWrong, match="must be the file's name"):
        load(MINIMAL, "large")
