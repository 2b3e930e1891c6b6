"""G7: the yearly lists of the emergency and industry bureaus (标准化达标, 规上), and the penalties of each quarter."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from wushang.simulate.chance import Stream, pick
from wushang.simulate.delivery import Delivery
from wushang.simulate.enterprises import Enterprises
from wushang.simulate.months import Calendar
from wushang.simulate.sheet import Sheet
from wushang.simulate.trades import TRADES

MATTERS = (
    "未按规定对从业人员进行安全生产教育和培训",
    "特种作业人员未取得资格上岗作业",
    "未采取措施消除事故隐患",
    "未为从业人员提供劳动防护用品",
)
FINED = 0.02  # penalties a year for each enterprise


def deliveries(stream: Stream, firms: Enterprises, cal: Calendar) -> list[Delivery]:
    """A list of each kind in the first month and every January, penalties at the end of each quarter."""
    rng = stream("standings")
    graded = np.where(firms.size > 300, "二级", np.where(firms.size > 20, "三级", "小微"))
    graded = np.where(rng.random(len(firms)) < 0.3, graded, "")
    above = firms.insured & (firms.size >= 20 * np.exp(rng.normal(0, 0.4, len(firms))))
    out = []
    for month in cal.window():
        if month == cal.start or cal.first(month).month == 1:
            out += [_graded(firms, cal, month, graded), _above(firms, cal, month, above)]
        out += _penalties(rng, firms, cal, month)
    return [delivery for delivery in out if len(delivery)]


def _alive(firms: Enterprises, month: int, mask: np.ndarray) -> np.ndarray:
    return np.flatnonzero(mask & (firms.opened <= month) & (month < firms.closed))


def _unit(firms: Enterprises, month: int, who: np.ndarray) -> dict[str, list[str]]:
    return {"单位名称": firms.name_at(month)[who].tolist(), "统一社会信用代码": firms.uscc[who].tolist()}


def _graded(firms: Enterprises, cal: Calendar, month: int, graded: np.ndarray) -> Delivery:
    who, year = _alive(firms, month, graded != ""), cal.first(month).year
    frame = pl.DataFrame({
        **_unit(firms, month, who), "证书编号": [f"云AQB〔{year}〕{e + 1:05d}" for e in who], "等级": graded[who].tolist(),
        "发证日期": [date(year, 1, 1)] * len(who), "有效期至": [date(year + 2, 12, 31)] * len(who),
    }, schema_overrides={"单位名称": pl.String, "统一社会信用代码": pl.String, "等级": pl.String})  # fmt: skip
    sheet = Sheet(f"应急局/安全生产标准化达标企业_{year}年.xlsx", frame)
    return Delivery("safety_standardisation", sheet, cal.first(month), cal.end(month), who + 1)


def _above(firms: Enterprises, cal: Calendar, month: int, above: np.ndarray) -> Delivery:
    who, year = _alive(firms, month, above), cal.first(month).year
    frame = pl.DataFrame({
        **_unit(firms, month, who), "行业代码": [TRADES[t].code for t in firms.trade[who]], "年度": [year] * len(who),
    }, schema_overrides={"单位名称": pl.String, "统一社会信用代码": pl.String, "行业代码": pl.String})  # fmt: skip
    sheet = Sheet(f"经信局/规上企业名单_{year}年.xlsx", frame)
    return Delivery("above_scale_list", sheet, cal.first(month), cal.end(month), who + 1)


def _penalties(rng: np.random.Generator, firms: Enterprises, cal: Calendar, month: int) -> list[Delivery]:
    first, last = cal.first(month), cal.end(month)
    who = np.sort(rng.choice(len(firms), size=rng.poisson(FINED / 12 * len(firms)), replace=True))
    who = who[(firms.opened[who] <= month) & (month < firms.closed[who])]
    days = np.datetime64(first) + np.sort(rng.integers(0, (last - first).days + 1, len(who)))
    matter, fen = pick(rng, list(MATTERS), len(who)), rng.integers(1, 30, len(who)) * 500_000
    frame = pl.DataFrame({
        "处罚决定书文号": [f"（云）应急罚〔{first.year}〕{first.month:02d}{n:03d}号" for n in range(1, len(who) + 1)],
        **_unit(firms, month, who), "违法行为": matter.tolist(), "罚款金额": fen, "处罚机关": ["云溪市应急管理局"] * len(who), "处罚日期": days,
    }, schema_overrides={"单位名称": pl.String, "统一社会信用代码": pl.String, "违法行为": pl.String, "处罚日期": pl.Date})  # fmt: skip
    sheet = Sheet(f"应急局/行政处罚_{first.year}年{first.month:02d}月.xlsx", frame, fen=("罚款金额",))
    sheet.totals = {"罚款金额": int(fen.sum())}
    return [Delivery("penalties", sheet, first, last, who + 1)]
