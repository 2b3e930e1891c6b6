"""G1 工伤认定: each month the claims of which something changed, and again some of last month's rows."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from wushang.simulate.chance import Stream
from wushang.simulate.claims import as_of, changed_between
from wushang.simulate.delivery import Delivery
from wushang.simulate.enterprises import Enterprises
from wushang.simulate.months import Calendar
from wushang.simulate.places import TOWNS
from wushang.simulate.sheet import Sheet
from wushang.simulate.trades import TRADES

DEPARTMENT = "人社局"
SITUATION_ZH = {"14-1": "14条(一)", "14-2": "14条(二)", "14-3": "14条(三)", "14-5": "14条(五)", "14-6": "14条(六)",
                "15-1": "15条(一)"}  # fmt: skip
SEVERITY_ZH = {"minor": "轻伤", "serious": "重伤", "fatal": "死亡"}
OUTCOME_ZH = {"": None, "recognised": "认定工伤", "deemed": "视同工伤", "refused": "不予认定", "withdrawn": "撤回申请"}
CARE_ZH = {"一级": "完全不能自理", "二级": "大部分不能自理", "三级": "部分不能自理"}
HOSPITALS = ("云溪市第一人民医院", "云溪市中医院", "云溪市骨伤医院", "石塘镇中心卫生院")
COLUMNS = (
    "受理编号", "认定书编号", "单位名称", "统一社会信用代码", "单位编号(社保)", "用工单位名称",
    "用工单位统一社会信用代码", "姓名", "证件号码", "性别", "年龄", "联系电话", "户籍(农民工标志)", "用工形式",
    "入职日期", "岗位(工种)", "车间(部门)", "事故时间", "事故地点", "事故类别", "伤害部位", "伤害程度", "认定情形",
    "诊断结论", "首诊医院", "首诊时间", "申请日期", "申请人类型", "受理日期", "中止起", "中止止", "决定日期",
    "送达日期", "认定结论", "事故经过", "镇街", "行业代码", "鉴定日期", "伤残等级", "自理障碍",
)  # fmt: skip
AGAIN = 0.15  # share of last month's rows that come again unchanged


def told(claims: pl.DataFrame, firms: Enterprises, cal: Calendar) -> pl.DataFrame:
    """Claims out with the texts that never change: names as registered when filed, place, story, hospital."""
    employer = claims["employer"].to_numpy() - 1
    host = claims["host"].to_numpy() - 1
    place = claims["enterprise"].to_numpy() - 1
    filed = _months(claims["applied"], cal)
    happened = _months(claims["occurred"], cal)
    towns = np.where(firms.moved[place] <= happened, firms.new_town[place], firms.town[place])
    injury = claims["injury"].to_numpy()
    return claims.with_columns(
        pl.Series("employer_name", _named(firms, employer, filed)),
        pl.Series("employer_uscc", firms.uscc[employer].tolist()),
        pl.Series("insurance_monthly", firms.insurance[employer].tolist()),
        pl.Series("host_name", [n if h >= 0 else None for n, h in zip(_named(firms, host, filed), host, strict=True)]),
        pl.Series("host_uscc", [u if h >= 0 else None for u, h in zip(firms.uscc[host], host, strict=True)]),
        pl.Series("town", [TOWNS[t].name for t in towns]),
        pl.Series("town_code", [TOWNS[t].code for t in towns]),
        pl.Series("industry", [TRADES[t].code for t in firms.trade[employer]]),
        pl.Series("hospital", [HOSPITALS[i % 7 % 4] for i in injury]),
    )


def _months(days: pl.Series, cal: Calendar) -> np.ndarray:
    return np.searchsorted(cal.first_days, days.to_numpy().astype("M8[D]"), side="right") - 1


def _named(firms: Enterprises, who: np.ndarray, month: np.ndarray) -> list[str]:
    return np.where(firms.renamed[who] <= month, firms.new_name[who], firms.name[who]).tolist()


def rows(view: pl.DataFrame) -> pl.DataFrame:
    """Claims as of a day in; the table of the file out."""
    commuting = pl.col("situation") == "14-6"
    sudden = pl.col("situation") == "15-1"
    time = pl.col("occurred").dt.to_string("%Y-%m-%d")
    clock = pl.format("{} {}:{}", time, pl.col("hour").cast(str).str.zfill(2), pl.col("minute").cast(str).str.zfill(2))
    spot = pl.when(commuting).then(pl.format("{}上下班途中路口", "town")).otherwise("workshop")
    harm = pl.format("{}{}", "part", "nature")
    surname = pl.col("name").str.slice(0, 1)
    story = pl.format("{}某在{}作业时不慎受伤，致{}。", surname, "workshop", harm)
    on_way = pl.format("{}某上下班途中发生非本人主要责任交通事故，致{}。", surname, harm)
    ill = pl.format("{}某在岗位上突发疾病，诊断为{}。", surname, "nature")
    plain = {
        "受理编号": "claim", "认定书编号": "decision", "单位名称": "employer_name",
        "统一社会信用代码": "employer_uscc", "单位编号(社保)": "insurance_monthly", "用工单位名称": "host_name",
        "用工单位统一社会信用代码": "host_uscc", "姓名": "name", "证件号码": "id_number", "性别": "sex",
        "年龄": "age", "联系电话": "phone", "用工形式": "employment", "入职日期": "hired", "岗位(工种)": "post",
        "车间(部门)": "workshop", "伤害部位": "part", "首诊医院": "hospital", "首诊时间": "occurred", "申请日期": "applied", "申请人类型": "applicant", "受理日期": "accepted",
        "中止起": "suspended", "中止止": "resumed", "决定日期": "decided", "送达日期": "served", "镇街": "town",
        "行业代码": "industry", "鉴定日期": "assessed",
    }  # fmt: skip
    table = view.select(
        *[pl.col(source).alias(column) for column, source in plain.items()],
        pl.when("rural").then(pl.lit("农民工")).otherwise(pl.lit("城镇")).alias("户籍(农民工标志)"),
        pl.when("hour_known").then(clock).otherwise(time).alias("事故时间"),
        spot.alias("事故地点"),
        _blank("kind").alias("事故类别"),
        pl.col("severity").replace_strict(SEVERITY_ZH).alias("伤害程度"),
        pl.when(pl.col("outcome") != "refused")
        .then(pl.col("situation").replace_strict(SITUATION_ZH))
        .alias("认定情形"),
        harm.alias("诊断结论"),
        pl.col("outcome").replace_strict(OUTCOME_ZH, return_dtype=pl.String).alias("认定结论"),
        pl.when(commuting).then(on_way).when(sudden).then(ill).otherwise(story).alias("事故经过"),
        _blank("grade").alias("伤残等级"),
        pl.col("grade").replace_strict(CARE_ZH, default=None, return_dtype=pl.String).alias("自理障碍"),
    )
    return table.select(COLUMNS)


def _blank(column: str) -> pl.Expr:
    return pl.when(pl.col(column) != "").then(pl.col(column))


def deliveries(stream: Stream, claims: pl.DataFrame, cal: Calendar, as_csv: bool) -> list[Delivery]:
    """The monthly files. One of them is csv in GB18030, one csv in UTF-8 with BOM, the others xlsx (or all csv)."""
    rng = stream("recognition")
    out: list[Delivery] = []
    sent: np.ndarray = np.empty(0, int)
    for month in cal.window():
        first, last = cal.first(month), cal.end(month)
        changed = changed_between(claims, first, last)["injury"].to_numpy()
        old = np.setdiff1d(sent, changed)
        again = old[rng.random(len(old)) < AGAIN]
        view = _ordered(as_of(claims, last), np.concatenate([changed, again]))
        sent = changed
        if view.is_empty():
            continue  # a quiet month in a small place: no file
        injury = view["injury"].to_numpy()
        place = month - cal.start
        csv = as_csv or place % 12 in (4, 7)
        sheet = Sheet(f"{DEPARTMENT}/工伤认定_{first.year}年{first.month:02d}月.{'csv' if csv else 'xlsx'}", rows(view))
        sheet.layout.encoding = {4: "gb18030", 7: "utf-8-sig"}.get(place % 12, "utf-8") if csv else "utf-8"
        repeated = set(np.flatnonzero(np.isin(injury, again)).tolist())
        out.append(Delivery("injury_recognition", sheet, first, last, injury, repeated))
    return out


def _ordered(view: pl.DataFrame, injuries: np.ndarray) -> pl.DataFrame:
    """The chosen claims, those of one enterprise together, as clerks print them."""
    chosen = pl.Series(np.sort(injuries))
    return view.filter(pl.col("injury").is_in(chosen.implode())).sort("town_code", "employer", "claim")


def sent_by(claims: pl.DataFrame, first: date, last: date) -> pl.DataFrame:
    """Claims that stand in some file of the window."""
    return changed_between(claims, first, last)
