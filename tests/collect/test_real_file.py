"""A real Chinese file goes in: every row accepted or explained, none lost, none guessed."""

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from wushang.collect.checking import check_file
from wushang.collect.source import load

ROOT = Path(__file__).parents[2]
FILE = ROOT.parent / "shared/data/tw_disasters/major_occ_disasters_2018_2022.csv"
NOTHING = {"", "-", "無", "0000"}


@pytest.fixture(scope="module")
def content() -> bytes:
    if not FILE.exists():
        pytest.skip(f"real file not at hand: ../{FILE.relative_to(ROOT.parent)} beside the project")
    return FILE.read_bytes()


@pytest.fixture(scope="module")
def rows(content) -> list[dict[str, str]]:
    """The file as the standard library alone reads it; row 0 is line 2."""
    return list(csv.DictReader(content.decode("utf-8-sig").splitlines()))


@pytest.fixture(scope="module")
def checked(content):
    source = load((Path(__file__).parent / "sources/tw_disasters.yaml").read_text("utf-8"), "tw_disasters")
    return check_file(content, FILE.name, source, date(2023, 1, 31))


def test_none_is_lost(checked, rows):
    seen = [*checked.accepted["row"], *(w.row for w in checked.quarantined), *checked.duplicates["row"]]
    assert len(rows) == 1562 == checked.rows
    assert sorted(seen) == list(range(2, 1564))


def test_each_row_that_waits_is_explained_by_what_stands_in_it(checked, rows):
    expected: Counter[str] = Counter()
    for row in rows:
        number = re.sub(r"\s", "", row["事業單位統一編號"])
        codes = {
            "required": row["事業單位"].strip() in NOTHING or not row["災害類型"],
            "implausible_number": row["罹災人數（數量）"] == "0",
            "pattern": number not in NOTHING and not re.fullmatch(r"\d{8}", number),
        }
        expected.update(code for code, wrong in codes.items() if wrong)
    assert checked.by_code() == dict(sorted(expected.items()))
    assert all(w.remarks and w.remarks[0].problem.why for w in checked.quarantined)


def test_none_is_guessed(checked, rows):
    assert checked.accepted.height > len(rows) / 2
    for got in checked.accepted.rows(named=True):
        row = rows[got["row"] - 2]
        assert got["occurred"].isoformat() == row["發生日期"]
        assert str(got["victims"]) == row["罹災人數（數量）"]
        assert (got["employer_number"] or "") in (re.sub(r"\s", "", row["事業單位統一編號"]), "")
        assert got["key"] == row["編號"]


def test_two_spellings_of_one_tax_id_become_one(checked):
    assert checked.raw.filter(row=441)["事業單位統一編號"].item() == "2 3943256"
    assert checked.accepted.filter(row=441)["employer_number"].item() == "23943256"


def test_columns_that_no_field_claims_are_named(checked):
    assert "未用到的列：序號、年度、是否顯示於地圖、agencyCode" in checked.notes
