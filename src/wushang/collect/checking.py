"""From a file to a checked table: every line accounted for, every row accepted, duplicate or waiting to be mended."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from wushang.collect import checks
from wushang.collect.finding import NOTHING
from wushang.collect.footers import Footer, compare_footers
from wushang.collect.reading import Sheet, read
from wushang.collect.reading.header import Header, choose
from wushang.collect.reading.lines import Lines, classify
from wushang.collect.reading.period import counted_period, said_period
from wushang.collect.reading.sheet import refuse
from wushang.collect.source import Source
from wushang.collect.table import Table, build, cells_of
from wushang.terms.period import Period
from wushang.terms.problem import Problem


@dataclass(frozen=True)
class Remark:
    """A problem of one cell, with the field it stands in and, where there is one, the value that would mend it."""

    row: int
    field: str
    problem: Problem
    severity: str
    suggestion: str = ""


@dataclass(frozen=True)
class Waiting:
    """A row that waits in 待订正: its cells as the file has them, its clean text, and what is wrong."""

    row: int
    raw: dict[str, str]  # by the file's own titles, every column
    text: dict[str, str]  # by field
    remarks: list[Remark]
    key: str = ""  # its natural key, as far as it can be read


@dataclass(frozen=True)
class Checked:
    """The result. rows = accepted + duplicates + quarantined, always."""

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


def check_file(
    content: bytes, file_name: str, source: Source, as_of: date, period: Period | None = None, secret: bytes = b""
) -> Checked:
    """A file's bytes → Checked; Refused when no table of this source is in it. `secret` keys the row digests."""
    sheets = read(content, file_name)
    sheet, header = choose(sheets, source, file_name)
    lines = classify(sheet, header, source)
    data = lines.at("data")
    if not data:
        why = f"第 {header.top + 1} 行是表头，下面没有数据行"
        raise refuse("no_rows", "文件", file_name, why, "请核对文件是否选错")
    period, notes = _period(sheet, header, source, data, file_name, as_of, period)
    table = build(sheet, header, source, data, period, as_of)
    notes = notes + table.notes + _columns(table) + _other_sheets(sheets, sheet)
    return divide(table, sheet.name, lines, compare_footers(sheet, lines, table), notes, secret)


def divide(
    table: Table, sheet: str, lines: Lines, footers: list[Footer], notes: list[str], secret: bytes = b""
) -> Checked:
    """A typed table → accepted, duplicate and waiting rows."""
    doubles = repeats(table)
    found = findings(table).filter(~pl.col("row").is_in(doubles["row"].implode()))
    rejected = found.filter(severity="reject")["row"].unique()
    fine = ~table.row.is_in(rejected.implode()) & ~table.row.is_in(doubles["row"].implode())
    remarks = remarks_of(found)
    raw = _raw(table)
    return Checked(
        source=table.source, header=table.header, sheet=sheet, period=table.period,
        accepted=landable(table, secret).filter(fine),
        quarantined=_waiting(table, raw, rejected.sort().to_list(), remarks),
        duplicates=doubles,
        remarks=[r for r in remarks if r.row not in set(rejected.to_list())],
        lines=lines.count(), footers=footers, raw=raw, notes=notes,
    )  # fmt: skip


def findings(table: Table) -> pl.DataFrame:
    """What all checks find, by row and then by the order of the columns."""
    found = pl.concat([NOTHING, *(check.find(table) for check in checks.every())])
    place = pl.col("field").replace_strict(table.header.places, default=10_000, return_dtype=pl.Int64)
    return found.with_columns(place.alias("place")).sort("row", "place", "code").drop("place")


def repeats(table: Table) -> pl.DataFrame:
    """Rows that say exactly what an earlier row of the file says: `row` and `first`."""
    frame = table.canonical().select(pl.struct(pl.all()).alias("all")).with_columns(table.row)
    first = frame.select("row", pl.col("row").first().over("all").alias("first"))
    return first.filter(pl.col("row") != pl.col("first"))


