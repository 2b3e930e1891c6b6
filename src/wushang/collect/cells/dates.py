"""Dates, hours and months out of clean text; what can be read in two ways is not read."""

from __future__ import annotations

from datetime import date

import polars as pl

from wushang.terms.period import Period

HALF_DAY = "凌晨|清晨|早晨|早上|上午|中午|午后|下午|傍晚|晚上|夜间|夜里|晚|夜|am|pm|AM|PM"
MINUTES = r"(?:\d{1,2}\s*(?:分|:\s*\d{1,2}(?:\.\d+)?秒?)?|半)?(?:左右|许)?"
CLOCK = rf"(?:({HALF_DAY})?\s*(?:(\d{{1,2}})\s*[:时点]\s*{MINUTES})?)"
REST = rf"\s*[T,]?\s*(?:\(?(?:周|星期)[一二三四五六日天]\)?)?\s*{CLOCK}\s*(?:Z|\+08:?00)?$"
FULL = r"^(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?" + REST
SOLID = r"^(\d{4})(\d{2})(\d{2})" + r"(?:\s+" + CLOCK + r")?$"
SOLID_TIME = r"^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(?:\d{2})?$"
SERIAL = r"^(\d{5})(?:(\.\d+))?$"  # days since 1899-12-30, as a spreadsheet counts
YEARLESS = r"^(\d{1,2})\s*[月/-]\s*(\d{1,2})\s*[日号]?" + REST
POINTED = r"^(\d{1,2})\.(\d{1,2})$"  # 3.10 and 3.1 are the same number to a spreadsheet
SHORT_YEAR = r"^'?\d{2}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}[日号]?"
DAY_FIRST = r"^\d{1,2}[-./]\d{1,2}[-./]\d{4}"
NO_DAY = r"^\d{4}\s*[-./年]\s*\d{1,2}\s*月?$"
MONTH = r"^(\d{4})\s*(?:[-./年]\s*(\d{1,2})\s*月?|(\d{2}))$"
EPOCH = date(1899, 12, 30)
LATER = 1462  # days between the two counts; a workbook of the old Macintosh counts from 1904
SERIALS = (20000, 80000)  # 1954 to 2119


def dates(text: pl.Series, period: Period | None = None, count: str = "") -> pl.DataFrame:
    """Clean text → `value` (date), `hour`, `trouble`, `note`; a day without year only where the period settles it. `count`
    "1904": day numbers count from that year."""
    frame = pl.DataFrame({"text": text}).with_columns(*_pieces(LATER if count == "1904" else 0))
    frame = frame.with_columns(_day(pl.col("y"), pl.col("m"), pl.col("d")).alias("value"), _hour().alias("hour"))
    if period:
        frame = frame.with_columns(_settled(period).alias("settled"))
    else:
        frame = frame.with_columns(pl.lit(None, pl.Date).alias("settled"))
    frame = frame.with_columns(_trouble().alias("trouble"))
    fine = pl.col("trouble").is_null()
    return frame.select(
        pl.when(fine).then(pl.coalesce("value", "settled")).alias("value"),
        pl.when(fine & pl.col("hour").is_between(0, 23)).then(pl.col("hour")).cast(pl.Int8).alias("hour"),
        "trouble",
        pl.when(fine & pl.col("value").is_null() & pl.col("settled").is_not_null()).then(pl.lit("year_from_period"))
        .alias("note"),
    )  # fmt: skip


def months(text: pl.Series, count: str = "") -> pl.DataFrame:
    """Clean text → `value` (first day of the month) and `trouble`; a whole date stands for its month."""
    frame = pl.DataFrame({"text": text}).with_columns(
        pl.col("text").str.extract(MONTH, 1).alias("y"),
        pl.coalesce(pl.col("text").str.extract(MONTH, 2), pl.col("text").str.extract(MONTH, 3)).alias("m"),
    )
    month = _day(pl.col("y"), pl.col("m"), pl.lit("1"))
    whole = dates(text, count=count)
    value = frame.select(month.alias("v"))["v"].fill_null(whole["value"].dt.truncate("1mo"))
    trouble = whole["trouble"].set(frame["m"].is_not_null(), "no_such_month")
    return pl.DataFrame({"value": value, "trouble": trouble.set(value.is_not_null() | text.is_null(), None)})


def hours(text: pl.Series) -> pl.DataFrame:
    """Clean text of an hour column → `value` (0–23) and `trouble`."""
    bare = text.str.replace(r"^(\d{1,2})$", "$1:00")
    fraction = text.str.extract(r"^(0?\.\d+)$", 1).cast(pl.Float64, strict=False)
    as_text = bare.set(fraction.is_not_null(), None)
    frame = dates(("2000-01-01 " + as_text).set(as_text.is_null(), None))
    value = frame["hour"].fill_null((fraction * 24 + 1e-6).floor().cast(pl.Int8))
    trouble = frame["trouble"].set(value.is_not_null(), None)
    return pl.DataFrame({"value": value, "trouble": trouble.replace({"unreadable": "no_such_time"})})


