"""G2 工伤待遇支付: what the fund pays for recognised claims, month by month, with 冲红 where a payment was wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import polars as pl

from wushang.simulate.chance import Stream
from wushang.simulate.delivery import Delivery
from wushang.simulate.months import Calendar
from wushang.simulate.sheet import Sheet

DEPARTMENT = "经办中心"
AMOUNT = "支付金额"
WAGE = 550_000  # 本人工资 and 统筹地区平均工资 a month, fen: invented, one for all
DEATH = 108_376_000  # 一次性工亡补助金: 20 times the income of 2024 (54,188 yuan); one figure for all years of an invented city
MONTHS_OF_WAGE = dict(zip("一二三四五六七八九十", (27, 25, 23, 21, 18, 16, 13, 11, 9, 7), strict=True))  # 条例35—37条
WRONG = 0.04  # share of the medical payments that were wrong: taken back and paid anew the month after
SCHEMA = {
    "injury": pl.Int64, "decision": pl.String, "employer_name": pl.String, "employer_uscc": pl.String,
    "insurance_monthly": pl.String, "name": pl.String, "id_number": pl.String, "claim": pl.String, "item": pl.String,
    "fen": pl.Int64, "to": pl.String, "day": pl.Date, "red": pl.Boolean,
}  # fmt: skip
COLUMNS = (
    "支付月份", "单位名称", "统一社会信用代码", "单位编号", "姓名", "证件号", "认定编号", "待遇项目", AMOUNT, "支付对象",
    "支付日期", "基金来源", "先行支付标志",
)  # fmt: skip


def draw(stream: Stream, claims: pl.DataFrame, cal: Calendar) -> pl.DataFrame:
    """All payments in the months with files; `red` marks what takes an earlier payment back."""
    rng = stream("payments")
    known = claims.filter(pl.col("outcome").is_in(["recognised", "deemed"]) & (pl.col("decided") <= cal.until))
    rows = [row for claim in known.sort("injury").to_dicts() for row in _of_claim(rng, claim)]
    frame = pl.DataFrame(rows, schema=SCHEMA)
    paid = frame.filter(pl.col("day").is_between(cal.first(cal.start), cal.until))
    return paid.unique(["claim", "item", "to", "day", "fen"], keep="first", maintain_order=True).sort(
        "day", "injury", "item", "fen"
    )


def _of_claim(rng: np.random.Generator, claim: dict[str, Any]) -> list[dict[str, Any]]:
    """Medical care in one to three payments, then what the grade or the death brings."""
    serious = claim["severity"] != "minor"
    rows = []
    for part in range(1 + int(rng.integers(0, 3 if serious else 2))):
        day = _later(claim["decided"], 10 + 35 * part + int(rng.integers(0, 20)))
        fen = int(np.exp(rng.normal(13.6 + 1.8 * serious, 0.8)))
        rows.append(_row(claim, "医疗费", fen, "医院" if rng.random() < 0.7 else "个人", day))
        if rng.random() < WRONG:
            again = _later(day, 28 + int(rng.integers(0, 10)))
            rows += [_row(claim, "医疗费", -fen, rows[-1]["to"], again, red=True),
                     _row(claim, "医疗费", int(fen * 0.9), rows[-1]["to"], again)]  # fmt: skip
    if claim["assessed"] and claim["grade"] and claim["grade"] != "未达级":
        day = _later(claim["assessed"], 25 + int(rng.integers(0, 20)))
        rows.append(_row(claim, "一次性伤残补助金", MONTHS_OF_WAGE[claim["grade"][0]] * WAGE, "个人", day))
    if claim["severity"] == "fatal":
        day = _later(claim["decided"], 20)
        rows += [
            _row(claim, "丧葬补助金", 6 * WAGE, "供养亲属", day),
            _row(claim, "一次性工亡补助金", DEATH, "供养亲属", day),
        ]
    return rows


def _row(claim: dict[str, Any], item: str, fen: int, to: str, day: date, red: bool = False) -> dict[str, Any]:
    kept = ("injury", "decision", "employer_name", "employer_uscc", "insurance_monthly", "name", "id_number", "claim")
    return {**{name: claim[name] for name in kept}, "item": item, "fen": fen, "to": to, "day": day, "red": red}


def _later(day: date, days: int) -> date:
    return (np.datetime64(day) + days).astype(object)


def deliveries(payments: pl.DataFrame, cal: Calendar, as_csv: bool) -> list[Delivery]:
    """The monthly files; the foot adds up every line."""
    out = []
    for month in cal.window():
        first, last = cal.first(month), cal.end(month)
        mine = payments.filter(pl.col("day").is_between(first, last))
        if mine.is_empty():
            continue
        path = f"{DEPARTMENT}/工伤待遇支付_{first.year}{first.month:02d}.{'csv' if as_csv else 'xlsx'}"
        sheet = Sheet(path, _table(mine, f"{first:%Y%m}"), fen=(AMOUNT,))
        sheet.totals = {AMOUNT: int(mine["fen"].sum())}
        out.append(Delivery("benefit_payments", sheet, first, last, mine["injury"].to_numpy()))
    return out


def _table(mine: pl.DataFrame, month: str) -> pl.DataFrame:
    named = {"单位名称": "employer_name", "统一社会信用代码": "employer_uscc", "单位编号": "insurance_monthly", "姓名": "name",
             "证件号": "id_number", "认定编号": "decision", "待遇项目": "item", AMOUNT: "fen", "支付对象": "to", "支付日期": "day"}  # fmt: skip
    return mine.select(
        pl.lit(month).alias("支付月份"), *[pl.col(source).alias(column) for column, source in named.items()],
        pl.lit("工伤保险基金").alias("基金来源"), pl.lit("否").alias("先行支付标志"),
    ).select(COLUMNS)  # fmt: skip
