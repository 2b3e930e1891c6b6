"""How likely a column is a field: by its title, and by what its cells hold."""

from __future__ import annotations

from datetime import date

import polars as pl
from rapidfuzz.distance import Indel

from wushang.collect.cells import coded, dates, numbers, text
from wushang.collect.cells.title import plain_title
from wushang.collect.source import NUMBERS, Column
from wushang.terms.identifiers import is_uscc

TELLING = {"uscc", "id_number", "phone", "date", "month", "code", "document"}  # types that few other cells look like
PATTERNS = {
    "id_number": r"^\d{17}[\dXx]$", "phone": r"^(?:1\d{10}|0\d{2,3}\d{7,8})$", "identifier": r"^[0-9A-Za-z-]{4,30}$",
    "document": r"〔\d{4}〕|号$|^[A-Z]{1,6}\d{4,}", "name": r"^\p{Han}{2,4}(?:·\p{Han}+)?$", "hour": r"^\d{1,2}(?::\d\d)?时?$",
}  # fmt: skip


def likeness(one: str, other: str) -> float:
    """How alike two titles are, 0 to 1; one that contains the other is at least 0.8."""
    a, b = plain_title(one), plain_title(other)
    if not a or not b:
        return 0.0
    score = Indel.normalized_similarity(a, b)
    inside = min(len(a), len(b)) >= 2 and (a in b or b in a)
    return max(score, 0.8) if inside else score


def title_score(title: str, column: Column) -> float:
    """Of the title against all titles a field is known by; 1 is the very title."""
    return max((likeness(title, known) for known in column.titles), default=0.0)


def content_score(cells: pl.Series, column: Column, day: date) -> float | None:
    """The share of filled cells that can be read as the field; None where nothing can be told (text, empty)."""
    clean = text.clean(cells, column.missing, column.keep).drop_nulls()
    if clean.is_empty():
        return None
    fits = _fits(clean, column, day)
    return None if fits is None else float(fits.fill_null(False).mean() or 0.0)  # type: ignore[arg-type]


def _fits(clean: pl.Series, column: Column, day: date) -> pl.Series | None:
    kind = column.type
    if kind == "uscc":
        return text.compact(clean).map_elements(is_uscc, return_dtype=pl.Boolean)
    if kind == "date":
        return dates.dates(clean)["trouble"].fill_null("").is_in(["", "no_year"])
    if kind == "month":
        return dates.months(clean)["value"].is_not_null()
    if kind in ("integer", "money", "rate"):
        return numbers.number(clean, kind, {"money": "元", "rate": "%"}.get(kind, ""))["trouble"].is_null()
    if kind in NUMBERS:
        return clean.str.contains(r"^-?[\d,.]+")
    if kind == "code":
        on = pl.Series([day] * clean.len(), dtype=pl.Date)
        return coded.code(clean, column.codes, column.values, on)["value"].is_not_null()
    if kind in PATTERNS:
        shaped = text.document(clean) if kind == "document" else text.compact(clean)
        return shaped.str.contains(PATTERNS[kind])
    return None
