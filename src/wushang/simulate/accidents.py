"""G6 生产安全事故: the events that the emergency bureau hears of, each month what was new and what was closed."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from wushang.simulate.chance import Stream
from wushang.simulate.delivery import Delivery
from wushang.simulate.months import Calendar
from wushang.simulate.sheet import Sheet

DEPARTMENT = "应急局"
HEARD = 0.12  # share of the events with minor injuries alone that reach the bureau
LOSS = "直接经济损失"
COLUMNS = (
    "事故编号", "发生时间", "行政区划", "事故地点", "单位名称", "统一社会信用代码", "行业领域", "行业代码", "事故类型", "等级",
    "死亡", "重伤", "轻伤", LOSS, "是否生产经营性", "是否结案", "结案日期",
)  # fmt: skip
FIELDS = {"E": "建筑业", "G": "交通运输", "C": "工贸", "B": "矿山"}


def draw(stream: Stream, claims: pl.DataFrame, cal: Calendar) -> pl.DataFrame:
    """One row an accident, numbered in the order of the year, with its `event` and the day it was closed (empty: not yet)."""
    rng = stream("accidents")
    work = claims.filter(pl.col("situation").is_in(["14-1", "14-2", "14-3"]) & (pl.col("kind") != ""))
    events = work.group_by("event", maintain_order=True).agg(
        pl.first("occurred", "hour", "minute", "workshop", "kind", "town", "industry", "host_name", "host_uscc", "employer_name",
                 "employer_uscc"),
        *[(pl.col("severity") == word).sum().cast(pl.Int64).alias(name) for word, name in HURT.items()],
    ).sort("occurred", "event")  # fmt: skip
    bad = (events["死亡"] + events["重伤"]).to_numpy() > 0
    events = events.filter(pl.Series(bad | (rng.random(len(events)) < HEARD)))
    size = len(events)
    loss = np.rint(np.exp(rng.normal(10.5, 0.9, size)) + events["死亡"].to_numpy() * 1_200_000).astype(int) * 100
    closed = events["occurred"].to_numpy().astype("M8[D]") + rng.integers(20, 150, size)
    closed = np.where(rng.random(size) < 0.85, closed, np.datetime64("NaT"))
    events = events.filter(pl.col("occurred") <= cal.until) if size else events
    number = pl.int_range(1, pl.len() + 1).over(pl.col("occurred").dt.year())
    return events.with_columns(
        pl.Series(LOSS, loss[: len(events)]), pl.Series("closed", closed[: len(events)]),
        pl.format("云应事〔{}〕{}号", pl.col("occurred").dt.year(), number).alias("事故编号"),
    )  # fmt: skip


HURT = {"fatal": "死亡", "serious": "重伤", "minor": "轻伤"}


def deliveries(accidents: pl.DataFrame, cal: Calendar) -> list[Delivery]:
    """The monthly files: what happened and what was closed in the month; a quiet month has none."""
    out = []
    for month in cal.window():
        first, last = cal.first(month), cal.end(month)
        news = pl.col("occurred").is_between(first, last) | pl.col("closed").is_between(first, last)
        mine = accidents.filter(news & (pl.col("occurred") <= last))
        if mine.is_empty():
            continue
        path = f"{DEPARTMENT}/生产安全事故_{first.year}年{first.month:02d}月.xlsx"
        sheet = Sheet(path, _table(mine, last), fen=(LOSS,), myriad=frozenset({LOSS}))
        out.append(Delivery("safety_accidents", sheet, first, last, mine["event"].to_numpy()))
    return out


def _table(mine: pl.DataFrame, last: date) -> pl.DataFrame:
    known = pl.col("closed") <= last
    clock = pl.format(
        "{}:{}", pl.col("hour").cast(pl.String).str.zfill(2), pl.col("minute").cast(pl.String).str.zfill(2)
    )
    grade = pl.when(pl.col("死亡") >= 3).then(pl.lit("较大")).otherwise(pl.lit("一般"))
    return mine.with_columns(
        pl.format("{} {}", pl.col("occurred").dt.strftime("%Y-%m-%d"), clock).alias("发生时间"),
        pl.col("town").alias("行政区划"), pl.col("workshop").alias("事故地点"),
        pl.coalesce("host_name", "employer_name").alias("单位名称"),
        pl.coalesce("host_uscc", "employer_uscc").alias("统一社会信用代码"),
        pl.col("industry").str.slice(0, 1).replace_strict(FIELDS, default="其他").alias("行业领域"),
        pl.col("industry").alias("行业代码"), pl.col("kind").alias("事故类型"), grade.alias("等级"),
        pl.lit("是").alias("是否生产经营性"),
        pl.when(known).then(pl.lit("是")).otherwise(pl.lit("否")).alias("是否结案"),
        pl.when(known).then("closed").alias("结案日期"),
    ).select(COLUMNS)  # fmt: skip
