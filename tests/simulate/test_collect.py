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


Files = list[tuple[dict[str, Any], Checked]]


def read_all(directory: Path) -> Files:
    """Every file of a city through collect, with its row of files.csv."""
    sources = shipped()
    found = []
    for file in pl.read_csv(directory / "truth" / "files.csv", infer_schema_length=None).to_dicts():
        path, day = directory / file["file"], date.fromisoformat(file["last"]) + timedelta(days=5)
        found.append((file, check_file(path.read_bytes(), path.name, sources[file["source"]], day)))
    return found


@pytest.fixture(scope="module")
def checked(city: Path) -> Files:
    return read_all(city)


def test_collect_reads_every_row_of_every_file(checked: Files) -> None:
    assert {f["file"]: c.rows for f, c in checked} == {f["file"]: f["rows"] for f, _ in checked}


def test_collect_holds_back_exactly_the_planted_rows(checked: Files, truth: Truth) -> None:
    planted = truth("dirt").filter(pl.col("outcome") == "quarantine")
    held = {(f["file"], waiting.row) for f, c in checked for waiting in c.quarantined}
    assert held == set(planted.select("file", "row").iter_rows())
    assert len(held) > 10


def test_rows_that_say_nothing_new_are_the_planted_duplicates(checked: Files) -> None:
    known: dict[tuple[str, str], str] = {}
    assert sum(file["duplicates"] for file, _result in checked) > 0
    for file, result in checked:
        again = len(result.duplicates)
        for key, digest in result.accepted.select("key", "digest").iter_rows():
            again += known.get((file["source"], key)) == digest
            known[(file["source"], key)] = digest
        assert again == file["duplicates"], file["file"]


def test_only_the_wrong_foot_disagrees_with_its_rows(checked: Files) -> None:
    wrong = [f["file"] for f, c in checked if any(foot.equal is False for foot in c.footers)]
    assert wrong == [f["file"] for f, _ in checked if f["footer_right"] is False]


def test_headcounts_arrive_as_the_truth_has_them(checked: Files, truth: Truth) -> None:
    number = dict(truth("enterprises").select(pl.col("insurance_number").cast(pl.String), "enterprise").iter_rows())
    true = {(e, m): h for e, m, h in truth("exposure").select("enterprise", "month", "headcount").iter_rows()}
    whole = [(f, r) for f, r in checked if f["source"] == "insurance_monthly" and f["quarantined"] == 0]
    assert len(whole) > 1
    for file, result in whole:
        said = result.accepted.group_by("insurance_number").agg(pl.col("insured").sum())
        assert said.height
        for code, heads in said.iter_rows():
            assert heads == true[(number[code], file["first"])], (file["file"], code)


def test_mended_cells_say_what_the_clean_city_says(checked: Files, clean_city: Path, truth: Truth) -> None:
    """The same city without dirt is the answer book: only cells marked variant or empty may differ."""
    clean = {f["file"]: c.accepted for f, c in read_all(clean_city)}
    allowed = truth("dirt").filter(pl.col("outcome").is_in(["variant", "empty"]))
    expected = set(allowed.select("file", "row").iter_rows())
    differing = set()
    for file, result in checked:
        fields = [n for n in result.accepted.columns if n not in ("row", "digest", "key", "period")]
        answers = {row["key"]: row for row in clean[file["file"]].to_dicts()}
        for row in result.accepted.to_dicts():
            if any(row[n] != answers[row["key"]][n] for n in fields):
                differing.add((file["file"], row["row"]))
    assert differing == expected
    assert len(truth("dirt").filter(pl.col("outcome") == "mended")) > 50
