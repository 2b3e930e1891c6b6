"""A table under check: the rows of one file as raw cells, as clean text and as typed values."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial

import polars as pl

from wushang.collect.cells import coded, cumulative, dates, decimals, durations, numbers, spans, text
from wushang.collect.cells.once import once
from wushang.collect.reading.header import Header
from wushang.collect.reading.sheet import MARKS, Sheet
from wushang.collect.source import NUMBERS, Column, Source
from wushang.people.crypto import blind_index
from wushang.terms.period import Period

PLAIN = r"^[0-9A-Za-z.,()%:\x{4e00}-\x{9fff}-]+$"  # what cleaning leaves as it is, but for words that say nothing
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
    settled: dict[str, int] = field(default_factory=dict)  # by field: how many days got their year from the period
    marks: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=MARKS))  # places of the sheet to speak of
    known: pl.DataFrame | None = None  # what was last known of each unit (collect.known); None where nobody looked

    def title(self, name: str) -> str:
        """What the file calls a field (or our first title for it)."""
        if name in self.header.titles:
            return self.header.titles[name]
        column = self.source.columns.get(name)
        return column.titles[0] if column else name

    def has(self, *names: str) -> bool:
        """Whether the file has all these columns."""
        return all(name in self.header.places or name in self._given() for name in names)

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
        """Natural key of each row, as reported; an empty part stays empty, a personal one is its blind index."""
        return self._keys

    @cached_property
    def _keys(self) -> pl.Series:
        said = self.canonical().select(pl.col(self.source.key).fill_null(""))
        hidden = [name for name in self.source.key if name in self.source.personal]
        said = said.with_columns(_hidden(said[name]) for name in hidden)
        months = [name for name in self.source.key if self.source.columns[name].type == "month"]
        parts = [pl.col(name).str.slice(0, 7) if name in months else pl.col(name) for name in self.source.key]
        return said.select(pl.concat_str(parts, separator="|").alias("key"))["key"]

    def _given(self) -> set[str]:
        """Fields that another column of the file gives."""
        there = [c for name, c in self.source.columns.items() if name in self.header.places]
        return {field for c in there for field in (c.hour, c.begins, c.ends) if field}


def _hidden(said: pl.Series) -> pl.Series:
    """Personal text as its blind index, half of it: a key is read by more people than the row."""
    words = said.unique()
    return said.replace_strict(words, pl.Series([blind_index(word)[:20] for word in words], dtype=pl.String))


def cells_of(source: Source, header: Header, raw: pl.DataFrame) -> pl.DataFrame:
    """Raw columns → clean text by field."""
    found = {}
    for name, column in source.columns.items():
        place = header.places.get(name)
        cells = raw[str(place)] if place is not None else pl.Series(dtype=pl.String).clear(raw.height)
        found[name] = once(cells, partial(_clean, column=column))["text"]
    return pl.DataFrame(found)


def _clean(cells: pl.Series, column: Column) -> pl.DataFrame:
    """Most cells are clean as they are; the others are cleaned."""
    nothing = [*text.PLACEHOLDERS, *column.missing]
    dirty = (~cells.str.contains(PLAIN) | cells.is_in(nothing)).fill_null(False).arg_true()
    clean = cells.clone().scatter(dirty, text.clean(cells[dirty], column.missing, column.keep)) if dirty.len() else cells
    return pl.DataFrame({"text": _shape(clean, column)})


def _shape(clean: pl.Series, column: Column) -> pl.Series:
    if column.type in {"uscc", "id_number", "identifier"}:
        return text.compact(clean)
    if column.type == "document":
        return text.document(clean)
    if column.day_first:
        return clean.str.replace(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", "$3-$2-$1")
    if column.type == "phone":
        return clean.str.replace_all(r"[\s-]", "")
    return clean


def build(sheet: Sheet, header: Header, source: Source, data: list[int], period: Period | None, as_of: date) -> Table:
    """The data lines of a sheet as a Table."""
    row = pl.Series("row", data, dtype=pl.UInt32) + 1
    return replace(of_lines(source, header, row, sheet.cells[data], period, as_of), marks=sheet.marks)


def of_lines(
    source: Source, header: Header, row: pl.Series, raw: pl.DataFrame, period: Period | None, as_of: date
) -> Table:
    """Data lines as a Table; `row` is where each stands in the file."""
    clean = cells_of(source, header, raw)
    header, notes = with_units(source, header, clean)
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
    settled: dict[str, int] = {}
    values: dict[str, pl.Series] = {}
    troubles: dict[str, pl.Series] = {}
    for name, column in source.columns.items():
        if column.type != "code":
            _type(name, column, clean[name], header, period, values, troubles, settled)
    on = _event_dates(source, values, row.len(), as_of)
    for name, column in source.columns.items():
        if column.type == "code":
            found = coded.code(clean[name], column.codes, column.values, on)
            values[name], troubles[name] = found["value"], found["trouble"]
    spans.fill(source, values)
    notes = cumulative.flows(source, values)
    order = [f for f in [*source.columns, *(c.hour for c in source.columns.values() if c.hour)] if f in values]
    fields = pl.DataFrame({name: values[name] for name in order})
    fields = fields.with_columns(pl.lit(said).alias(name) for name, said in source.constants.items())
    return Table(source, header, row, raw, clean, fields, pl.DataFrame(troubles), as_of, period, notes, settled)


def _type(
    name: str,
    column: Column,
    clean: pl.Series,
    header: Header,
    period: Period | None,
    values: dict[str, pl.Series],
    troubles: dict[str, pl.Series],
    settled: dict[str, int],
) -> None:
    """One column's values and troubles into the two dicts; days that got their year from the period are counted."""
    unit = header.units.get(name, "")
    if column.type == "decimal":
        found = once(clean, lambda words: decimals.decimals(words, column.upper_bound))
    elif column.type == "duration":
        found = once(clean, lambda words: durations.durations(words, unit))
    elif column.type in NUMBERS:
        found = once(clean, lambda words: numbers.number(words, column.type, unit))
    elif column.type == "date":
        found = once(clean, lambda words: dates.dates(words, period, unit))
        if column.hour:
            values[column.hour] = found["hour"]
        settled[name] = int(found["note"].is_not_null().sum())
    elif column.type == "month":
        found = once(clean, lambda words: dates.months(words, unit))
        if column.from_period and period and period.start.replace(day=1) == period.end.replace(day=1):
            found = found.with_columns(_own_month(clean, found["value"], period))
    elif column.type == "spans":
        found = once(clean, spans.spans)
    elif column.type == "hour":
        found = once(clean, dates.hours)
    else:
        found = pl.DataFrame({"value": clean, "trouble": clean.clear(clean.len())})
    values[name], troubles[name] = found["value"], found["trouble"]


