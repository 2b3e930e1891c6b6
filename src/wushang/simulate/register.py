"""G7 市场主体登记: the whole register once, then each month what was founded, renamed, moved or cancelled."""

from __future__ import annotations

import numpy as np
import polars as pl

from wushang.simulate.delivery import Delivery
from wushang.simulate.enterprises import Enterprises, regulators
from wushang.simulate.months import Calendar
from wushang.simulate.places import CITY, DEPARTMENTS, TOWNS
from wushang.simulate.sheet import Sheet
from wushang.simulate.trades import TRADES

DEPARTMENT = "市场监管局"
ROADS = ("云帆路", "石桥路", "工业大道", "创业街", "望溪路", "锦绣路", "双桥路", "环城北路")


def deliveries(firms: Enterprises, cal: Calendar, as_csv: bool) -> list[Delivery]:
    """The full file at the end of the first month, then files of changes; a month without changes has no file."""
    out = []
    for month in cal.window():
        full = month == cal.start
        who = np.flatnonzero(firms.opened <= month if full else _changed(firms, month))
        if not len(who):
            continue
        first = cal.first(month)
        kind, ending = ("全量", "csv" if as_csv else "xlsx") if full else ("变更", "xlsx")
        path = f"{DEPARTMENT}/市场主体_{kind}_{first.year}年{first.month:02d}月.{ending}"
        out.append(Delivery("register", Sheet(path, _table(firms, month, who, cal)), first, cal.end(month), who + 1))
    return out


def _changed(firms: Enterprises, month: int) -> np.ndarray:
    """Mask of the enterprises founded, renamed, moved or cancelled in the month."""
    happened = (firms.opened == month) | (firms.closed == month)
    alive = (firms.opened < month) & (month < firms.closed)
    return happened | (alive & ((firms.renamed == month) | (firms.moved == month)))


def _table(firms: Enterprises, month: int, who: np.ndarray, cal: Calendar) -> pl.DataFrame:
    renamed = firms.renamed[who] <= month
    town = [TOWNS[t] for t in firms.town_at(month)[who]]
    offices = {kind: name for kind, name, _ in DEPARTMENTS}
    return pl.DataFrame({
        "统一社会信用代码": firms.uscc[who].tolist(), "名称": firms.name_at(month)[who].tolist(),
        "曾用名": [n if r else None for n, r in zip(firms.name[who], renamed, strict=True)],
        "类型": [_form(u, n) for u, n in zip(firms.uscc[who], firms.name[who], strict=True)],
        "成立日期": firms.founded[who],
        "状态": np.where(firms.closed[who] <= month, "注销", "存续").tolist(),
        "行业代码": [TRADES[t].code for t in firms.trade[who]],
        "规模": [scale(s, TRADES[t].code) for s, t in zip(firms.size[who], firms.trade[who], strict=True)],
        "镇街": [t.name for t in town], "主管部门": [offices[c] for c in regulators(firms)[who]],
        "地址": [f"{CITY}{t.name}{ROADS[e % len(ROADS)]}{e * 7 % 399 + 1}号" for t, e in zip(town, who, strict=True)],
        "法定代表人": firms.head[who].tolist(),
    }, schema_overrides={"曾用名": pl.String})  # fmt: skip


def _form(code: str, name: str) -> str:
    """Legal form by the credit code's first digits."""
    return {"12": "事业单位", "92": "个体工商户"}.get(code[:2], "有限责任公司" if name.endswith("公司") else "其他")


def scale(heads: float, trade: str) -> str:
    """Size class (国统字〔2017〕213号) by heads alone, since turnover is not known."""
    limits = (300, 50, 10) if trade[0] in "FH" else (1000, 300, 20)
    for word, limit in zip(("大型", "中型", "小型"), limits, strict=True):
        if heads >= limit:
            return word
    return "微型"
