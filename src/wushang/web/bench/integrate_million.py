"""First visits against injuries, a million each at scale l: learnt, scored and decided, judged by the truth they were made from.

Chinese names as common as they are, numbers missing in a third of the visits, slips, short unit names, later visits, and
visits of nobody who claimed.
"""

from __future__ import annotations

from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings

from wushang.engine import engine_named
from wushang.integrate.linkage import exact, linker
from wushang.integrate.linkage.deciding import decide, is_clear
from wushang.integrate.linkage.injury import shape
from wushang.integrate.linkage.records import EPOCH, Row
from wushang.integrate.models import Link
from wushang.people.crypto import blind_index
from wushang.web.bench import Measured

IDS = {"integrate.million": "none"}
RECORDS = {"s": 10_000, "m": 100_000, "l": 1_000_000}
SECONDS = {"s": 60.0, "m": 120.0, "l": 600.0}  # the baseline: what it may take
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国志文海燕春梅林峰辉鹏飞宇波斌健龙云亮成生德福荣光永贵祥东升金银水木火土山川江河天地宝玲琴珍凤仙菊莲香月娥彩翠花雪冰晶莹晨曦雨欣怡佳俊豪浩博瀚轩子涵梓萱一诺思远泽恩嘉琪若溪"


def run(name: str, scale: str, folder: Path) -> Measured:
    size = RECORDS[scale]
    left, right, truth = made(size)
    began = perf_counter()
    model = linker.learn(shape(), left, right)
    learnt = perf_counter() - began
    rows = told(right)
    links = list(decide(linker.score(shape(), model, left, right, settings.WUSHANG_LINK_REVIEW), rows, set(), is_clear))
    spent = perf_counter() - began
    by_model = judged(((link.key, link.injury_id) for link in links if link.state == Link.LINKED), truth)
    proposed = {link.key for link in links if link.state == Link.OPEN}
    by_number = judged(by_hashes(left, right, rows, "duckdb"), truth)
    note = (
        f"from tables ready in memory (reading, opening and writing: integrate.million_ledger); "
        f"{size:,} visits against {size:,} injuries, {len(truth):,} true pairs; learning {learnt:.0f} s; linked: precision {by_model[0]:.5f}, "
        f"recall {by_model[1]:.4f}, {len(proposed):,} more for a person; equal numbers alone (what a cluster sees): precision {by_number[0]:.5f}, "
        f"recall {by_number[1]:.4f}; baseline: the seconds allowed"
    )
    return Measured(spent, "s", SECONDS[scale], 1.0, note)


def told(visits: pa.Table) -> dict[str, Row]:
    """The visits as rows of the ledger, by their id."""
    return {one: Row("visit", "b", "b", one, 0, EPOCH) for one in visits["unique_id"].to_pylist()}


def by_hashes(left: pa.Table, right: pa.Table, rows: dict[str, Row], name: str) -> list[tuple[str, int]]:
    """(visit, injury) as a cluster links them."""
    pairs = exact.pairs(hashed(left), hashed(right), engine_named(name))
    return [(link.key, link.injury_id) for link in decide(pairs, rows, set(), exact.is_clear) if link.state == Link.LINKED]


def hashed(records: pa.Table) -> pa.Table:
    """As the ledger keeps numbers for a cluster."""
    keys = pa.array([blind_index(number or "") or None for number in records["id_number"].to_pylist()], pa.string())
    return pa.table({"unique_id": records["unique_id"], "worker_key": keys, "day": records["day"]})


def judged(links: Any, truth: dict[str, int]) -> tuple[float, float]:
    """Precision and recall of (visit, injury) pairs."""
    found = list(links)
    right = sum(truth.get(visit) == injury for visit, injury in found)
    return right / max(1, len(found)), right / max(1, len(truth))