def _own_month(clean: pl.Series, value: pl.Series, period: Period) -> pl.Series:
    """Where nothing is written, the one month that the file says it is for."""
    own = pl.Series([period.start.replace(day=1)] * clean.len(), dtype=pl.Date)
    return value.zip_with(clean.is_not_null(), own).alias("value")


def with_units(source: Source, header: Header, clean: pl.DataFrame) -> tuple[Header, list[str]]:
    """The header with a unit for every amount and rate: written, declared, or (rates) the only lawful one."""
    units, notes = dict(header.units), []
    for name, column in source.columns.items():
        if column.type == "money":
            units.setdefault(name, column.unit or "元")
        elif column.type == "rate" and name in header.places and name not in units and not column.unit:
            units[name] = numbers.rate_unit(clean[name], column.min or LAWFUL_RATES[0], column.max or LAWFUL_RATES[1])
            if units[name]:
                said = f"未写单位，只有按“{units[name]}”读才落在法定费率范围内，已按此读取"
                notes.append(f"“{header.titles[name]}”{said}")
        elif column.type == "duration":
            written = re.search(r"[(（](年|月)[)）]", header.titles.get(name, ""))
            units[name] = written[1] if written else column.unit
        elif column.type == "rate":
            units.setdefault(name, column.unit)
    return replace(header, units=units), notes


def _event_dates(source: Source, values: dict[str, pl.Series], height: int, as_of: date) -> pl.Series:
    """The date on which codes are looked up, row by row."""
    if source.event_date and source.event_date in values:
        return values[source.event_date].fill_null(as_of)
    return pl.Series([as_of] * height, dtype=pl.Date)
