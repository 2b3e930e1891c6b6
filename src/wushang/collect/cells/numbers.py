"""Counts, money (fen) and rates (millionths) out of clean text, exactly: no float touches them."""

from __future__ import annotations

import polars as pl

# How many places the decimal point moves to reach the stored unit.
SHIFT = {
    "money": {"元": 2, "万元": 6, "亿元": 10, "分": 0},
    "rate": {"%": 4, "‰": 3, "小数": 6},
    "integer": {"": 0},
}
NUMBER = r"^([+-]?)¥?(\d{1,3}(?:,\d{3})+|\d+)?(?:\.(\d*))?(亿元|万元|元|分|%|‰|人|名|个|户)?$"
SCIENTIFIC = r"^[+-]?\d(?:\.\d+)?[eE]\+?\d+$"
LONGEST = 14  # digits before the point; more cannot be people, money or a rate


def number(text: pl.Series, kind: str, unit: str) -> pl.DataFrame:
    """Clean text → `value` (stored unit) and `trouble` (unreadable, fraction, digits_lost, unit_unknown, too_long)."""
    plain = _plain(text, SHIFT[kind].get(unit))
    odd = (plain.is_null() & text.is_not_null()).arg_true()
    found = pl.DataFrame({"value": plain, "trouble": pl.Series([None], dtype=pl.String).new_from_index(0, text.len())})
    if not odd.len():
        return found
    read = _odd(text[odd], kind, unit)
    return pl.DataFrame([found[name].clone().scatter(odd, read[name]) for name in found.columns])


def _plain(text: pl.Series, places: int | None) -> pl.Series:
    """The value of texts that are digits with at most so many places behind the point; null for all others."""
    if places is None:
        return pl.Series("value", [None], dtype=pl.Int64).new_from_index(0, text.len())
    shape = rf"^\d{{1,12}}(?:\.\d{{1,{places}}})?$" if places else r"^\d{1,12}$"
    plain = text.set(~text.str.contains(shape).fill_null(False), None)
    return plain.str.to_decimal(scale=places).to_physical().cast(pl.Int64).alias("value")


def _odd(text: pl.Series, kind: str, unit: str) -> pl.DataFrame:
    parts = pl.DataFrame({"text": text.str.replace_all(" ", "", literal=True)}).with_columns(
        pl.col("text").str.extract(NUMBER, 1).alias("sign"),
        pl.col("text").str.extract(NUMBER, 2).str.replace_all(",", "", literal=True).alias("whole"),
        pl.col("text").str.extract(NUMBER, 3).fill_null("").alias("rest"),
        pl.col("text").str.extract(NUMBER, 4).alias("own"),
        pl.col("text").str.contains(SCIENTIFIC).alias("scientific"),
    )
    own = pl.when(pl.col("own").is_in(["人", "名", "个", "户"])).then(pl.lit("")).otherwise(pl.col("own"))
    parts = parts.with_columns(own.fill_null(unit).alias("unit"))
    shifts = SHIFT[kind]
    value = pl.coalesce([pl.when(pl.col("unit") == u).then(_moved(places)) for u, places in shifts.items()])
    trouble = (
        pl.when(pl.col("text").is_null()).then(None)
        .when(pl.col("scientific")).then(pl.lit("digits_lost"))
        .when(pl.col("whole").is_null()).then(pl.lit("unreadable"))
        .when(pl.col("whole").str.len_chars() > LONGEST).then(pl.lit("too_long"))
        .when(~pl.col("unit").is_in(list(shifts))).then(pl.lit("unit_unknown" if kind == "rate" else "unreadable"))
        .when((kind == "integer") & pl.col("rest").str.contains("[1-9]")).then(pl.lit("fraction"))
    )  # fmt: skip
    parts = parts.with_columns(trouble.alias("trouble"))
    return parts.select(pl.when(pl.col("trouble").is_null()).then(value).alias("value"), "trouble")


def _moved(places: int) -> pl.Expr:
    """The digits with the point moved right, half-up at the last kept digit."""
    rest = pl.col("rest").str.pad_end(places + 1, "0")
    digits = pl.col("whole").str.slice(0, LONGEST) + rest.str.slice(0, places)
    size = digits.cast(pl.Int64, strict=False) + (rest.str.slice(places, 1) >= "5").cast(pl.Int64)
    return pl.when(pl.col("sign") == "-").then(-size).otherwise(size)


def rate_unit(text: pl.Series, low: int, high: int) -> str:
    """The one unit under which nearly all rates are lawful; nothing when none or several are.

    A header that says only 执行费率 leaves open whether 0.9 is ‰, % or a share. The lawful range decides it where
    exactly one unit makes at least 95 of 100 rates lawful; otherwise the rows wait for a person.
    """
    counts = text.drop_nulls().value_counts()
    words, times = counts[:, 0], counts[:, 1]
    fits = []
    for unit in SHIFT["rate"] if words.len() else ():
        lawful = number(words, "rate", unit)["value"].is_between(low, high).fill_null(False)
        if float(times.filter(lawful).sum()) >= 0.95 * float(times.sum()):
            fits.append(unit)
    return fits[0] if len(fits) == 1 else ""
