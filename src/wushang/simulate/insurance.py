"""G3 参保缴费: each month the whole month, one row an enterprise and way of insuring, with 合计."""

from __future__ import annotations

import numpy as np
import polars as pl

from wushang.simulate.chance import Stream
from wushang.simulate.delivery import Delivery
from wushang.simulate.enterprises import Enterprises
from wushang.simulate.months import Calendar
from wushang.simulate.places import TOWNS
from wushang.simulate.sheet import Sheet
from wushang.simulate.trades import BASE_RATE_MILLIONTHS, CLASS_ZH, TRADES
from wushang.simulate.workforce import Workforce

DEPARTMENT = "税务局"
FEN = ("工资总额(缴费基数)", "应缴", "实缴", "欠费")
SUMMED = ("参保人数(月末)", "其中农民工", *FEN)
TIERS = (50, 80, 100, 120, 150)


def deliveries(stream: Stream, firms: Enterprises, work: Workforce, cal: Calendar, as_csv: bool) -> list[Delivery]:
    """The monthly files, xlsx with every fourth csv, or all csv."""
    rng = stream("insurance")
    wage = np.array([t.wage for t in TRADES])[firms.trade] * np.exp(rng.normal(0, 0.12, len(firms)))
    years = {cal.first(m).year for m in cal.window()}
    tiers = {year: _tiers(rng, firms) for year in sorted(years)}
    out = []
    for month in cal.window():
        first = cal.first(month)
        table, who = _table(rng, firms, work, cal, month, wage, tiers[first.year])
        csv = as_csv or (month - cal.start) % 4 == 3
        sheet = Sheet(f"{DEPARTMENT}/参保缴费_{first.year}{first.month:02d}.{'csv' if csv else 'xlsx'}", table, FEN)
        sheet.totals = {name: int(table[name].sum()) for name in SUMMED}
        out.append(Delivery("insurance_monthly", sheet, first, cal.end(month), who))
    return out


def _tiers(rng: np.random.Generator, firms: Enterprises) -> np.ndarray:
    """Floating tier (浮动档次) of a year in percent: riskier enterprises tend upwards."""
    step = np.clip(np.rint(1.6 + 0.5 * firms.risk + rng.normal(0, 0.7, len(firms))), 0, 4).astype(int)
    return np.array(TIERS)[step]


def _table(
    rng: np.random.Generator,
    firms: Enterprises,
    work: Workforce,
    cal: Calendar,
    month: int,
    wage: np.ndarray,
    tier: np.ndarray,
) -> tuple[pl.DataFrame, np.ndarray]:
    """The rows of one month and the enterprise behind each; due = wages × rate, rounded half up to the fen."""
    heads, over = work.heads[:, month], work.over_age[:, month]
    main, extra = np.flatnonzero(heads - over > 0), np.flatnonzero(over > 0)
    who = np.concatenate([main, extra])
    mode = np.array(["单位"] * len(main) + ["超龄"] * len(extra), dtype=object)
    order = np.lexsort((mode == "超龄", who))
    who, mode = who[order], mode[order]
    number = np.where(mode == "超龄", over[who], heads[who] - over[who])
    trade = firms.trade[who]
    wages = np.rint(number * wage[who] * 100 * rng.uniform(0.97, 1.06, len(who))).astype(np.int64)
    risk_class = np.array([t.risk_class for t in TRADES])[trade]
    base = np.array([0, *BASE_RATE_MILLIONTHS.values()])[risk_class]
    rate = base * tier[who] // 100
    due = (wages * rate + 500_000) // 1_000_000
    behind = rng.random(len(who)) < 0.03
    paid = np.where(behind, np.where(rng.random(len(who)) < 0.5, 0, due // 2), due)
    days = cal.days(month)
    arrived = np.where(paid > 0, days[rng.integers(min(4, len(days) - 1), len(days), len(who))], np.datetime64("NaT"))
    rural = rng.binomial(number, np.array([t.rural for t in TRADES])[trade])
    town = firms.town_at(month)[who]
    first = cal.first(month)
    table = pl.DataFrame({
        "所属期": [f"{first.year}{first.month:02d}"] * len(who),
        "单位编号": firms.insurance[who].tolist(), "统一社会信用代码": firms.uscc[who].tolist(),
        "单位名称": firms.name_at(month)[who].tolist(), "镇街": [TOWNS[t].name for t in town],
        "行业代码": [TRADES[t].code for t in trade], "风险类别": [f"{CLASS_ZH[c]}类" for c in risk_class],
        "基准费率": _percents(base), "浮动档次": [f"{t}%" for t in tier[who]], "执行费率": _percents(rate),
        "参保人数(月末)": number, "其中农民工": rural, "工资总额(缴费基数)": wages, "应缴": due, "实缴": paid,
        "欠费": due - paid, "到账日期": arrived, "参保方式": mode.tolist(),
    })  # fmt: skip
    return table, who + 1


def _percents(millionths: np.ndarray) -> list[str]:
    """Millionths as percent with two decimals: 9000 -> 0.90%."""
    texts = {int(m): f"{m // 10000}.{m % 10000 // 100:02d}%" for m in np.unique(millionths)}
    return [texts[int(m)] for m in millionths]
