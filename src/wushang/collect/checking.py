"""From a file to a checked table: every line accounted for, every row accepted, duplicate or waiting to be mended."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import polars as pl

from wushang.collect.footers import Footer
from wushang.collect.look import History, Landed, Look, period_of
from wushang.collect.part import Part, Remark, Waiting, findings, landable, remarks_of
from wushang.collect.reading import Opens, Sheet, read
from wushang.collect.reading.header import Header, choose
from wushang.collect.reading.sheet import refuse
from wushang.collect.source import Source
from wushang.terms.period import Period
from wushang.terms.problem import Refused

__all__ = ["Checked", "History", "Part", "Remark", "Waiting", "check_file", "findings", "landable", "look_at", "remarks_of"]


@dataclass(frozen=True)
class Checked:
    """The whole result in memory. rows = accepted + duplicates + quarantined, always."""

    source: Source
    header: Header
    sheet: str
    period: Period | None
    accepted: pl.DataFrame  # row, key, digest, period, then one typed column per field
    quarantined: list[Waiting]
    duplicates: pl.DataFrame  # row, first: the earlier row it repeats
    remarks: list[Remark]  # warnings on accepted rows
    lines: dict[str, int]
    footers: list[Footer]
    raw: pl.DataFrame  # row, and every column of the file by its title
    notes: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """Data lines of the file."""
        return self.lines.get("data", 0)

    def by_code(self) -> dict[str, int]:
        """Waiting rows by problem code; a row with two problems counts under both."""
        found: dict[str, int] = {}
        for waiting in self.quarantined:
            for code in {r.problem.code for r in waiting.remarks if r.severity == "reject"}:
                found[code] = found.get(code, 0) + 1
        return dict(sorted(found.items()))


def look_at(
    content: bytes | Opens, file_name: str, source: Source, as_of: date, period: Period | None = None, secret: bytes = b"",
    sheet_name: str = "", history: History | None = None, landed: Landed | None = None,
) -> Look:  # fmt: skip
    """A file (its bytes, or what opens it) before its rows are read; Refused when no table of this source is in it.
    `secret` keys the row digests, `sheet_name` says which sheet where several fit, `history` tells what was last known of
    each unit, `landed` which rows an earlier delivery brought."""
    sheets = read(content, file_name)
    sheet, header = choose(sheets, source, file_name, sheet_name)
    period, notes = period_of(sheet, header, source, file_name, as_of, period)
    known = history(source, period) if history else None
    notes = [*notes, *sheet.notes, *_other_sheets(sheets, sheet, sheet_name)]
    return Look(sheet, header, source, period, as_of, secret, known, landed, notes=dict.fromkeys(notes))


def no_rows(look: Look, file_name: str) -> Refused:
    """What is said of a file whose header stands above nothing."""
    why = f"第 {look.header.top + 1} 行是表头，下面没有数据行"
    return refuse("no_rows", "文件", file_name, why, "请核对文件是否选错")


def check_file(
    content: bytes | Opens, file_name: str, source: Source, as_of: date, period: Period | None = None, secret: bytes = b"",
    sheet_name: str = "", history: History | None = None, landed: Landed | None = None,
) -> Checked:  # fmt: skip
    """The same, with its rows, for a file that is not vast."""
    look = look_at(content, file_name, source, as_of, period, secret, sheet_name, history, landed)
    held = Held()
    for part in look.parts():
        held.take(part)
    if look.table is None:
        raise no_rows(look, file_name)
    return Checked(
        source=source, header=look.header, sheet=look.sheet.name, period=look.period,
        accepted=pl.concat(held.accepted).sort("row"), quarantined=[held.waiting[row] for row in sorted(held.waiting)],
        duplicates=pl.concat(held.duplicates), remarks=held.remarks, lines=dict(sorted(look.lines.items())),
        footers=look.tally.compared(look.table), raw=pl.concat(held.raw, how="diagonal"), notes=look.said(),
    )  # fmt: skip


@dataclass
class Held:
    """Parts put together in memory."""

    accepted: list[pl.DataFrame] = field(default_factory=list)
    waiting: dict[int, Waiting] = field(default_factory=dict)
    duplicates: list[pl.DataFrame] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    raw: list[pl.DataFrame] = field(default_factory=list)

    def take(self, part: Part) -> None:
        """One part more; what earlier parts said of its rows, where it says so, is forgotten."""
        if part.anew is None:
            self.raw.append(part.raw)
        else:
            self._forget(set(part.anew))
        self.accepted.append(part.accepted)
        self.duplicates.append(part.duplicates)
        self.waiting |= {waiting.row: waiting for waiting in part.waiting()}
        self.remarks += remarks_of(part.warnings)

    def _forget(self, rows: set[int]) -> None:
        gone = pl.col("row").is_in(sorted(rows))
        self.accepted = [frame.filter(~gone) for frame in self.accepted]
        self.duplicates = [frame.filter(~gone) for frame in self.duplicates]
        self.waiting = {row: waiting for row, waiting in self.waiting.items() if row not in rows}
        self.remarks = [remark for remark in self.remarks if remark.row not in rows]


def _other_sheets(sheets: list[Sheet], used: Sheet, named: str) -> list[str]:
    others = [
        f"“{sheet.name}”（{'隐藏，' if sheet.hidden else ''}{sheet.cells.height} 行）" for sheet in sheets if sheet is not used
    ]
    notes = [f"工作表“{used.name}”在原文件中是隐藏的"] if used.hidden else []
    if not others:
        return notes
    said = f"本批只含工作表“{used.name}”；同一文件里还有：" if named else f"只读了工作表“{used.name}”；未读："
    return [*notes, said + "、".join(others)]
