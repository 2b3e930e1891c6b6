"""Measured values (浓度、强度) out of clean text, in millionths and exactly: “0.35mg/m³”, “88.5 dB(A)”, “<0.3”."""

from __future__ import annotations

import polars as pl

PLACES = 6  # digits after the point that are kept; a seventh one other than 0 would be lost, so it is no value
UNITS = r"mg/m3|μg/m3|ug/m3|g/m3|dB\(?A?\)?|f/mL|f/cm3|ppm|%|°C|mSv/a|mSv|m/s2|W/m2|mW/cm2|kV/m|V/m|mT|Bq/m3"
MEASURED = rf"(?i)^(<=|>=|[<>≤≥])?([+-]?)(\d{{1,3}}(?:,\d{{3}})+|\d{{1,9}})?(?:\.(\d+))?(?:{UNITS})?$"
POWERS = r"^[+-]?\d(?:\.\d+)?[eE][+-]?\d+$"  # 3.2E-3 too, which among texts and numbers (cells.numbers) may be a room or a code


def decimals(text: pl.Series, upper_bound: bool = False) -> pl.DataFrame:
    """Clean text → `value` (millionths) and `trouble` (unreadable, digits_lost, compared, too_exact)."""
    bare = text.str.replace_all(" ", "", literal=True)
    names = ("sign", "minus", "whole", "rest")
    parts = pl.DataFrame({"text": bare}).with_columns(
        pl.col("text").str.extract(MEASURED, place).alias(name) for place, name in enumerate(names, 1)
    )
    rest = pl.col("rest").fill_null("")
    digits = pl.col("whole").str.replace_all(",", "").fill_null("0") + rest.str.slice(0, PLACES).str.pad_end(
        PLACES, "0"
    )
    size = digits.cast(pl.Int64, strict=False)
    below = pl.col("sign").is_in(["<", "<=", "≤"])
    trouble = (
        pl.when(pl.col("text").is_null()).then(None)
        .when(pl.col("text").str.contains(POWERS)).then(pl.lit("digits_lost"))
        .when(pl.col("whole").is_null() & pl.col("rest").is_null()).then(pl.lit("unreadable"))
        .when(pl.col("sign").is_not_null() & ~(below & upper_bound)).then(pl.lit("compared"))
        .when(rest.str.slice(PLACES).str.contains("[1-9]")).then(pl.lit("too_exact"))
    )  # fmt: skip
    parts = parts.with_columns(
        trouble.alias("trouble"), pl.when(pl.col("minus") == "-").then(-size).otherwise(size).alias("v")
    )
    return parts.select(
        pl.when(pl.col("trouble").is_null() & pl.col("text").is_not_null()).then("v").alias("value"), "trouble"
    )
