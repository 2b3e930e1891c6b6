"""Dirt falls on the files: a share of the rows get one faulty cell each, some rows are printed twice."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle

import numpy as np
import polars as pl

from wushang.simulate.chance import Stream
from wushang.simulate.delivery import Delivery
from wushang.simulate.dirt import KINDS, Kind, Place
from wushang.simulate.enterprises import Enterprises
from wushang.simulate.months import Calendar
from wushang.simulate.sheet import Cell
from wushang.simulate.targets import COLUMNS, NEVER_IN

LAST_FILE = (
    "injury_recognition",
    "insurance_monthly",
)  # their last file always has a few lost rows: a clerk learns on it
PRINTED_TWICE = ("injury_recognition", "register", "hospital_visits", "benefit_payments")
TWICE = 0.3  # rows printed twice for each faulty one, in the files of changes


@dataclass(frozen=True)
class Mark:
    """One faulty cell: where it stands, what it should be, what it is, what must become of its row."""

    file: str
    row: int
    line: int
    column: str
    kind: str
    outcome: str
    clean: Cell
    dirty: Cell


def spoil(stream: Stream, sent: list[Delivery], firms: Enterprises, cal: Calendar, share: float) -> list[Mark]:
    """Put dirt into the deliveries; every kind takes its turn, so that all kinds occur. Marks in file order."""
    marks: list[Mark] = []
    number = {str(code): i for i, code in enumerate(firms.uscc)}
    for source in COLUMNS:
        mine = [d for d in sent if d.source == source]
        rng = stream(f"dirt of {source}")
        turn = cycle([k for k in KINDS if k.sort in COLUMNS[source] and k.name not in NEVER_IN.get(source, ())])
        laters: list[Delivery | None] = [*mine[1:], None]
        for delivery, later in zip(mine, laters, strict=False):  # a short city may lack a kind of file
            month = int(np.searchsorted(cal.first_days, np.datetime64(delivery.last), side="right") - 1)
            known = set() if later is None else set(later.subject[sorted(later.repeated)].tolist())
            place = Place(rng, firms, -1, month, f"{delivery.last:%Y-%m}")
            marks += _one(rng, delivery, known, place, number, turn, share)
            if later is None and source in LAST_FILE:
                marks += _lost_rows(rng, delivery, place)
            _take_back(delivery, later)
            if source in PRINTED_TWICE:
                _print_twice(rng, delivery, share * TWICE)
    order = {d.sheet.path: i for i, d in enumerate(sent)}
    return sorted(marks, key=lambda m: (order[m.file], m.row, m.column))


def _one(
    rng: np.random.Generator,
    delivery: Delivery,
    known: set[int],
    place: Place,
    number: dict[str, int],
    turn: cycle[Kind],
    share: float,
) -> list[Mark]:
    """Dirt for one file. A row that comes again unchanged next time gets none that changes what it says."""
    frame, marks = delivery.sheet.frame, []
    free = np.setdiff1d(np.arange(len(frame)), sorted(delivery.repeated))
    codes = frame["统一社会信用代码"].to_list() if "统一社会信用代码" in frame.columns else [""] * len(frame)
    for row in np.sort(free[rng.random(len(free)) < share]).tolist():
        place.enterprise = number.get(codes[row] or "", -1)
        silent = int(delivery.subject[row]) in known
        mark = _cell(rng, delivery, row, place, turn, silent)
        if mark:
            marks.append(mark)
    return marks


def _cell(
    rng: np.random.Generator, delivery: Delivery, row: int, place: Place, turn: cycle[Kind], silent: bool
) -> Mark | None:
    """Try the kinds in turn until one fits the row."""
    sheet = delivery.sheet
    for _ in range(len(KINDS)):
        kind = next(turn)
        if silent and kind.outcome not in ("mended", "quarantine"):
            continue
        columns = COLUMNS[delivery.source][kind.sort]
        column = columns[int(rng.integers(0, len(columns)))]
        clean = sheet.frame[column][row]
        dirty = kind.change(clean, place)
        if dirty is None:
            continue
        sheet.cells[(row, column)] = dirty
        if kind.outcome == "quarantine":
            delivery.lost.add(row)
        return Mark(sheet.path, row, sheet.line(row), column, kind.name, kind.outcome, clean, dirty)
    return None


def _lost_rows(rng: np.random.Generator, delivery: Delivery, place: Place) -> list[Mark]:
    """Two more lost rows, among those that are still clean."""
    sorts = COLUMNS[delivery.source]
    turn = cycle([k for k in KINDS if k.outcome == "quarantine" and k.sort in sorts])
    touched = {row for row, _ in delivery.sheet.cells} | delivery.repeated
    free = np.setdiff1d(np.arange(len(delivery)), sorted(touched))
    chosen = np.sort(rng.choice(free, size=min(2, len(free)), replace=False)).tolist()
    marks = [_cell(rng, delivery, row, place, turn, silent=False) for row in chosen]
    return [mark for mark in marks if mark]


def _take_back(delivery: Delivery, later: Delivery | None) -> None:
    """What was lost here is news when it comes again: the later row repeats nothing."""
    if later is None:
        return
    lost = {int(delivery.subject[row]) for row in delivery.lost}
    later.repeated = {row for row in later.repeated if int(later.subject[row]) not in lost}


def _print_twice(rng: np.random.Generator, delivery: Delivery, share: float) -> None:
    """Some clean rows stand once more at the end of the file."""
    sheet = delivery.sheet
    touched = {row for row, _ in sheet.cells} | delivery.repeated
    clean = np.setdiff1d(np.arange(len(sheet.frame)), sorted(touched))
    again = clean[rng.random(len(clean)) < share]
    if not len(again):
        return
    start = len(sheet.frame)
    sheet.frame = pl.concat([sheet.frame, sheet.frame[again.tolist()]])
    delivery.subject = np.concatenate([delivery.subject, delivery.subject[again]])
    delivery.repeated |= set(range(start, start + len(again)))
