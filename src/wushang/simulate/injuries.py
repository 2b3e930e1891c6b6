"""Who was hurt, where, how badly: one row a person, from the events."""

from __future__ import annotations

import numpy as np
import polars as pl

from wushang.simulate.chance import Stream, pick
from wushang.simulate.enterprises import Enterprises
from wushang.simulate.identities import id_numbers, telephones
from wushang.simulate.months import Calendar
from wushang.simulate.names import person_names
from wushang.simulate.risk import COMMUTING, HURT_SHARES, ILLNESS, TENURE_RATIO, WORK, Risk
from wushang.simulate.trades import KINDS_2025, TRADES
from wushang.simulate.workforce import Workforce

NEW_CODES_FROM = np.datetime64("2026-07-01")  # GB 6441-2025 by date of the event
HOURS = (4, 3, 3, 2, 2, 3, 6, 22, 48, 62, 60, 40, 18, 38, 56, 62, 54, 34, 20, 20, 16, 12, 8, 6)
WAY_HOURS = (1, 1, 1, 1, 2, 8, 30, 60, 25, 8, 5, 12, 14, 10, 6, 6, 14, 48, 40, 22, 14, 10, 6, 3)
SITUATIONS = ("14-1", "14-2", "14-3", "14-5")
SITUATION_SHARES = [0.93, 0.025, 0.015, 0.03]

# kind of accident -> (part of body, nature of injury) with weights
HARM: dict[str, tuple[tuple[str, str, float], ...]] = {
    "机械伤害": (("右手食指", "开放性骨折", 5), ("左手拇指", "压砸伤", 4), ("右手中指", "切割伤", 4),
              ("左手环指", "末节离断", 1.5), ("右手掌", "撕裂伤", 2), ("左前臂", "骨折", 1)),
    "物体打击": (("右足背", "骨折", 4), ("左足趾", "压砸伤", 4), ("头部", "头皮裂伤", 2), ("右手背", "挫伤", 2)),
    "高处坠落": (("腰椎", "压缩性骨折", 3), ("右跟骨", "骨折", 3), ("左桡骨", "骨折", 2), ("头部", "颅脑损伤", 1)),
    "车辆伤害": (("左小腿", "骨折", 3), ("右膝", "挫伤", 3), ("头部", "颅脑损伤", 1), ("肋骨", "骨折", 2)),
    "起重伤害": (("右足", "骨折", 2), ("胸部", "挫伤", 1), ("左手", "压砸伤", 2)),
    "触电": (("右手", "电击伤", 2), ("双手", "电烧伤", 1)),
    "灼烫": (("面部", "烫伤", 2), ("右前臂", "化学灼伤", 3), ("双下肢", "烫伤", 2)),
    "中毒和窒息": (("全身", "急性中毒", 1),),
    "坍塌": (("胸部", "多发肋骨骨折", 1), ("双下肢", "骨折", 1)),
    "其他伤害": (("腰部", "扭伤", 3), ("右踝", "扭伤", 4), ("左膝", "半月板损伤", 1), ("左眼", "异物伤", 1.5)),
    "上下班交通": (("左锁骨", "骨折", 3), ("右膝", "挫伤", 3), ("头部", "颅脑损伤", 1), ("左小腿", "骨折", 2)),
    "突发疾病": (("心脏", "急性心肌梗死", 2), ("头部", "脑干出血", 1)),
}  # fmt: skip


def draw(
    stream: Stream, firms: Enterprises, work: Workforce, risk: Risk, hosts: dict[int, np.ndarray], cal: Calendar
) -> pl.DataFrame:
    """One row a person hurt, in order of the day: clean values, codes where the field has codes."""
    rng = stream("injuries")
    events = risk.events
    hurt = np.where(events.stream == WORK, 1 + rng.choice(3, size=len(events.day), p=HURT_SHARES), 1)
    event = np.repeat(np.arange(len(events.day)), hurt)
    employer, day, kind_of = events.enterprise[event], events.day[event], events.stream[event]
    host = _hosts(rng, events.enterprise, hosts)[event]
    place = np.where(host >= 0, host, employer)
    person = _persons(rng, employer, day, firms)
    tenure, new = _tenure(rng, employer, day, kind_of, work, cal)
    longest = np.minimum((day - firms.founded[employer]).astype(int), (person["age"] - 16) * 365)
    tenure = np.minimum(tenure, longest)  # nobody was hired before the enterprise began, or as a child
    kind = _kinds(rng, place, kind_of, firms)[0]
    part, nature = _harm(rng, kind)
    workshop, post = _posts(rng, place, firms)
    hour = np.where(kind_of == COMMUTING, _hours(rng, WAY_HOURS, len(events.day))[event],
                    _hours(rng, HOURS, len(events.day))[event])  # fmt: skip
    situation = pick(rng, list(SITUATIONS), len(day), SITUATION_SHARES)
    situation = np.where(kind_of == COMMUTING, "14-6", np.where(kind_of == ILLNESS, "15-1", situation))
    frame = {
        "injury": np.arange(1, len(day) + 1), "event": event + 1, "employer": employer + 1,
        "host": np.where(host >= 0, host + 1, 0), "enterprise": place + 1, "occurred": day, "hour": hour,
        "minute": rng.integers(0, 12, len(events.day))[event] * 5, "situation": situation,
        "kind": _coded(kind, day), "part": part, "nature": nature,
        "severity": _severity(rng, kind_of), "tenure_days": tenure, "new_worker": new, "hired": day - tenure,
        "workshop": workshop, "post": post, "planted_outbreak": events.planted[event], **person,
    }  # fmt: skip
    return pl.DataFrame({k: v.tolist() if v.dtype == object else v for k, v in frame.items()})


