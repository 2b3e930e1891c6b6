"""A sheet as csv: titles, header, rows, feet, in its encoding."""

from __future__ import annotations

import polars as pl

from wushang.simulate.sheet import Cell, Sheet, footer, money


def _text(sheet: Sheet) -> pl.DataFrame:
    """All cells as text, dates as 2026-03-05, money with its decimals, replaced cells in place."""
    columns = []
    for name in sheet.frame.columns:
        series = sheet.frame[name]
        if name in sheet.fen:
            many = name in sheet.myriad
            series = pl.Series(name, [None if v is None else money(v, many) for v in series.to_list()], dtype=pl.String)
        columns.append(series.cast(pl.String).alias(name))
    table = pl.DataFrame(columns)
    by_column: dict[str, list[tuple[int, Cell]]] = {}
    for (row, column), cell in sheet.cells.items():
        by_column.setdefault(column, []).append((row, cell))
    for column, changes in by_column.items():
        values = table[column].to_list()
        for row, cell in changes:
            values[row] = _as_csv(cell)
        table = table.with_columns(pl.Series(column, values, dtype=pl.String))
    return table


def _as_csv(cell: Cell) -> str | None:
    """A cell as a spreadsheet program saves it to csv: a long number loses its digits."""
    if isinstance(cell, float):
        return f"{cell:.5E}" if abs(cell) >= 1e11 else f"{cell:g}"
    return None if cell is None or cell == "" else str(cell)


def written(sheet: Sheet) -> bytes:
    """The bytes of the csv file; lines end as Excel ends them."""
    table = _text(sheet)
    width = len(table.columns)
    head = [[title] + [""] * (width - 1) for title in sheet.layout.titles]
    head.append([sheet.header(c) for c in table.columns])
    foot = [[_as_csv(c) or "" for c in row] for row in footer(sheet, as_text=True)]
    text = _lines(head) + table.write_csv(include_header=False, line_terminator="\r\n") + _lines(foot)
    return text.encode(sheet.layout.encoding)


def _lines(rows: list[list[str]]) -> str:
    if not rows:
        return ""
    bare = [[cell or None for cell in row] for row in rows]
    table = pl.DataFrame(bare, schema={f"c{i}": pl.String for i in range(len(rows[0]))}, orient="row")
    return table.write_csv(include_header=False, line_terminator="\r\n")