def made(size: int, seed: int = 1) -> tuple[pa.Table, pa.Table, dict[str, int]]:
    """Injuries, visits, and which visit tells of which injury (seven of ten do)."""
    draw = np.random.default_rng(seed)
    injuries = _persons(draw, size)
    injuries["firm"] = draw.integers(1, max(2, size // 20), size)
    injuries["day"] = draw.integers(18_000, 19_825, size)
    injuries["part"] = draw.choice(["hand", "foot", "leg", "head", "forearm", "trunk", "chest"], size, p=[0.4, 0.15, 0.12, 0.1, 0.1, 0.08, 0.05])
    left = _table(injuries, np.arange(size).astype(str), injuries["firm"])
    told = draw.random(size) < 0.7
    visits = {name: values.copy() for name, values in injuries.items()}
    strangers = _persons(draw, size)
    for name, values in strangers.items():
        visits[name] = np.where(told, visits[name], values)
    visits["day"] = np.where(told, visits["day"] + _later(draw, size), draw.integers(18_000, 19_825, size))
    visits["firm"] = np.where(told, visits["firm"], draw.integers(1, max(2, size // 20), size))
    visits["part"] = np.where(draw.random(size) < 0.85, visits["part"], draw.permutation(visits["part"]))
    _spoil(draw, visits, size)
    unique = np.char.add("v", np.arange(size).astype(str))
    known = np.where(draw.random(size) < 0.5, visits["firm"], 0)  # half of the visits name a unit the platform knows exactly
    named = np.where(draw.random(size) < 0.8, visits["firm"], 0)
    right = _table(visits, unique, named, known)
    return left, right, {f"v{number}": int(number) for number in np.flatnonzero(told)}


def _persons(draw: np.random.Generator, size: int) -> dict[str, np.ndarray]:
    """Names by their frequency, numbers with their birth day and sex."""
    surnames, given = np.array(list(SURNAMES)), np.array(list(GIVEN))
    often = 1 / np.arange(3, len(surnames) + 3)
    first, second = draw.choice(given, size), np.where(draw.random(size) < 0.75, draw.choice(given, size), "")
    born, sex = draw.integers(1960, 2006, size), draw.integers(0, 2, size)
    name = np.char.add(np.char.add(draw.choice(surnames, size, p=often / often.sum()), first), second)
    number = np.char.add(np.char.add("330784", born.astype(str)), np.char.zfill(draw.integers(0, 10**8, size).astype(str), 8))
    return {"name": name, "id_number": number, "born": born, "sex": np.where(sex, "M", "F")}


def _later(draw: np.random.Generator, size: int) -> np.ndarray:
    """Days from the injury to the first visit: nine of ten at once, some within the week, few later."""
    return draw.choice([0, 1, 3, 6, 20, 45], size, p=[0.78, 0.12, 0.05, 0.02, 0.02, 0.01])


def _spoil(draw: np.random.Generator, visits: dict[str, np.ndarray], size: int) -> None:
    """A third without a number, slips in numbers and names, ages that are off by one."""
    number, name = visits["id_number"].astype("U18"), visits["name"].astype("U4")
    slipped = np.flatnonzero(draw.random(size) < 0.02)
    number[slipped] = [n[:15] + str((int(n[15]) + 1) % 10) + n[16:] for n in number[slipped]]
    number[draw.random(size) < 0.35] = ""
    wrong = np.flatnonzero(draw.random(size) < 0.02)
    name[wrong] = [n[:-1] + "丽" if len(n) > 2 else n for n in name[wrong]]
    name[draw.random(size) < 0.02] = ""
    visits["id_number"], visits["name"] = number, name
    visits["born"] = visits["born"] + draw.choice([-1, 0, 1], size, p=[0.1, 0.8, 0.1])


def _table(rows: dict[str, np.ndarray], unique: np.ndarray, named: np.ndarray, known: np.ndarray | None = None) -> pa.Table:
    def text(values: np.ndarray) -> pa.Array:
        said = pa.array(values.astype(object), pa.string())
        return pc.if_else(pc.equal(said, ""), None, said)

    def whole(values: np.ndarray) -> pa.Array:
        return pa.array(np.where(values > 0, values, -1), pa.int64(), mask=values <= 0)

    firm_name = text(np.where(named > 0, np.char.add("恒岳", named.astype(str)), ""))
    none = pa.nulls(len(unique), pa.int64())
    columns = {
        "unique_id": text(unique), "id_number": text(rows["id_number"]), "name": text(rows["name"]), "sex": text(rows["sex"]),
        "born": whole(rows["born"]), "firm": whole(named if known is None else known), "host": none, "firm_name": firm_name,
        "host_name": pa.nulls(len(unique), pa.string()), "day": whole(rows["day"]), "part": text(rows["part"]),
    }  # fmt: skip
    return pa.table(columns)
