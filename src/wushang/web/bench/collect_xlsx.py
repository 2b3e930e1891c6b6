"""A workbook of insurance rows read and checked, beside the reader alone (calamine, every cell as a Python value)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from time import process_time

import polars as pl
import xlsxwriter
from python_calamine import CalamineWorkbook

from wushang.collect.checking import check_file
from wushang.collect.source import shipped
from wushang.web.bench import Measured, seconds
from wushang.web.bench.collect_insurance import LAST, TEXTS, TITLES, WAITS, firms_of, month_of

IDS = {"collect.xlsx": "none"}
ROWS = {"s": 5_000, "m": 50_000, "l": 200_000}
NUMBERS = {"rate", "insured", "rural", "wages", "due", "paid"}


def run(name: str, scale: str, folder: Path) -> Measured:
    path = _write(folder / "参保缴费202609.xlsx", ROWS[scale])
    content, source = path.read_bytes(), shipped()["insurance_monthly"]
    check_file(_write(folder / "参保缴费202608.xlsx", 2_500).read_bytes(), "参保缴费.xlsx", source, LAST)  # what is loaded once
    waiting = _waiting(ROWS[scale])
    began = process_time()
    ours = seconds(lambda: _check(content, path.name, source, ROWS[scale], waiting))
    middle = process_time()
    bare = seconds(lambda: CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python())
    note = (
        f"{ROWS[scale]:,} rows, {len(content) / 1e6:,.1f} MB; {ROWS[scale] / ours:,.0f} rows/s; processor "
        f"{middle - began:.2f} s, the reader's {process_time() - middle:.2f} s"
    )
    return Measured(ours, "s", bare, 2.0, note)


def _check(content: bytes, name: str, source, rows: int, waiting: int) -> None:
    checked = check_file(content, name, source, date(2026, 10, 15))
    if checked.accepted.height + len(checked.quarantined) != rows or checked.by_code() != {"unreadable_number": waiting}:
        raise AssertionError(f"{checked.accepted.height} of {rows} rows: {checked.by_code()}")


def _waiting(rows: int) -> int:
    return firms_of(rows).with_columns(month=pl.lit(f"{LAST:%Y%m}")).filter(WAITS).height


def _write(path: Path, units: int) -> Path:
    """A title, a header, the rows of a month with numbers as numbers."""
    rows = month_of(firms_of(units), LAST, 0).select(*TEXTS)
    rows = rows.with_columns(pl.col(name).cast(pl.Float64, strict=False) for name in NUMBERS)
    lines = [["约六十" if cell is None else cell for cell in line] for line in rows.rows()]
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("参保缴费")
        for number, line in enumerate((("云溪市工伤保险参保缴费情况表",), TITLES, *lines)):
            sheet.write_row(number, 0, line)
    return path
