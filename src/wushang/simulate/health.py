"""G5 卫健: each quarter the occupational-disease cards (职业病报告卡) and what was measured at workplaces (检测结果)."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from wushang.simulate.chance import Stream
from wushang.simulate.delivery import Delivery
from wushang.simulate.enterprises import Enterprises
from wushang.simulate.hazards import DEPARTMENT, FACTORS
from wushang.simulate.identities import id_numbers
from wushang.simulate.months import Calendar
from wushang.simulate.names import person_names
from wushang.simulate.sheet import Sheet
from wushang.simulate.trades import TRADES

DISEASES = {"噪声": "噪声聋", "电焊烟尘": "电焊工尘肺", "其他粉尘": "其他尘肺", "铬及其化合物": "铬鼻病", "苯系物": "苯中毒", "高温": "中暑",
            "甲醛": "甲醛中毒", "氨": "氨中毒", "矽尘": "矽肺", "水泥粉尘": "水泥尘肺"}  # fmt: skip
# factor → limit, unit: 噪声 GBZ 2.2, the others GBZ 2.1, as far as one figure stands for all
LIMITS = {"噪声": (85.0, "dB(A)"), "电焊烟尘": (4.0, "mg/m³"), "其他粉尘": (8.0, "mg/m³"), "铬及其化合物": (0.05, "mg/m³"),
          "苯系物": (6.0, "mg/m³"), "甲醛": (0.5, "mg/m³"), "氨": (20.0, "mg/m³"), "矽尘": (0.7, "mg/m³"), "水泥粉尘": (4.0, "mg/m³")}  # fmt: skip
CARD = {"card": pl.Int64, "enterprise": pl.Int64, **dict.fromkeys(
    ("报告卡编号", "姓名", "证件号", "接害工龄", "危害因素", "病种", "期别"), pl.String), "诊断日期": pl.Date, "报告类别": pl.String, "报告日期": pl.Date}  # fmt: skip
TEST = {"enterprise": pl.Int64, "检测日期": pl.Date, **dict.fromkeys(("检测点", "检测项目", "检测结果", "限值", "计量单位"), pl.String), "over": pl.Boolean}  # fmt: skip
CARDS_A_YEAR, TESTS_A_YEAR = 0.03, 0.8  # of an enterprise where people are exposed
STAGES, STATUS = ("壹期", "贰期", "叁期"), ("疑似", "确诊", "晋期")


def draw(stream: Stream, hazards: pl.DataFrame, firms: Enterprises, cal: Calendar) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Disease cards and test rows in the months with files; a hazard 检测超标 has its test on the day it was found."""
    rng = stream("health")
    cards = _cards(rng, firms, cal)
    return cards, _tests(rng, hazards, firms, cal)


def _exposed(rng: np.random.Generator, firms: Enterprises, cal: Calendar, yearly: float) -> list[tuple[int, str, date]]:
    """Enterprise, factor and day, by chance among those exposed and alive."""
    begin = cal.first_days[cal.start]
    span = int((np.datetime64(cal.until) - begin).astype(int)) + 1
    found = []
    for group, factors in FACTORS.items():
        there = np.flatnonzero(firms.group(group) & firms.insured)
        who = np.repeat(there, rng.poisson(yearly * span / 365, len(there)))
        days, words = begin + rng.integers(0, span, len(who)), rng.integers(0, len(factors), len(who))
        month = np.searchsorted(cal.first_days, days, side="right") - 1
        alive = (firms.opened[who] <= month) & (month < firms.closed[who])
        found += [
            (int(e), factors[w], d.astype(object)) for e, w, d, a in zip(who, words, days, alive, strict=True) if a
        ]
    return sorted(found, key=lambda one: (one[2], one[0], one[1]))


def _cards(rng: np.random.Generator, firms: Enterprises, cal: Calendar) -> pl.DataFrame:
    found = _exposed(rng, firms, cal, CARDS_A_YEAR)
    names = person_names(rng, len(found)) if found else []
    rows = []
    for number, (enterprise, factor, day) in enumerate(found, 1):
        born = np.array([np.datetime64(day) - int(rng.integers(30, 60)) * 365])
        dust = DISEASES[factor].endswith(("肺", "尘肺"))
        status = STATUS[int(rng.choice(3, p=[0.35, 0.55, 0.1]))] if dust else STATUS[int(rng.choice(2, p=[0.4, 0.6]))]
        rows.append({
            "card": number, "enterprise": enterprise + 1, "报告卡编号": f"ZYB{day.year}-{number:05d}", "姓名": names[number - 1],
            "证件号": id_numbers(born, np.array([False]), np.array([200 + number % 90]))[0],
            "接害工龄": f"{int(rng.integers(1, 30))}年{int(rng.integers(1, 12))}月", "危害因素": factor,
            "病种": DISEASES[factor], "期别": STAGES[int(rng.integers(0, 3))] if dust and status != "疑似" else None,
            "诊断日期": day, "报告类别": status,
            "报告日期": min((np.datetime64(day) + int(rng.integers(1, 12))).astype(object), cal.until),
        })  # fmt: skip
    return pl.DataFrame(rows, schema=CARD)


