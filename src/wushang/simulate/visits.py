"""G4 医院首诊: each month the first visits for injuries, of claimants, of those who never claim, and of people hurt at home."""

from __future__ import annotations

import numpy as np
import polars as pl

from wushang.simulate import harm
from wushang.simulate.chance import Stream, pick
from wushang.simulate.delivery import Delivery
from wushang.simulate.identities import id_numbers, telephones
from wushang.simulate.months import Calendar
from wushang.simulate.names import person_names, variant
from wushang.simulate.recognition import HOSPITALS
from wushang.simulate.sheet import Sheet

DEPARTMENT = "卫健局"
SEEN = 0.94  # share of the injuries for which somebody goes to a hospital of the city
AT_HOME = 0.5  # visits of people hurt elsewhere, for each visit of a claimant
CODES = {name: f"990100A{number:02d}" for number, name in enumerate(HOSPITALS, 1)}
COLUMNS = (
    "机构代码", "机构名称", "就诊流水号", "就诊时间", "科室", "姓名", "证件号", "年龄", "性别", "单位(自述)", "职业", "主诉",
    "诊断编码", "外因编码", "受伤地点", "是否工作中受伤", "医疗付费方式", "离院方式",
)  # fmt: skip
HOME = (("家里厨房", "W26", "切菜划伤", "S61.0"), ("家里楼梯", "W10", "下楼摔伤", "S93.4"), ("小区门口", "W18", "走路摔倒", "S52.5"),
        ("球场", "W50", "打球扭伤", "S83.5"), ("马路上", "V28", "骑车摔倒", "S80.0"))  # fmt: skip


def draw(stream: Stream, claims: pl.DataFrame, unclaimed: pl.DataFrame, cal: Calendar) -> pl.DataFrame:
    """All first visits in the months with files: the table's columns, with `injury` (0: not hurt at work), `claimed`, `visited`."""
    rng = stream("visits")
    columns = ["injury", "occurred", "hour", "minute", "name", "id_number", "sex", "age", "part", "nature", "kind", "situation",
               "severity", "workshop", "post", "employer_name", "host_name", "hospital"]  # fmt: skip
    hurt = pl.concat(
        [claims.select(columns).with_columns(claimed=True), unclaimed.select(columns).with_columns(claimed=False)],
        how="vertical_relaxed",
    )
    begin = cal.first(cal.start)
    hurt = hurt.filter(pl.col("occurred").is_between(begin, cal.until))
    hurt = hurt.filter(pl.Series(rng.random(len(hurt)) < SEEN))
    work = pl.DataFrame([_of_work(rng, row) for row in hurt.to_dicts()], infer_schema_length=None)
    home = _at_home(rng, 1 + int(AT_HOME * len(hurt)), cal)
    return _numbered(pl.concat([part for part in (work, home) if len(part)], how="diagonal_relaxed"), cal)


def _of_work(rng: np.random.Generator, row: dict) -> dict:
    """What the desk of a hospital writes of one injury."""
    late = int(rng.choice(4, p=[0.82, 0.12, 0.04, 0.02]))
    hour = min(row["hour"] + int(rng.integers(0, 3)), 23) if not late else int(rng.integers(8, 18))
    cause, words = harm.cause(row["kind"], row["situation"])
    said = float(rng.random())
    return {
        "injury": row["injury"], "claimed": row["claimed"], "visited": row["occurred"] + np.timedelta64(late, "D").item(),
        "time": f"{hour:02d}:{int(rng.integers(0, 60)):02d}", "机构名称": row["hospital"],
        "科室": "急诊" if row["severity"] != "minor" else str(rng.choice(["手外科", "骨科", "急诊", "外科"])),
        "姓名": row["name"], "证件号": row["id_number"] if rng.random() < 0.45 else None,
        "年龄": row["age"], "性别": row["sex"], "单位(自述)": _employer(rng, row["host_name"] or row["employer_name"]),
        "职业": row["post"] if said < 0.6 else None, "主诉": f"{row['part']}{words}{int(rng.integers(1, 6))}小时",
        "诊断编码": harm.diagnosis(row["part"]), "外因编码": cause or None,
        "受伤地点": row["workshop"] if row["situation"] not in ("14-6", "15-1") and said < 0.8 else None,
        "是否工作中受伤": "是" if said < 0.72 else "不清楚" if said < 0.85 else None,
        "医疗付费方式": str(rng.choice(["自费", "职工医保", "工伤"], p=[0.6, 0.15, 0.25])),
        "离院方式": "死亡" if row["severity"] == "fatal" else "收住院" if row["severity"] == "serious" else "离院",
    }  # fmt: skip