def _pieces(later: int = 0) -> list[pl.Expr]:
    """Year, month, day, half of the day and clock hour, from whichever full form matches."""
    t = pl.col("text")
    serial = t.str.extract(SERIAL, 1).cast(pl.Int32, strict=False) + later
    counted = pl.when(serial.is_between(*SERIALS)).then(pl.lit(EPOCH) + pl.duration(days=serial))
    part = t.str.extract(SERIAL, 2).cast(pl.Float64, strict=False)
    return [
        pl.coalesce(*(t.str.extract(f, 1) for f in (FULL, SOLID, SOLID_TIME)), counted.dt.strftime("%Y")).alias("y"),
        pl.coalesce(*(t.str.extract(f, 2) for f in (FULL, SOLID, SOLID_TIME)), counted.dt.strftime("%m")).alias("m"),
        pl.coalesce(*(t.str.extract(f, 3) for f in (FULL, SOLID, SOLID_TIME)), counted.dt.strftime("%d")).alias("d"),
        pl.coalesce(t.str.extract(FULL, 4), t.str.extract(SOLID, 4), t.str.extract(YEARLESS, 3)).alias("half"),
        pl.coalesce(
            t.str.extract(FULL, 5), t.str.extract(SOLID, 5), t.str.extract(SOLID_TIME, 4), t.str.extract(YEARLESS, 4),
            (part * 24 + 1e-6).floor().cast(pl.Int32).cast(pl.String),
        ).cast(pl.Int32, strict=False).alias("clock"),
        # a date cell turned into text ends in 00:00:00; that is no statement about midnight
        t.str.contains(r"[ T]0{1,2}:00(:00(\.0+)?)?$").fill_null(False).alias("midnight"),
        t.str.extract(YEARLESS, 1).alias("ym"),
        t.str.extract(YEARLESS, 2).alias("yd"),
    ]  # fmt: skip


def _day(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    """The day, null where the calendar has no such day."""
    text = pl.concat_str([year, month.str.zfill(2), day.str.zfill(2)], separator="-")
    return text.str.to_date("%Y-%m-%d", strict=False)


def _hour() -> pl.Expr:
    """The hour of the day from half and clock: 下午3 → 15, 中午12 → 12, 凌晨12 → 0."""
    half, clock = pl.col("half").str.to_lowercase(), pl.col("clock")
    late = half.is_in(["午后", "下午", "傍晚", "晚上", "夜间", "夜里", "晚", "夜", "pm"])
    return (
        pl.when(pl.col("midnight")).then(None)
        .when(late & clock.is_between(1, 11)).then(clock + 12)
        .when(half.eq("中午") & clock.is_between(1, 2)).then(clock + 12)
        .when(half.is_in(["凌晨", "am"]) & clock.eq(12)).then(0)
        .when(half.is_in(["晚上", "夜间", "夜里", "晚", "夜"]) & clock.eq(12)).then(None)  # the night before or after?
        .otherwise(clock)
    )  # fmt: skip


def _settled(period: Period) -> pl.Expr:
    """The yearless day in the one year that puts it inside the period, else nothing."""
    tries = [_day(pl.lit(str(y)), pl.col("ym"), pl.col("yd")) for y in range(period.start.year, period.end.year + 1)]
    inside = [pl.when(day.is_between(period.start, period.end)).then(day) for day in tries]
    count = pl.sum_horizontal([day.is_not_null().cast(pl.Int8) for day in inside])
    return pl.when(count == 1).then(pl.coalesce(inside))


def _trouble() -> pl.Expr:
    """Why a text is no date, in one word; null when it is one."""
    t, month = pl.col("text"), pl.col("m").cast(pl.Int32, strict=False)
    return (
        pl.when(t.is_null()).then(None)
        .when(pl.col("value").is_not_null() & (pl.col("hour") > 23)).then(pl.lit("no_such_time"))
        .when(pl.col("value").is_not_null()).then(None)
        .when(pl.col("y").is_not_null() & ~month.is_between(1, 12)).then(pl.lit("no_such_month"))
        .when(pl.col("y").is_not_null()).then(pl.lit("no_such_day"))
        .when(pl.col("settled").is_not_null()).then(None)
        .when(t.str.contains(SHORT_YEAR)).then(pl.lit("short_year"))
        .when(t.str.contains(DAY_FIRST)).then(pl.lit("order_unknown"))
        .when(pl.col("ym").is_not_null() | t.str.contains(POINTED)).then(pl.lit("no_year"))
        .when(t.str.contains(NO_DAY)).then(pl.lit("no_day"))
        .otherwise(pl.lit("unreadable"))
    )  # fmt: skip