def _tests(rng: np.random.Generator, hazards: pl.DataFrame, firms: Enterprises, cal: Calendar) -> pl.DataFrame:
    over = hazards.filter((pl.col("kind") == "检测超标") & pl.col("opened").is_between(cal.first(cal.start), cal.until))
    planted = [(e - 1, f, d, True) for e, f, d in over.select("enterprise", "factor", "opened").rows()]
    usual = [(*one, False) for one in _exposed(rng, firms, cal, TESTS_A_YEAR)]
    rows: dict[tuple[int, str, date], dict] = {}
    for enterprise, factor, day, bad in [*planted, *usual]:
        if factor in LIMITS:
            limit, unit = LIMITS[factor]
            noise = factor == "噪声"
            share = 1 + 0.02 + 0.3 * rng.random() if bad else 0.3 + 0.65 * rng.random()
            value = limit + (6 * share - 6 if noise and bad else -12 * (1 - share)) if noise else limit * share
            rows.setdefault((enterprise, factor, day), {
                "enterprise": enterprise + 1, "检测日期": day, "检测点": TRADES[firms.trade[enterprise]].posts[0][0], "检测项目": factor,
                "检测结果": f"{max(value, limit + 0.1) if bad and noise else value:.{1 if noise else 3}f}", "限值": f"{limit:g}", "计量单位": unit, "over": bad,
            })  # fmt: skip
    return pl.DataFrame(list(rows.values()), schema=TEST).sort("检测日期", "enterprise", "检测项目")


def deliveries(cards: pl.DataFrame, tests: pl.DataFrame, firms: Enterprises, cal: Calendar) -> list[Delivery]:
    """The files of the quarters that ended in the window."""
    out = []
    for month in cal.window():
        first, last = cal.first(month), cal.end(month)
        if first.month % 3 or (np.datetime64(last) + 1).astype(object).day != 1:
            continue
        start, quarter = date(first.year, first.month - 2, 1), f"{first.year}年第{(first.month + 2) // 3}季度"
        mine = cards.filter(pl.col("报告日期").is_between(start, last))
        if len(mine):
            sheet = Sheet(f"{DEPARTMENT}/职业病报告卡_{quarter}.xlsx", _card_table(mine, firms, month))
            out.append(Delivery("occupational_diseases", sheet, start, last, mine["card"].to_numpy()))
        mine = tests.filter(pl.col("检测日期").is_between(start, last))
        if len(mine):
            sheet = Sheet(f"{DEPARTMENT}/危害因素检测_{quarter}.xlsx", _test_table(mine, firms, month))
            out.append(Delivery("hazard_tests", sheet, start, last, mine["enterprise"].to_numpy()))
    return out


def _unit(mine: pl.DataFrame, firms: Enterprises, month: int) -> dict[str, list[str]]:
    who = mine["enterprise"].to_numpy() - 1
    return {"单位名称": firms.name_at(month)[who].tolist(), "统一社会信用代码": firms.uscc[who].tolist()}


def _card_table(mine: pl.DataFrame, firms: Enterprises, month: int) -> pl.DataFrame:
    said = mine.select("接害工龄", "危害因素", "病种", "期别", "诊断日期", "报告类别", "报告日期")
    head = mine.select("报告卡编号", "姓名", "证件号").with_columns(
        pl.Series(n, v) for n, v in _unit(mine, firms, month).items()
    )
    return head.hstack(said.with_columns(pl.lit("示例省职业病医院").alias("诊断机构")))


def _test_table(mine: pl.DataFrame, firms: Enterprises, month: int) -> pl.DataFrame:
    number = pl.format("JC{}-{}", pl.col("检测日期").dt.strftime("%Y%m%d"), "enterprise").alias("报告编号")
    verdict = pl.when("over").then(pl.lit("超标")).otherwise(pl.lit("合格")).alias("检测结论")
    said = mine.select("检测日期", "检测点", "检测项目", "检测结果", "限值", "计量单位", verdict)
    return mine.select(number).with_columns(pl.Series(n, v) for n, v in _unit(mine, firms, month).items()).hstack(said)
