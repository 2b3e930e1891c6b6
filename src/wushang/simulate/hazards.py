"""卫健 职业病危害名单: each quarter the hazards still open or found in the quarter, with the day they were mended."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from wushang.simulate.chance import Stream, pick
from wushang.simulate.delivery import Delivery
from wushang.simulate.enterprises import Enterprises
from wushang.simulate.months import Calendar
from wushang.simulate.sheet import Sheet

DEPARTMENT = "卫健局"
KINDS = ["检测超标", "未申报危害项目", "未体检", "疑似职业病报告", "卫健监督意见"]
FACTORS = {
    "metal": ["噪声", "电焊烟尘", "其他粉尘", "铬及其化合物"], "machinery": ["噪声", "其他粉尘"],
    "plastics": ["噪声", "苯系物", "高温"], "chemicals": ["苯系物", "甲醛", "氨"],
    "construction": ["矽尘", "水泥粉尘", "噪声"],
}  # fmt: skip
SCHEMA = {"enterprise": pl.Int64, "kind": pl.String, "factor": pl.String, "opened": pl.Date, "closed": pl.Date}
YEARLY = 0.12  # hazards found a year in an enterprise of these trades


def draw(stream: Stream, firms: Enterprises, cal: Calendar) -> pl.DataFrame:
    """All hazards: hazard, enterprise, kind, factor, opened, closed (empty: never mended)."""
    rng = stream("hazards")
    begin, end = cal.first_days[0], np.datetime64(cal.until)
    span = int((end - begin).astype(int))
    parts = []
    for group, factors in FACTORS.items():
        exposed = np.flatnonzero(firms.group(group) & firms.insured)
        who = np.repeat(exposed, rng.poisson(YEARLY * span / 365, len(exposed)))
        factor, kind = pick(rng, factors, len(who)), pick(rng, KINDS, len(who), [5, 2, 3, 1, 2])
        opened = begin + rng.integers(0, span + 1, len(who))
        mended = opened + np.rint(70 * np.exp(rng.normal(0, 0.6, len(who)))).astype(int)
        closed = np.where(rng.random(len(who)) < 0.8, mended, np.datetime64("NaT"))
        there = (opened > firms.founded[who]) & _alive(firms, who, opened, cal)
        columns = {"enterprise": who + 1, "kind": kind, "factor": factor, "opened": opened, "closed": closed}
        parts.append(pl.DataFrame({k: v[there].tolist() for k, v in columns.items()}, schema=SCHEMA))
    frame = pl.concat(parts).sort("opened", "enterprise", "kind", "factor")
    frame = frame.unique(["enterprise", "kind", "factor", "opened"], keep="first", maintain_order=True)
    return frame.with_row_index("hazard", offset=1).with_columns(pl.col("hazard").cast(pl.Int64))


def _alive(firms: Enterprises, who: np.ndarray, day: np.ndarray, cal: Calendar) -> np.ndarray:
    month = np.searchsorted(cal.first_days, day, side="right") - 1
    return (firms.opened[who] <= month) & (month < firms.closed[who])


def deliveries(hazards: pl.DataFrame, firms: Enterprises, cal: Calendar) -> list[Delivery]:
    """The lists of the quarters that ended in the window."""
    out: list[Delivery] = []
    for month in cal.window():
        first, last = cal.first(month), cal.end(month)
        if first.month % 3 or (np.datetime64(last) + 1).astype(object).day != 1:
            continue
        start = date(first.year, first.month - 2, 1)
        found = hazards.filter((pl.col("opened") <= last) & (pl.col("closed").is_null() | (pl.col("closed") >= start)))
        if found.is_empty():
            continue
        news = (found["opened"] >= start) | found["closed"].is_between(start, last).fill_null(False)
        repeated = set() if not out else set(np.flatnonzero(~news.to_numpy()).tolist())
        quarter = (first.month + 2) // 3
        path = f"{DEPARTMENT}/职业病危害名单_{first.year}年第{quarter}季度.xlsx"
        sheet = Sheet(path, _table(found, firms, cal, last))
        out.append(Delivery("disease_hazards", sheet, start, last, found["hazard"].to_numpy(), repeated))
    return out


def _table(found: pl.DataFrame, firms: Enterprises, cal: Calendar, last: date) -> pl.DataFrame:
    """The columns of the list; names as they were when found; a day of mending after the quarter is not yet known."""
    who = found["enterprise"].to_numpy() - 1
    month = np.searchsorted(cal.first_days, found["opened"].to_numpy().astype("M8[D]"), side="right") - 1
    names = np.where(firms.renamed[who] <= month, firms.new_name[who], firms.name[who])
    return pl.DataFrame({
        "单位名称": names.tolist(), "统一社会信用代码": firms.uscc[who].tolist(),
        "隐患类别": found["kind"], "危害因素": found["factor"], "发现日期": found["opened"],
        "整改完成日期": found.select(pl.when(pl.col("closed") <= last).then("closed").alias("closed"))["closed"],
    }, schema_overrides={"单位名称": pl.String, "统一社会信用代码": pl.String})  # fmt: skip
