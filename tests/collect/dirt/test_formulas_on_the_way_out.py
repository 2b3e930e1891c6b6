"""Dirt: cells that a program would take for a formula (=cmd, +1, @SUM): in what we write they are text, in xlsx and csv."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from collect.dirt.files import MONTHLY, check

from wushang.collect.cells.harmless import harmless
from wushang.collect.papers import _book
from wushang.collect.ways import written
from wushang.pool.sheet import Column, Heading, ledger

EVIL = ["=1+1", "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1", "=HYPERLINK(\"http://x\")", "'=1+1"]
SOURCE = Path(__file__).parents[3] / "src" / "wushang"


def sheet_xml(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as box:
        return "".join(box.read(name).decode() for name in box.namelist() if name.startswith("xl/worksheets/"))


@pytest.mark.parametrize("cell", EVIL)
def test_no_workbook_of_ours_holds_a_formula(cell):
    books = [
        _book(cell, [cell, "列"], [([cell, "x"], set()), ([1, cell], {cell})]),
        ledger(Heading(cell, cell, cell, date(2026, 3, 1), cell), [Column(cell)], [[cell]]),
    ]
    for book in books:
        xml = sheet_xml(book)
        assert "<f>" not in xml and "<hyperlink" not in xml and 't="s"' in xml


@pytest.mark.parametrize("cell", EVIL)
def test_no_csv_of_ours_begins_a_cell_like_a_formula_and_it_reads_back(cell):
    content, _ = written.write(MONTHLY, [["202603", "0001", cell, "58"]])
    line = content.decode().split("\n", 1)[1]
    assert not re.search(r'(?:^|,)"?\s*[=+@\t\r-]', line)
    checked = check(content, "a.csv")
    assert [*checked.accepted["name"], *(w.text["name"] for w in checked.quarantined)] == [cell.strip().lstrip("'")]


@pytest.mark.parametrize("cell", ["-5", "+5", "-1,234.50", "58", "甲-乙", "0.9%"])
def test_numbers_and_names_stay_as_they_are(cell):
    assert harmless(cell) == cell


def test_whoever_writes_a_workbook_writes_strings_as_strings():
    """`write()` and `write_row()` guess what a cell is; none of ours uses them on a page."""
    writers = [path for path in SOURCE.rglob("*.py") if "xlsxwriter" in path.read_text("utf-8")]
    assert len(writers) >= 4
    for path in writers:
        text = path.read_text("utf-8")
        guessing = re.findall(r"(?:page|sheet|worksheet)\.(?:write|write_row|write_column|write_formula|write_url)\(", text)
        assert not guessing or "strings_to_formulas\": False" in text, path
