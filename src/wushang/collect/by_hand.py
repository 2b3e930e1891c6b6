"""One row of the ledger written anew by hand: its cells as its file has them, read and checked like a file's row.

A cell that nobody touches keeps its stored value, whatever its text would be read as today: to save without a change changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
from django.utils import timezone

from wushang.collect import shelf
from wushang.collect.checking import Remark, findings, landable, remarks_of
from wushang.collect.deeds.check_batch import secret
from wushang.collect.handing import HandedRow
from wushang.collect.models import Batch, QuarantinedRow
from wushang.collect.reading import read
from wushang.collect.reading.header import Header
from wushang.collect.source import Column, Source
from wushang.collect.table import Table, cells_of, typed
from wushang.pool.models import Reported
from wushang.terms import codes

UNITS = {"money": "元", "rate": "%"}
READ_AGAIN = 20 * 1024 * 1024  # bytes: a larger file is not read again for one row
HEAD = ("row", "key", "digest", "period")


def texts_of(batch: Batch, fact: Reported) -> dict[str, str]:
    """Field → cell, personal ones too: as the file writes it where that is what the ledger holds, else the value in words;
    {} where the delivery no longer holds the row."""
    source, values = batch.version.loaded(), _values(batch, fact)
    if not values:
        return {}
    written = _written(batch, fact.row or 0)
    again = _table(batch, fact.row or 0, written).values.rows(named=True)[0] if written else {}
    kept = {name for name in written if written[name] and all(_plain(again[n]) == _plain(values.get(n)) for n in _from(name, source))}
    return {
        name: written[name] if name in kept else text_of(values.get(name), column) + _hour(values, column)
        for name, column in source.columns.items()
    }  # fmt: skip


def read_row(batch: Batch, fact: Reported, changed: Mapping[str, str]) -> tuple[list[Remark], HandedRow]:
    """The row as it would land with these cells written anew, and what the checks find that they did not find before."""
    held, values, number = texts_of(batch, fact), _values(batch, fact), fact.row or 0
    before = {(r.problem.code, r.field) for r in remarks_of(findings(_standing(_table(batch, number, held), values, {})))}
    table = _standing(_table(batch, number, {**held, **changed}), values, changed)
    found = [r for r in remarks_of(findings(table)) if r.field in changed or (r.problem.code, r.field) not in before]
    return found, _handed(table.source, landable(table, secret()).rows(named=True)[0], number)


def line_of(batch: Batch, row: int) -> list[str]:
    """One line of the kept file, cell by cell; [] where the file is too large, or cannot be read any more."""
    if not row or not batch.digest or batch.size > READ_AGAIN or not batch.header.get("places"):
        return []
    try:
        sheets = read(lambda: shelf.open_file(batch.digest), batch.file_name)
        sheet = next((one for one in sheets if one.name == batch.sheet), sheets[0])
        return sheet.line(row - 1)
    except Exception:  # its understood values are shown instead
        return []


def _from(name: str, source: Source) -> list[str]:
    """A column and the fields that its cell gives besides."""
    column = source.columns[name]
    return [name, *(field for field in (column.hour, column.begins, column.ends, column.flow) if field)]


def _plain(value: Any) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def _written(batch: Batch, row: int) -> dict[str, str]:
    """Field → text of a row: as a person mended it, else as the file has it."""
    columns = batch.version.loaded().columns
    if held := QuarantinedRow.objects.filter(batch=batch, row=row).first():
        return {name: text for name, text in json.loads(held.text).items() if name in columns}
    line, places = line_of(batch, row), batch.header.get("places", {})
    return {name: line[place] for name, place in places.items() if name in columns and place < len(line)}


def _values(batch: Batch, fact: Reported) -> dict[str, Any]:
    """The typed values as they stand in the ledger, personal ones too."""
    if hasattr(fact, "values") and hasattr(fact, "personal"):  # Report keeps all of them
        return {**fact.values, **(json.loads(fact.personal) if fact.personal else {})}
    kept, digest = _kept(batch, fact.row or 0)
    # what the ledger says now over what the delivery said: an earlier correction must not be lost by the next one
    return kept if digest == fact.digest else {name: getattr(fact, name, value) for name, value in kept.items()}


def _kept(batch: Batch, row: int) -> tuple[dict[str, Any], str]:
    """The typed values of one row of a delivery, as they were taken or as a person settled them, and its digest."""
    settled = QuarantinedRow.objects.filter(batch=batch, row=row).exclude(result="").first()
    if settled:
        kept = json.loads(settled.result)
        return {**kept["values"], **kept["personal"]}, kept["digest"]
    try:
        table, personal = shelf.kept_table(batch.path), shelf.kept_personal(batch.path)
    except OSError:
        return {}, ""
    mine = [*table.filter(pl.col("row") == row).rows(named=True), *personal.filter(pl.col("row") == row).rows(named=True)]
    values = {name: value for one in mine for name, value in one.items()}
    return {name: value for name, value in values.items() if name not in HEAD}, values.get("digest", "")


def _hour(values: dict[str, Any], column: Column) -> str:
    """The hour that stands in the cell of a date; no minutes, since the ledger knows none."""
    hour = values.get(column.hour) if column.hour and values.get(column.hour) is not None else None
    return f" {int(hour)}时" if hour is not None else ""


def text_of(value: Any, column: Column) -> str:
    """A stored value in the words of a file, with its unit: it is read as the same value in every file of the source."""
    if value is None or value == "":
        return ""
    if column.type == "code":
        word = next((word for word, code in column.values.items() if code == value), "")
        return word or (codes.name(column.codes, str(value)) if column.codes else str(value))
    if column.type == "money":
        return f"{Decimal(int(value)) / 100:.2f}元"
    if column.type == "rate":
        return f"{Decimal(int(value)) / 10_000:.4f}%"
    if column.type == "decimal":
        return f"{(Decimal(int(value)) / 1_000_000).normalize():f}"
    if column.type == "duration":
        return f"{int(value)}个月"
    return str(value)[:7] if column.type == "month" else _plain(value)


def _table(batch: Batch, number: int, texts: Mapping[str, str]) -> Table:
    """A table of one row: these texts under every column of the source, in the units of the delivery."""
    source = batch.version.loaded()
    places = {name: place for place, name in enumerate(source.columns)}
    titles = {name: batch.header.get("titles", {}).get(name) or column.titles[0] for name, column in source.columns.items()}
    units = {name: UNITS[column.type] for name, column in source.columns.items() if column.type in UNITS} | batch.header.get("units", {})
    cells = {str(place): [texts.get(name, "").strip() or None] for name, place in places.items()}
    raw = pl.DataFrame(cells, schema=dict.fromkeys(cells, pl.String))
    header, row = Header(0, 1, places, titles, units), pl.Series("row", [number], dtype=pl.UInt32)
    return typed(source, header, row, raw, cells_of(source, header, raw), batch.period, timezone.localdate(batch.received))


def _standing(table: Table, values: dict[str, Any], changed: Mapping[str, str]) -> Table:
    """The table with its stored values wherever no cell that gives them was written anew."""
    anew = {field for name in changed for field in _from(name, table.source)}
    mine = [name for name in table.values.columns if name in values and name not in anew and name not in table.source.constants]
    kept = [pl.Series(name, [_stored(values[name], table.values[name].dtype)], dtype=table.values[name].dtype) for name in mine]
    fine = [pl.lit(None, pl.String).alias(name) for name in mine if name in table.troubles.columns]
    return replace(table, values=table.values.with_columns(kept), troubles=table.troubles.with_columns(fine))


def _stored(value: Any, kind: pl.DataType) -> Any:
    """A value as the ledger keeps it (JSON has no dates) for a column of this type."""
    if value is None or value == "":
        return None
    return date.fromisoformat(str(value)) if kind == pl.Date else str(value) if kind == pl.String else int(value)


def _handed(source: Source, row: dict[str, Any], number: int) -> HandedRow:
    values = {name: value for name, value in row.items() if name not in HEAD}
    personal = {name: str(values[name]) for name in source.personal if values.get(name)}
    for name in source.personal:
        values.pop(name, None)
    return HandedRow(row["key"], row["digest"], values, personal, row["period"], number)
