"""The truth holds collect to account: what it reads, refuses and finds repeated is what was planted."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from wushang.collect.checking import Checked, check_file
from wushang.collect.source import shipped

Truth = Callable[[str], pl.DataFrame]


@pytest.fixture(scope="module")
def checked(city: Path, truth: Truth) -> list[tuple[dict[str, Any], Checked]]:
    sources = shipped()
    return [
        (
            file,
            check_file(
                (city / file["file"]).read_bytes(),
                Path(file["file"]).name,
                sources[file["source"]],
                date.fromisoformat(file["last"]) + timedelta(days=5),
            ),
        )
        for file in truth("files").to_dicts()
    ]


def test_collect_reads_every_row_of_every_file(checked: list[tuple[dict[str, Any], Checked]]) -> None:
    assert {f["file"]: c.rows for f, c in checked} == {f["file"]: f["rows"] for f, _ in checked}


def test_collect_holds_back_exactly_the_planted_rows(
    checked: list[tuple[dict[str, Any], Checked]], truth: Truth
) -> None:
    planted = truth("dirt").filter(pl.col("outcome") == "quarantine")
    held = {(f["file"], waiting.row) for f, c in checked for waiting in c.quarantined}
    assert held == set(planted.select("file", "row").iter_rows())
    assert len(held) > 10


def test_rows_that_say_nothing_new_are_the_planted_duplicates(checked: list[tuple[dict[str, Any], Checked]]) -> None:
    known: dict[tuple[str, str], str] = {}
    for file, result in checked:
        again = len(result.duplicates)
        for key, digest in result.accepted.select("key", "digest").iter_rows():
            again += known.get((file["source"], key)) == digest
            known[(file["source"], key)] = digest
        assert again == file["duplicates"], file["file"]


def test_only_the_wrong_foot_disagrees_with_its_rows(checked: list[tuple[dict[str, Any], Checked]]) -> None:
    wrong = [f["file"] for f, c in checked if any(foot.equal is False for foot in c.footers)]
    assert wrong == [f["file"] for f, _ in checked if f["footer_right"] is False]


def test_headcounts_arrive_as_the_truth_has_them(checked: list[tuple[dict[str, Any], Checked]], truth: Truth) -> None:
    number = dict(truth("enterprises").select(pl.col("insurance_number").cast(pl.String), "enterprise").iter_rows())
    true = {(e, m): h for e, m, h in truth("exposure").select("enterprise", "month", "headcount").iter_rows()}
    for file, result in checked:
        if file["source"] == "insurance_monthly" and file["quarantined"] == 0:
            said = result.accepted.group_by("insurance_number").agg(pl.col("insured").sum())
            for code, heads in said.iter_rows():
                assert heads == true[(number[code], file["first"])], (file["file"], code)
