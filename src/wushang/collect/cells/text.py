"""Clean text of a column: half width, no invisible characters, placeholders read as missing."""

from __future__ import annotations

import polars as pl

# What clerks write where they have nothing (G: 无, /, -, 不详, 待补); after NFKC, so “－” is already “-”.
PLACEHOLDERS = [
    *[
        "无",
        "/",
        "//",
        "\\",
        "-",
        "--",
        "---",
        "—",
        "——",
        "~",
        "_",
        "不详",
        "待补",
        "待补充",
        "暂无",
        "暂缺",
        "未知",
        "空",
    ],
    *["(空)", "无数据", "N/A", "n/a", "NA", "NULL", "null", "None", "none", "...", "......", ".", "*"],
]
INVISIBLE = r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]"
LINE_END = "_x000D_"  # how some programs write a line end into a workbook
AS_TEXT = r'^="([^"]*)"$'  # how a csv keeps ="0033" a text
APOSTROPHE = r"^['‘’`´]+"  # how a spreadsheet marks a number kept as text


def clean(cells: pl.Series, missing: list[str] | None = None, keep: list[str] | None = None) -> pl.Series:
    """Cells as typed → clean text, null where nothing is said."""
    text = cells.str.replace_all(LINE_END, " ", literal=True).str.replace_all(INVISIBLE, "").str.normalize("NFKC")
    text = text.str.replace_all(r"\s+", " ").str.strip_chars().str.replace(AS_TEXT, "$1")
    text = text.str.strip_chars().str.replace(APOSTROPHE, "").str.strip_chars()
    nothing = ({*PLACEHOLDERS, *(missing or [])} - {*(keep or [])}) | {""}
    return text.set(text.is_in(list(nothing)).fill_null(True), None)


def compact(text: pl.Series) -> pl.Series:
    """Codes and numbers: no blanks inside, capital letters. Mostly they are so already."""
    if text.str.contains(r"^[0-9A-Z]*$").all():
        return text
    return text.str.replace_all(" ", "", literal=True).str.to_uppercase()


def document(text: pl.Series) -> pl.Series:
    """A document number with its brackets made one: [2026] (2026) 【2026】 → 〔2026〕."""
    spaceless = text.str.replace_all(" ", "", literal=True)
    return spaceless.str.replace_all(r"[\[\(【〔《<{](\d{4})[\]\)】〕》>}]", "〔$1〕")
