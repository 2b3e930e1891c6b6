"""Each source's own example: raw lines as a clerk writes them, and what must come out."""

import csv
import io
from datetime import date

import pytest

from wushang.collect.checking import check_file
from wushang.collect.source import SourceWrong, load, shipped

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


def test_four_sources_are_found_by_being_there():
    assert {"injury_recognition", "insurance_monthly", "register", "disease_hazards"} <= set(shipped())


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