def _employer(rng: np.random.Generator, name: str) -> str | None:
    """The unit as the patient says it: in full, shortened, or not at all."""
    chance = rng.random()
    if chance < 0.4:
        return name
    return variant(name, "short" if chance < 0.65 else "no_city") if chance < 0.82 else None


def _at_home(rng: np.random.Generator, size: int, cal: Calendar) -> pl.DataFrame:
    """People hurt elsewhere: 否, or nothing, under 是否工作中受伤."""
    span = int((np.datetime64(cal.until) - cal.first_days[cal.start]).astype(int)) + 1
    day = cal.first_days[cal.start] + np.sort(rng.integers(0, span, size))
    female, years = rng.random(size) < 0.5, np.clip(rng.normal(46, 18, size), 6, 92)
    numbers = id_numbers(day - (years * 365.25).astype(int), female, 450 + np.arange(size) % 49)
    names, phones = person_names(rng, size), telephones(rng, size)
    ways = rng.integers(0, len(HOME), size)
    at_work, paid = pick(rng, ["否", "不清楚", ""], size, [8, 1, 1]), pick(rng, ["自费", "居民医保", "职工医保"], size)
    hospital, known = pick(rng, list(HOSPITALS), size), rng.random(size) < 0.6
    return pl.DataFrame([
        {"injury": 0, "claimed": False, "visited": d.astype(object), "time": f"{int(p[-2:]) % 15 + 7:02d}:{int(p[-4:-2]) % 60:02d}",
         "机构名称": h, "科室": "急诊", "姓名": n, "证件号": i if k else None, "年龄": int(y), "性别": "女" if f else "男",
         "单位(自述)": None, "职业": None, "主诉": HOME[w][2], "诊断编码": HOME[w][3], "外因编码": HOME[w][1], "受伤地点": HOME[w][0],
         "是否工作中受伤": a or None, "医疗付费方式": m, "离院方式": "离院"}
        for d, p, h, n, i, k, y, f, w, a, m in zip(
            day, phones, hospital, names, numbers, known, years, female, ways, at_work, paid, strict=True)
    ], infer_schema_length=None)  # fmt: skip


def _numbered(visits: pl.DataFrame, cal: Calendar) -> pl.DataFrame:
    """流水号 in order of the day within a hospital; visits after the last day are not yet known."""
    known = visits.filter(pl.col("visited") <= cal.until).sort("visited", "time", "机构名称", "姓名")
    nth = pl.int_range(1, pl.len() + 1).over("机构名称", "visited").cast(pl.String).str.zfill(3)
    return known.with_columns(
        pl.format("MZ{}{}", pl.col("visited").dt.strftime("%Y%m%d"), nth).alias("就诊流水号"),
        pl.format("{} {}", pl.col("visited").dt.strftime("%Y-%m-%d"), "time").alias("就诊时间"),
        pl.col("机构名称").replace_strict(CODES).alias("机构代码"),
    )


def deliveries(visits: pl.DataFrame, cal: Calendar) -> list[Delivery]:
    """The monthly files, as the hospitals' common platform writes them: csv in GB18030."""
    out = []
    for month in cal.window():
        first, last = cal.first(month), cal.end(month)
        mine = visits.filter(pl.col("visited").is_between(first, last))
        if mine.is_empty():
            continue
        sheet = Sheet(f"{DEPARTMENT}/医院首诊_{first.year}年{first.month:02d}月.csv", mine.select(COLUMNS))
        sheet.layout.encoding = "gb18030"
        out.append(Delivery("hospital_visits", sheet, first, last, mine["injury"].to_numpy()))
    return out
