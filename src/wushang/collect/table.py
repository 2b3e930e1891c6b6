"""A table under check: the rows of one file as raw cells, as clean text and as typed values."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial

import polars as pl

from wushang.collect.cells import coded, dates, numbers, text
from wushang.collect.cells.once import once
from wushang.collect.reading.header import Header
from wushang.collect.reading.sheet import Sheet
from wushang.collect.source import NUMBERS, Column, Source
from wushang.terms.period import Period

LAWFUL_RATES = (1_000, 30_000)  # millionths: 0.2 %–1.9 % floated by 50 %–150 % (人社部发〔2015〕71号), with a margin


@dataclass(frozen=True)
class Table:
    """Frames of the same height and order; `row` is the line of the file as a spreadsheet counts (first line 1)."""

    source: Source
    header: Header
    row: pl.Series
    raw: pl.DataFrame  # every column of the file, by its place
    text: pl.DataFrame  # clean text by field; a field the file does not have is all null
    values: pl.DataFrame  # typed values by field
    troubles: pl.DataFrame  # by field: why a text is no value, in one word
    as_of: date
    period: Period | None = None
    notes: list[str] = field(default_factory=list)

    def title(self, name: str) -> str:
        """What the file calls a field (or our first title for it)."""
        if name in self.header.titles:
            return self.header.titles[name]
        column = self.source.columns.get(name)
        return column.titles[0] if column else name

    def has(self, *names: str) -> bool:
        """Whether the file has all these columns."""
        return all(name in self.header.places or name in self._hours() for name in names)

    def of_type(self, *kinds: str) -> list[str]:
        """Fields in the file whose column is of one of these types."""
        return [name for name, c in self.source.columns.items() if c.type in kinds and name in self.header.places]

    def canonical(self) -> pl.DataFrame:
        """Values as text, the clean text where there is no value: what two rows are compared by."""
        return self._canonical

    @cached_property
    def _canonical(self) -> pl.DataFrame:
        full = {name: self.values[name].cast(pl.String) for name in self.values.columns}
        return pl.DataFrame({n: v.fill_null(self.text[n]) if n in self.text.columns else v for n, v in full.items()})

    def keys(self) -> pl.Series:
        """Natural key of each row, as reported; an empty part stays empty."""
        said = self.canonical().select(pl.col(self.source.key).fill_null(""))
        months = [name for name in self.source.key if self.source.columns[name].type == "month"]
        parts = [pl.col(name).str.slice(0, 7) if name in months else pl.col(name) for name in self.source.key]
        return said.select(pl.concat_str(parts, separator="|").alias("key"))["key"]

    def _hours(self) -> set[str]:
        return {c.hour for name, c in self.source.columns.items() if c.hour and name in self.header.places}


def cells_of(source: Source, header: Header, raw: pl.DataFrame) -> pl.DataFrame:
    """Raw columns → clean text by field."""
    found = {}
    for name, column in source.columns.items():
        place = header.places.get(name)
        cells = raw[str(place)] if place is not None else pl.Series([None] * raw.height, dtype=pl.String)
        found[name] = once(cells, partial(_clean, column=column))["text"]
    return pl.DataFrame(found)


def _clean(cells: pl.Series, column: Column) -> pl.DataFrame:
    return pl.DataFrame({"text": _shape(text.clean(cells, column.missing, column.keep), column)})


def _shape(clean: pl.Series, column: Column) -> pl.Series:
    if column.type in {"uscc", "id_number", "identifier"}:
        return text.compact(clean)
    if column.type == "document":
        return text.document(clean)
    if column.type == "phone":
        return clean.str.replace_all(r"[\s-]", "")
    return clean


def build(sheet: Sheet, header: Header, source: Source, data: list[int], period: Period | None, as_of: date) -> Table:
    """The data lines of a sheet as a Table."""
    raw = sheet.cells[data]
    clean = cells_of(source, header, raw)
    header, notes = with_units(source, header, clean)
    row = pl.Series("row", [i + 1 for i in data], dtype=pl.UInt32)
    table = typed(source, header, row, raw, clean, period, as_of)
    return replace(table, notes=notes + table.notes)


def typed(
    source: Source,
    header: Header,
    row: pl.Series,
    raw: pl.DataFrame,
    clean: pl.DataFrame,
    period: Period | None,
    as_of: date,
) -> Table:
    """Clean text → Table with typed values and troubles. Codes come last: they need the event's date."""
    notes: list[str] = []
    values: dict[str, pl.Series] = {}
    troubles: dict[str, pl.Series] = {}
    for name, column in source.columns.items():
        if column.type != "code":
            _type(name, column, clean[name], header, period, values, troubles, notes)
    on = _event_dates(source, values, row.len(), as_of)
    for name, column in source.columns.items():
        if column.type == "code":
            found = coded.code(clean[name], column.codes, column.values, on)
            values[name], troubles[name] = found["value"], found["trouble"]
    order = [f for f in [*source.columns, *(c.hour for c in source.columns.values() if c.hour)] if f in values]
    fields = pl.DataFrame({name: values[name] for name in order})
    return Table(source, header, row, raw, clean, fields, pl.DataFrame(troubles), as_of, period, notes)


def _type(
    name: str,
    column: Column,
    clean: pl.Series,
    header: Header,
    period: Period | None,
    values: dict[str, pl.Series],
    troubles: dict[str, pl.Series],
    notes: list[str],
) -> None:
    """One column's values and troubles into the two dicts; what was settled by the file is noted."""
    if column.type in NUMBERS:
        unit = header.units.get(name, "")
        found = once(clean, lambda words: numbers.number(words, column.type, unit))
    elif column.type == "date":
        found = once(clean, lambda words: dates.dates(words, period))
        if column.hour:
            values[column.hour] = found["hour"]
        if settled := int(found["note"].is_not_null().sum()):
            notes.append(f"“{header.titles[name]}”有 {settled} 行没有年份，按本表所属期补上年份")
    elif column.type == "month":
        found = once(clean, dates.months)
    elif column.type == "hour":
        found = once(clean, dates.hours)
    else:
        found = pl.DataFrame({"value": clean, "trouble": pl.Series([None] * clean.len(), dtype=pl.String)})
    values[name], troubles[name] = found["value"], found["trouble"]


def with_units(source: Source, header: Header, clean: pl.DataFrame) -> tuple[Header, list[str]]:
    """The header with a unit for every amount and rate: written, declared, or (rates) the only lawful one."""
    units, notes = dict(header.units), []
    for name, column in source.columns.items():
        if column.type == "money":
            units.setdefault(name, column.unit or "元")
        elif column.type == "rate" and name in header.places and not (units.get(name) or column.unit):
            units[name] = numbers.rate_unit(clean[name], column.min or LAWFUL_RATES[0], column.max or LAWFUL_RATES[1])
            if units[name]:
                said = f"未写单位，只有按“{units[name]}”读才落在法定费率范围内，已按此读取"
                notes.append(f"“{header.titles[name]}”{said}")
        elif column.type == "rate":
            units.setdefault(name, column.unit)
    return replace(header, units=units), notes


def _event_dates(source: Source, values: dict[str, pl.Series], height: int, as_of: date) -> pl.Series:
    """The date on which codes are looked up, row by row."""
    if source.event_date and source.event_date in values:
        return values[source.event_date].fill_null(as_of)
    return pl.Series([as_of] * height, dtype=pl.Date)
