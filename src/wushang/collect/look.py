"""One reading of one file, slab by slab: a file of any size needs the memory of a few slabs.

What only the whole file tells is told at the end: which rows repeat a row of another slab, which rows have the key of
another row and say something else. Those rows alone are looked at once more, together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl

from wushang.collect.ahead import ahead
from wushang.collect.checks import period as outside
from wushang.collect.footers import Tally, sums
from wushang.collect.part import BROUGHT, DOUBLES, Part, divide, without
from wushang.collect.reading import Sheet
from wushang.collect.reading.header import Header
from wushang.collect.reading.lines import classify, kinds
from wushang.collect.reading.period import counted_period, said_period
from wushang.collect.remembered import Remembered
from wushang.collect.source import Source
from wushang.collect.table import Table, cells_of, of_lines
from wushang.terms.period import Period

OTHERS = {"line": pl.UInt32, "kind": pl.String}  # lines that are no data, as a spreadsheet counts them
UNUSED, NOT_THERE = "未用到的列：", "文件没有的列："  # such notes decide nothing; any other says how rows were read
TOGETHER = 200_000  # rows looked at once more at a time
# What is remembered of each row: whether it has a key at all, and hashes of 64 bits; equal in both is the same row.
NUMBERED = (
    pl.col("row"), pl.col("key").str.contains(r"[^|]").alias("said"), pl.col("key").hash(), pl.col("digest").hash(),
)  # fmt: skip
History = Callable[[Source, Period | None], pl.DataFrame]
Landed = Callable[[Source, pl.DataFrame], pl.Series]  # rows (row, key, digest) → the `row` of those known already, as they are


@dataclass
class Look:
    """What a file is; by `parts`, what came of its rows; after the last part, `lines`, `tally` and `notes` are whole."""

    sheet: Sheet
    header: Header
    source: Source
    period: Period | None
    as_of: date
    secret: bytes = b""
    known: pl.DataFrame | None = None  # what was last known of each unit
    landed: Landed | None = None  # tells rows of other months that the file brings once more
    lines: Counter[str] = field(default_factory=Counter)
    tally: Tally = field(default_factory=Tally)
    notes: dict[str, None] = field(default_factory=dict)  # in their order, each once
    settled: Counter[str] = field(default_factory=Counter)
    others: list[pl.DataFrame] = field(default_factory=list)  # OTHERS, slab by slab
    brought: Counter[str] = field(default_factory=Counter)  # by month: rows that an earlier delivery brought already
    table: Table | None = None  # the first slab's, for its columns
    _rows: Remembered = field(default_factory=lambda: Remembered("row", "said", "key", "digest"))

    def parts(self) -> Iterator[Part]:
        """The outcome slab by slab; a part with `anew` takes back what earlier parts said of these rows."""
        slabs = 0
        for table in ahead(self._tables()):
            part = self._divided(table)
            self._count_brought(part)
            self._rows.add(part.landed.select(*NUMBERED))
            slabs += 1
            yield part
        if slabs > 1:
            yield from self._again(self._rows.alike())

    def _tables(self) -> Iterator[Table]:
        """The data lines slab by slab; the others are counted and added up."""
        for first, cells in self._slabs():
            kind = self._kinds(first, cells)
            table = self._table(first, cells, kind.eq("data").arg_true())
            self.tally.add(cells, first, [first + int(i) for i in kind.eq("footer").arg_true()], table)
            if table.row.len():
                yield table

    def _slabs(self) -> Iterator[tuple[int, pl.DataFrame]]:
        """Figures 从年初累计 are held against each other: such a file is one slab."""
        if any(column.sums.startswith("cum") for column in self.source.columns.values()):
            yield 0, pl.concat((cells for _first, cells in self.sheet.slabs()), how="diagonal")
        else:
            yield from self.sheet.slabs()

    def _kinds(self, first: int, cells: pl.DataFrame) -> pl.Series:
        sheet = replace(self.sheet, cells=cells)
        kind = kinds(cells, self.sheet, self.header, self.source) if first else classify(sheet, self.header, self.source).kind
        self.lines.update({str(name): int(count) for name, count in kind.value_counts().rows()})
        line = pl.select(pl.int_range(first + 1, first + 1 + kind.len(), dtype=pl.UInt32).alias("line"))["line"]
        self.others.append(pl.DataFrame({"line": line, "kind": kind}).filter(pl.col("kind") != "data"))
        return kind

    def _table(self, first: int, cells: pl.DataFrame, data: pl.Series) -> Table:
        row = (data + first + 1).cast(pl.UInt32).alias("row")
        lines = cells if data.len() == cells.height else cells[data]
        table = of_lines(self.source, self.header, row, lines, self.period, self.as_of)
        if self.table is None and row.len():
            self.header, self.table = table.header, table  # units that the header leaves open are those of the first slab
        self.notes |= dict.fromkeys(table.notes)
        self.settled.update(table.settled)
        return replace(table, marks=self.sheet.marks, known=self.known)

    def _again(self, rows: pl.DataFrame) -> Iterator[Part]:
        """Rows that repeat a row of any slab, then rows with the key of another row."""
        first = rows.select("row", pl.col("row").first().over("key", "digest").alias("first"))
        doubles = first.filter(pl.col("row") != pl.col("first")).cast(DOUBLES)  # type: ignore[arg-type]
        if doubles.height and self.table:
            nothing = divide(_only(self.table, pl.Series([], dtype=pl.UInt32)), self.secret)
            yield replace(nothing, duplicates=doubles, anew=doubles["row"])
        once = rows.filter("said").join(doubles, on="row", how="anti")
        shared = once.filter(pl.col("key").is_duplicated())
        groups = -(-shared.height // TOGETHER)
        for group in range(groups):
            some = shared.filter(pl.col("key") % groups == group)["row"].sort()
            yield self._divided(self._gathered(some), some)

    def _divided(self, table: Table, anew: pl.Series | None = None) -> Part:
        """A table divided; a row of another month that landed with that month, and is the same still, is a duplicate."""
        part = divide(table, self.secret, anew)
        others = part.found.filter((pl.col("code") == outside.code) & (pl.col("severity") == "reject"))["row"]
        if self.landed is None or others.is_empty():
            return part
        rows = part.landed.filter(pl.col("row").is_in(others.implode())).select("row", "key", "digest")
        return without(part, self.landed(self.source, rows))

    def _count_brought(self, part: Part) -> None:
        """Rows that an earlier delivery brought: how many of which month, and what they add up to."""
        rows = part.duplicates.filter(pl.col("first") == BROUGHT)["row"]
        if rows.len():
            self.brought.update(part.landed.filter(pl.col("row").is_in(rows.implode()))["period"].to_list())
            self.tally.brought += sums(_only(part.table, rows), 0, rows.len())

    def _gathered(self, rows: pl.Series) -> Table:
        """These rows, read once more, as one table."""
        found = [
            cells.with_row_index("row", first + 1).filter(pl.col("row").is_in(rows.implode()))
            for first, cells in self.sheet.slabs()
        ]
        lines = pl.concat(found, how="diagonal")
        table = of_lines(self.source, self.header, lines["row"].cast(pl.UInt32), lines.drop("row"), self.period, self.as_of)
        return replace(table, known=self.known)

    def said(self) -> list[str]:
        """Notes for people, when all parts have been."""
        settled = [self._years(self.header.titles[name], n) for name, n in self.settled.items() if n]
        return [*self.notes, *settled, *self._brought(), *_columns(self.header, self.source)]

    def _years(self, title: str, rows: int) -> str:
        """Which year was taken for days without one, and why that one."""
        assert self.period
        years = sorted({self.period.start.year, self.period.end.year})
        which = f"都按 {years[0]} 年读" if len(years) == 1 else f"各按落在其中的那一年（{years[0]} 或 {years[-1]} 年）读"
        return f"“{title}”有 {rows} 行只写了月日：本表所属期是 {outside.words(self.period)}，{which}"

    def _brought(self) -> list[str]:
        months = "、".join(f"{month} {n:,} 行" for month, n in sorted(self.brought.items()))
        return [f"以前月份的行又随本表报来：{months}，与已入库的完全一样，算作重复，不再计数"] if months else []


def _only(table: Table, rows: pl.Series) -> Table:
    """Some rows of a table."""
    mask = table.row.is_in(rows.implode())
    frames = {name: getattr(table, name).filter(mask) for name in ("row", "raw", "text", "values", "troubles")}
    return replace(table, **frames)


def period_of(
    sheet: Sheet, header: Header, source: Source, file_name: str, as_of: date, given: Period | None
) -> tuple[Period | None, list[str]]:
    """The file's period: as given, as its titles or name say, or as its rows make it."""
    if given:
        return given, []
    above = [cell for index in range(header.top) for cell in sheet.line(index) if cell]
    if said := said_period([*above, sheet.name, file_name]):
        return said, []
    if not source.period or source.period not in header.places:
        return None, []
    cells = _counts(sheet, header, source.period)
    clean = cells_of(source, header, cells)[source.period]
    counted = counted_period(clean, source.columns[source.period].type, as_of, cells["times"])
    if counted is None:
        return None, []
    title = header.titles[source.period]
    return counted, [f"文件没有写所属期，按“{title}”各行得出：{counted.start:%Y-%m} 至 {counted.end:%Y-%m}"]


def _counts(sheet: Sheet, header: Header, name: str) -> pl.DataFrame:
    """The different cells of one column below the header, and how often each stands there (`times`)."""
    place = str(header.places[name])
    slabs = (cells[place].slice(0 if first else header.below) for first, cells in sheet.slabs(place))
    counted = pl.concat([cells.value_counts(name="times") for cells in ahead(slabs)]).group_by(place).agg(pl.col("times").sum())
    width = range(sheet.cells.width)
    return counted.with_columns(pl.lit(None, pl.String).alias(str(n)) for n in width if str(n) != place)


def _columns(header: Header, source: Source) -> list[str]:
    """Columns that we do not know, and known ones that the file does not have."""
    notes = []
    if header.unknown:
        notes.append(UNUSED + "、".join(header.unknown.values()))
    absent = [c.titles[0] for name, c in source.columns.items() if name not in header.places]
    if absent:
        notes.append(NOT_THERE + "、".join(absent))
    return notes
