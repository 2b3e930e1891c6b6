"""A table under check, divided: its accepted rows, the rows that repeat others, the rows that wait to be mended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import polars as pl

from wushang.collect import checks
from wushang.collect.digest import digests
from wushang.collect.finding import NOTHING
from wushang.collect.table import Table
from wushang.terms.problem import Problem

DOUBLES = {"row": pl.UInt32, "first": pl.UInt32}
BROUGHT = 0  # `first` of a row that no row of this file but an earlier delivery brought


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
class Part:
    """What came of some rows of a file. rows = accepted + duplicates + waiting, always."""

    table: Table
    landed: pl.DataFrame  # every row as it would land: row, key, digest, period, then one typed column per field
    duplicates: pl.DataFrame  # row, first: the earlier row it repeats, or BROUGHT
    found: pl.DataFrame  # what the checks found, but for duplicates
    anew: pl.Series | None = None  # rows of which an earlier part said something else: this part holds

    @cached_property
    def rejected(self) -> pl.Series:
        """Rows that wait, in order."""
        return self.found.filter(severity="reject")["row"].unique().sort()

    @cached_property
    def accepted(self) -> pl.DataFrame:
        """Rows taken as they came: row, key, digest, period, then one typed column per field."""
        lost = pl.concat([self.rejected, self.duplicates["row"]])
        return self.landed.filter(~pl.col("row").is_in(lost.implode())) if lost.len() else self.landed

    @cached_property
    def warnings(self) -> pl.DataFrame:
        """What was found on accepted rows."""
        return self.found.filter(~pl.col("row").is_in(self.rejected.implode()))

    def waiting(self) -> list[Waiting]:
        """The rows that wait."""
        by_row: dict[int, list[Remark]] = {row: [] for row in self.rejected}
        for remark in remarks_of(self.found.filter(pl.col("row").is_in(self.rejected.implode()))):
            by_row[remark.row].append(remark)
        chosen = self.table.row.is_in(self.rejected.implode())
        cells = self.raw.filter(chosen).drop("row").rows(named=True)
        texts, keys = self.table.text.filter(chosen).rows(named=True), self.landed["key"].filter(chosen)
        return [
            Waiting(row, _filled(cell), _filled(text), remarks, key)
            for (row, remarks), cell, text, key in zip(by_row.items(), cells, texts, keys, strict=True)
        ]

    @cached_property
    def raw(self) -> pl.DataFrame:
        """Row number and every column of the file by its title (unnamed columns by their letter)."""
        table = self.table
        titles = {place: table.header.titles[name] for name, place in table.header.places.items()} | table.header.unknown
        columns: dict[str, pl.Series] = {"row": table.row}
        for place in table.raw.columns:
            title = titles.get(int(place)) or f"第{int(place) + 1}列"
            if int(place) in titles or table.raw[place].is_not_null().any():
                columns[title if title not in columns else f"{title}（第{int(place) + 1}列）"] = table.raw[place]
        return pl.DataFrame(columns)


def divide(table: Table, secret: bytes = b"", anew: pl.Series | None = None) -> Part:
    """A typed table → accepted, duplicate and waiting rows."""
    landed = landable(table, secret)
    doubles = repeats(landed)
    found = findings(table)
    if doubles.height:
        found = found.filter(~pl.col("row").is_in(doubles["row"].implode()))
    return Part(table, landed, doubles, found, anew)


def without(part: Part, rows: pl.Series) -> Part:
    """The part where these rows, as an earlier delivery brought them already, are duplicates and no longer found fault with."""
    brought = pl.DataFrame({"row": rows}).select("row", pl.lit(BROUGHT).alias("first")).cast(DOUBLES)  # type: ignore[arg-type]
    found = part.found.filter(~pl.col("row").is_in(rows.implode()))
    return replace(part, duplicates=pl.concat([part.duplicates, brought]), found=found)


def findings(table: Table) -> pl.DataFrame:
    """What all checks find, by row and then by the order of the columns."""
    found = pl.concat([NOTHING, *(check.find(table) for check in checks.every())])
    place = pl.col("field").replace_strict(table.header.places, default=10_000, return_dtype=pl.Int64)
    return found.with_columns(place.alias("place")).sort("row", "place", "code").drop("place")


def repeats(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows that say exactly what an earlier row says: `row` and `first`. Equal digests are equal rows."""
    if rows["digest"].n_unique() == rows.height:
        return pl.DataFrame(schema=DOUBLES)
    first = rows.select("row", pl.col("row").first().over("digest").alias("first"))
    return first.filter(pl.col("row") != pl.col("first"))


def landable(table: Table, secret: bytes = b"") -> pl.DataFrame:
    """Typed rows with `row`, natural `key`, `digest` and the `period` each belongs to."""
    texts = table.canonical().select(pl.concat_str(pl.all().fill_null(""), separator="\x1f").alias("all"))["all"]
    head = [table.row, table.keys(), digests(texts, secret), _row_period(table)]
    return pl.DataFrame(head).hstack(table.values)


def _row_period(table: Table) -> pl.Series:
    if not table.source.period:
        return pl.Series("period", [""], dtype=pl.String).new_from_index(0, table.row.len())
    return table.values[table.source.period].dt.strftime("%Y-%m").fill_null("").alias("period")


def remarks_of(found: pl.DataFrame) -> list[Remark]:
    return [
        Remark(row, name, Problem(code, column, value, why, remedy), severity, suggestion or "")
        for row, code, severity, name, column, value, why, remedy, suggestion in found.rows()
    ]


def _filled(cells: dict[str, Any]) -> dict[str, str]:
    return {name: cell or "" for name, cell in cells.items()}
