"""How long (接害工龄): “3年2月”, “38个月”, “3年半”, “半年”, and bare numbers where the unit is known → whole months."""

from __future__ import annotations

import polars as pl

PARTS = r"^(?:(\d{1,2})(?:周)?年)?(?:零|又)?(?:(\d{1,3})个?月)?$"
YEARS = r"^(\d{1,2})(?:\.(\d{1,2}))?年?$"
MONTHS = r"^(\d{1,3})(?:\.0+)?(?:个?月)?$"
QUARTERS = {"": 0, "0": 0, "00": 0, "25": 3, "5": 6, "50": 6, "75": 9}  # 3.2年 may mean 3年2个月: never guessed


def durations(text: pl.Series, unit: str = "") -> pl.DataFrame:
    """Clean text → `value` (months) and `trouble` (unreadable, unit_unknown, ambiguous). `unit`: 年 or 月 for bare numbers."""
    bare = text.str.replace_all(" ", "", literal=True).str.replace(r"^半年$", "6月").str.replace("年半$", "年6月")
    frame = pl.DataFrame({"text": bare, "number": bare.str.contains(r"^\d+(\.\d+)?$")}).with_columns(
        pl.col("text").str.extract(PARTS, 1).cast(pl.Int64).alias("years"),
        pl.col("text").str.extract(PARTS, 2).cast(pl.Int64).alias("months"),
        pl.col("text").str.extract(YEARS, 1).cast(pl.Int64).alias("whole"),
        pl.col("text").str.extract(YEARS, 2).fill_null("").alias("rest"),
        pl.col("text").str.extract(MONTHS, 1).cast(pl.Int64).alias("counted"),
    )
    said = pl.any_horizontal(pl.col("years").is_not_null(), pl.col("months").is_not_null())
    twelfths = pl.col("years").is_null() | pl.col("months").fill_null(0).lt(12)  # 2年15月 is a slip of the pen
    parts = pl.when(said & twelfths).then(pl.col("years").fill_null(0) * 12 + pl.col("months").fill_null(0))
    quarter = pl.col("rest").replace_strict(QUARTERS, default=None, return_dtype=pl.Int64)
    in_years = pl.col("whole") * 12 + quarter
    number = in_years if unit == "年" else pl.col("counted") if unit == "月" else pl.lit(None, pl.Int64)
    value = pl.when(pl.col("number")).then(number).otherwise(pl.coalesce(parts, in_years))
    trouble = (
        pl.when(pl.col("text").is_null() | pl.col("value").is_not_null()).then(None)
        .when(pl.col("number") & (pl.lit(unit) == "")).then(pl.lit("unit_unknown"))
        .when(pl.col("whole").is_not_null()).then(pl.lit("ambiguous"))
        .otherwise(pl.lit("unreadable"))
    )  # fmt: skip
    return frame.with_columns(value.alias("value")).select("value", trouble.alias("trouble"))