def landable(table: Table, secret: bytes = b"") -> pl.DataFrame:
    """Typed rows with `row`, natural `key`, `digest` and the `period` each belongs to."""
    whole = table.canonical().select(pl.concat_str(pl.all().fill_null(""), separator="\x1f").alias("all"))["all"]
    key = hashlib.blake2b(secret, digest_size=32).digest()
    digest = [hashlib.blake2b(one.encode(), digest_size=20, key=key).hexdigest() for one in whole]
    head = [table.row, table.keys(), pl.Series("digest", digest, dtype=pl.String), _row_period(table)]
    return pl.DataFrame(head).hstack(table.values)


def _row_period(table: Table) -> pl.Series:
    if not table.source.period:
        return pl.Series("period", [""] * table.row.len(), dtype=pl.String)
    return table.values[table.source.period].dt.strftime("%Y-%m").fill_null("").alias("period")


def _raw(table: Table) -> pl.DataFrame:
    """Row number and every column of the file by its title (unnamed columns by their letter)."""
    titles = {place: table.header.titles[name] for name, place in table.header.places.items()} | table.header.unknown
    columns: dict[str, pl.Series] = {"row": table.row}
    for place in table.raw.columns:
        title = titles.get(int(place)) or f"第{int(place) + 1}列"
        if int(place) in titles or table.raw[place].is_not_null().any():
            columns[title if title not in columns else f"{title}（第{int(place) + 1}列）"] = table.raw[place]
    return pl.DataFrame(columns)


def remarks_of(found: pl.DataFrame) -> list[Remark]:
    return [
        Remark(row, name, Problem(code, column, value, why, remedy), severity, suggestion or "")
        for row, code, severity, name, column, value, why, remedy, suggestion in found.rows()
    ]


def _waiting(table: Table, raw: pl.DataFrame, rows: list[int], remarks: list[Remark]) -> list[Waiting]:
    by_row: dict[int, list[Remark]] = {row: [] for row in rows}
    for remark in remarks:
        if remark.row in by_row:
            by_row[remark.row].append(remark)
    chosen = table.row.is_in(rows)
    cells = raw.filter(chosen).drop("row").rows(named=True)
    texts = table.text.filter(chosen).rows(named=True)
    keys = table.keys().filter(chosen)
    return [
        Waiting(row, _filled(cell), _filled(text), by_row[row], key)
        for row, cell, text, key in zip(rows, cells, texts, keys, strict=True)
    ]


def _filled(cells: dict[str, Any]) -> dict[str, str]:
    return {name: cell or "" for name, cell in cells.items()}


def _period(
    sheet: Sheet, header: Header, source: Source, data: list[int], file_name: str, as_of: date, given: Period | None
) -> tuple[Period | None, list[str]]:
    """The file's period: as given, as its titles or name say, or as its rows make it."""
    if given:
        return given, []
    above = [cell for index in range(header.top) for cell in sheet.line(index) if cell]
    if said := said_period([*above, sheet.name, file_name]):
        return said, []
    if not source.period or source.period not in header.places:
        return None, []
    column = source.columns[source.period]
    cells = cells_of(source, header, sheet.cells[data])[source.period]
    counted = counted_period(cells, column.type, as_of)
    if counted is None:
        return None, []
    title = header.titles[source.period]
    return counted, [f"文件没有写所属期，按“{title}”各行得出：{counted.start:%Y-%m} 至 {counted.end:%Y-%m}"]


def _columns(table: Table) -> list[str]:
    """Columns that we do not know, and known ones that the file does not have."""
    notes = []
    if table.header.unknown:
        notes.append("未用到的列：" + "、".join(table.header.unknown.values()))
    absent = [c.titles[0] for name, c in table.source.columns.items() if name not in table.header.places]
    if absent:
        notes.append("文件没有的列：" + "、".join(absent))
    return notes


def _other_sheets(sheets: list[Sheet], used: Sheet) -> list[str]:
    others = [f"“{sheet.name}”（{sheet.cells.height} 行）" for sheet in sheets if sheet is not used]
    return [f"只读了工作表“{used.name}”；未读：" + "、".join(others)] if others else []