def _hosts(rng: np.random.Generator, enterprise: np.ndarray, hosts: dict[int, np.ndarray]) -> np.ndarray:
    """Host of each event: one of the agency's hosts, -1 where the employer is no agency."""
    host = np.full(len(enterprise), -1)
    for agency, places in hosts.items():
        mine = np.flatnonzero(enterprise == agency)
        host[mine] = rng.choice(places, size=len(mine))
    return host


def _tenure(
    rng: np.random.Generator, who: np.ndarray, day: np.ndarray, stream: np.ndarray, work: Workforce, cal: Calendar
) -> tuple[np.ndarray, np.ndarray]:
    """Days since hiring, and whether the worker was new; new ones are hurt 2.5 times as often at work."""
    month = np.searchsorted(cal.first_days, day, side="right") - 1
    new = work.new[who, month].astype(float)
    old = np.maximum(work.heads[who, month] - new, 0)
    weight = np.where(stream == WORK, TENURE_RATIO, 1.0) * new
    is_new = rng.random(len(who)) < weight / np.maximum(weight + old, 1e-9)
    later = 91 + np.minimum(rng.exponential(900, len(who)), 9000).astype(int)
    return np.where(is_new, rng.integers(1, 91, len(who)), later), is_new


def _kinds(
    rng: np.random.Generator, place: np.ndarray, stream: np.ndarray, firms: Enterprises
) -> tuple[np.ndarray, np.ndarray]:
    """Kind of accident by the trade of the place (old dictionary)."""
    kind = np.empty(len(place), dtype=object)
    trade = firms.trade[place]
    for number, entry in enumerate(TRADES):
        mine = np.flatnonzero(trade == number)
        kind[mine] = pick(rng, [k for k, _ in entry.kinds], len(mine), [w for _, w in entry.kinds])
    kind[stream == COMMUTING] = "上下班交通"
    kind[stream == ILLNESS] = "突发疾病"
    return kind, trade


def _harm(rng: np.random.Generator, kind: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    part, nature = np.empty(len(kind), dtype=object), np.empty(len(kind), dtype=object)
    for word, ways in HARM.items():
        mine = np.flatnonzero(kind == word)
        share = np.array([w for *_, w in ways], float)
        chosen = rng.choice(len(ways), size=len(mine), p=share / share.sum())
        part[mine] = np.array([p for p, *_ in ways], dtype=object)[chosen]
        nature[mine] = np.array([n for _, n, _ in ways], dtype=object)[chosen]
    return part, nature


def _coded(kind: np.ndarray, day: np.ndarray) -> np.ndarray:
    """The word a clerk must write: old dictionary to 2026-06-30, new after; empty for what is no accident of work."""
    empty = {"上下班交通": "", "突发疾病": ""}
    return np.array(
        [empty.get(k, KINDS_2025.get(k, k) if d >= NEW_CODES_FROM else k) for k, d in zip(kind, day, strict=True)],
        dtype=object,
    )


def _posts(rng: np.random.Generator, place: np.ndarray, firms: Enterprises) -> tuple[np.ndarray, np.ndarray]:
    workshop, post = np.empty(len(place), dtype=object), np.empty(len(place), dtype=object)
    trade = firms.trade[place]
    for number, entry in enumerate(TRADES):
        mine = np.flatnonzero(trade == number)
        chosen = rng.integers(0, len(entry.posts), len(mine))
        workshop[mine] = np.array([w for w, _ in entry.posts], dtype=object)[chosen]
        post[mine] = np.array([p for _, p in entry.posts], dtype=object)[chosen]
    return workshop, post


def _hours(rng: np.random.Generator, weights: tuple[int, ...], size: int) -> np.ndarray:
    return rng.choice(24, size=size, p=np.array(weights) / sum(weights))


def _severity(rng: np.random.Generator, stream: np.ndarray) -> np.ndarray:
    """minor | serious | fatal: mostly minor at work, worse on the road, sudden illness mostly fatal."""
    chance = rng.random(len(stream))
    fatal = np.array([0.004, 0.02, 0.85])[stream]
    serious = np.array([0.035, 0.08, 0.15])[stream]
    words = np.where(chance < fatal, "fatal", np.where(chance < fatal + serious, "serious", "minor"))
    return words.astype(object)


def _persons(
    rng: np.random.Generator, employer: np.ndarray, day: np.ndarray, firms: Enterprises
) -> dict[str, np.ndarray]:
    """Name, ID number, sex, age, telephone, rural household, way of employment."""
    size, trade = len(employer), firms.trade[employer]
    female = rng.random(size) < np.array([t.women for t in TRADES])[trade]
    years = np.clip(rng.normal(41, 10.5, size), 18, 63)
    born = day - (years * 365.25).astype(int)
    numbers = id_numbers(born, female, _nth_of_day(born))
    age = ((day - born).astype(int) // 365.25).astype(int)
    agency = firms.group("dispatch")[employer]
    over = age >= np.where(female, 56, 61)
    return {
        "name": person_names(rng, size), "id_number": numbers,
        "sex": np.where(female, "女", "男").astype(object), "age": age, "phone": telephones(rng, size),
        "rural": rng.random(size) < np.array([t.rural for t in TRADES])[trade],
        "employment": np.where(agency, "劳务派遣", np.where(over, "超龄", "合同制")).astype(object),
    }  # fmt: skip


def _nth_of_day(born: np.ndarray) -> np.ndarray:
    """0 for the first person born on a day, 1 for the second: no two persons get one ID number."""
    order = np.argsort(born, kind="stable")
    days = born[order]
    first = np.r_[True, days[1:] != days[:-1]]
    start = np.maximum.accumulate(np.where(first, np.arange(len(days)), 0))
    nth = np.empty(len(born), int)
    nth[order] = np.arange(len(days)) - start
    return nth
