"""Numbers that a rule defines itself: a score of items with vetoes, a formula; checked, explained and read as prose."""

from datetime import date
from pathlib import Path

import duckdb
import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judge.test_run import FORCE, daily, day
from judge.town import REGION

import wushang
from wushang.judge.check import check_text
from wushang.judge.checks.grid import walk
from wushang.judge.deeds.draft_policy import DraftPolicy
from wushang.judge.explain import why
from wushang.judge.language.column import number as column
from wushang.judge.language.scalar import number as scalar
from wushang.judge.models import Finding
from wushang.judge.pack import Pack
from wushang.judge.prose import count_words
from wushang.judge.selection import choose
from wushang.judge.worked import scores

SCORED = """\
id: a-scored-policy
title: 甲镇风险分
issuer: 甲局
area: "620724"
subject: enterprise
run: [daily]
since: 2025-01-01
checked_on: 2026-11-22
source: {title: 甲文件}
parameters:
  start: {title: 起始分, unit: 分, values: {2025-01-01: {value: 10, clause: 起始10分}}}
  each: {title: 每起加分, unit: 分/起, values: {2025-01-01: {value: 20, clause: 每起20分}}}
  grave: {title: 重伤加分, unit: 分, values: {2025-01-01: {value: 15, clause: 重伤15分}}}
  trained: {title: 没有隐患减分, unit: 分, values: {2025-01-01: {value: 5, clause: 没有隐患减5分}}}
  full: {title: 否决分, unit: 分, values: {2025-01-01: {value: 100, clause: 死亡直接100分}}}
  red_from: {title: 红色起点, unit: 分, values: {2025-01-01: {value: 60, clause: 60分以上}}}
measures:
  events: {measure: injury_events}
  serious: {measure: serious_cases}
  fatal: {measure: fatal_cases}
  hazards: {measure: disease_hazards, window: open}
figures:
  score:
    title: 风险分
    unit: 分
    base: start
    items:
      - {title: 起数, add: events * each, clause: 每起20分}
      - {title: 重伤, when: serious > 0, add: grave, clause: 重伤15分}
      - {title: 没有隐患, when: hazards == 0, add: -trained, clause: 减5分}
    vetoes:
      - {title: 死亡, when: fatal > 0, clause: 死亡直接100分}
    at_veto: full
    between: [0, 100]
    clause: 按分评定
outcomes:
  - {level: red, when: score >= red_from, then: [interview], clause: 60分以上}
none_when: score < red_from
case:
  red: {issuer: hrss, addressees: [enterprise]}
examples:
  - {name: 两起, given: {events: 2, serious: 0, fatal: 0, hazards: 1}, expect: none}
  - {name: 两起一重伤, given: {events: 2, serious: 1, fatal: 0, hazards: 1}, expect: red}
  - {name: 死亡, given: {events: 1, serious: 0, fatal: 1, hazards: 0}, expect: red}
"""


def scored() -> Pack:
    pack, remarks = check_text(SCORED)
    assert pack is not None and [str(r) for r in remarks if r.severity != "note"] == [], remarks
    return pack


@pytest.mark.parametrize(
    ("unit", "points"),
    [
        ({"events": 0, "serious": 0, "fatal": 0, "hazards": 0}, 5),  # 10 − 5
        ({"events": 2, "serious": 1, "fatal": 0, "hazards": 0}, 60),  # 10 + 40 + 15 − 5
        ({"events": 9, "serious": 0, "fatal": 0, "hazards": 1}, 100),  # 190, kept at 100
        ({"events": 1, "serious": 0, "fatal": 1, "hazards": 0}, 100),  # the veto
        ({"events": 1, "serious": 0, "fatal": 0, "hazards": None}, 30),  # not known: neither added nor taken off
        ({"events": None, "serious": 0, "fatal": 0, "hazards": 0}, None),  # an amount that is not known
    ],
)
def test_a_score_adds_its_items_and_a_veto_decides(unit: dict, points: float | None) -> None:
    pack = scored()
    assert scalar(pack.figure_parts["score"], pack.settings(pack.shown_on) | unit) == points


def test_how_a_score_came_about_is_told_line_by_line() -> None:
    """10 + 2 × 20 + 15 − 5 = 60; what does not hold counts 0, what is missing says so, and a veto stands beside what it put aside."""
    pack = scored()
    top, known = pack.conditions["red"].top, pack.settings(pack.shown_on)
    [told] = scores(pack, top, known | {"events": 2, "serious": 1, "fatal": 0, "hazards": 0})
    assert [(line.title, line.shown) for line in told.lines] == [("起算", "10"), ("起数", "40"), ("重伤", "15"), ("没有隐患", "-5")]
    assert (told.title, told.shown, told.unit) == ("风险分", "60", "分")
    [told] = scores(pack, top, known | {"events": None, "serious": 0, "fatal": 1, "hazards": 2})
    assert [(line.title, line.shown) for line in told.lines][1:] == [("起数", "缺数"), ("重伤", "0"), ("没有隐患", "0"), ("死亡：直接记", "100")]
    assert told.shown == "100" and told.lines[-1].words == "死亡直接100分"


count = st.one_of(st.none(), st.integers(0, 6))
units = st.lists(st.fixed_dictionaries(dict.fromkeys(("events", "serious", "fatal", "hazards"), count)), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(units)
def test_a_score_as_a_column_and_of_one_unit_are_the_same(told: list[dict]) -> None:
    pack = scored()
    part, known = pack.figure_parts["score"], pack.settings(pack.shown_on)
    names = list(pack.measures)
    schema = pa.schema([("n", pa.int64()), *((name, pa.float64()) for name in names)])
    rows = ibis.memtable(pa.Table.from_pylist([{"n": n} | unit for n, unit in enumerate(told)], schema=schema))
    answer = rows.select("n", score=column(part, known | {name: rows[name] for name in names})).order_by("n")
    found = ibis.duckdb.from_connection(duckdb.connect()).to_pyarrow(answer)["score"].to_pylist()
    assert found == [scalar(part, known | unit) for unit in told]


def test_the_grid_reaches_both_sides_of_a_score() -> None:
    found = walk(scored(), date(2026, 1, 1))
    assert found.wins["red"] and not found.contradictions and not found.silent


def test_a_figure_is_a_sort_key() -> None:
    text = SCORED.replace("{level: red, when: score >= red_from, then: [interview]", "{list: red, title: 前一家, when: score > 0, top: {count: one, by: [score]}, then: [list_only]")
    text = text.replace("none_when: score < red_from\n", "").replace("red_from: {title: 红色起点, unit: 分, values: {2025-01-01: {value: 60", "one: {title: 家数, unit: 家, values: {2025-01-01: {value: 1")
    text = text.split("examples:")[0] + "examples:\n  - {name: 取分最高的, given: [{events: 2, serious: 0, fatal: 0, hazards: 1}, {events: 1, serious: 1, fatal: 1, hazards: 1}], expect: [none, red]}\n"
    pack, remarks = check_text(text)
    assert pack is not None, remarks
    assert choose(pack, [{"events": 4, "serious": 0, "fatal": 0, "hazards": 1}, {"events": 3, "serious": 1, "fatal": 0, "hazards": 1}], pack.settings(pack.shown_on)) == ["red", ""]


def test_a_score_reads_as_a_sentence_with_places_to_change() -> None:
    lines = count_words(scored())[-5:]
    assert ["".join(word.text for word in line) for line in lines] == [
        "“风险分”从 10分 起算，由下列各项相加减，结果在0到100之间：",
        "起数：加 本年累计工伤事故起数乘20分/起。",
        "重伤：本年累计重伤人次超过 0 的，加 15分。",
        "没有隐患：职业病危害隐患等于 0 的，减 5分。",
        "有下列之一的，直接记 100分：本年累计死亡人数超过 0 （死亡）。",
    ]
    words = [word for line in lines for word in line]
    assert [word.path for word in words if word.path] == [f"parameters.{name}" for name in ("start", "each", "grave", "trained", "full")]


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("add: grave", "add: grve", "when", "是不是“grave”"),
        ("when: serious > 0, add", "when: serious => 0, add", "when", "“>=”"),
        ("title: 重伤加分, unit: 分", "title: 重伤加分, unit: ‰", "units", "单位不合"),
        ("title: 风险分\n    unit: 分", "title: 风险分\n    unit: 起", "units", "写的单位是起，算出来是分"),
        ("{title: 重伤, when: serious > 0, add: grave, clause: 重伤15分}", "{title: 重伤, when: serious > 0, add: grave}", "clause", "没有依据原文"),
        ("between: [0, 100]", "between: [100, 0]", "form", "从小到大"),
        ("    at_veto: full\n", "", "form", "缺少“at_veto”"),
        ("{title: 死亡, when: fatal > 0, clause", "{title: 死亡, clause", "form", "缺少“when”"),
        ("  score:\n", "  events:\n", "name", "又是指标或参数"),
        ("add: events * each", "add: scaled(each) * grave", "name", "scaled 里要写指标"),
    ],
)  # fmt: skip
def test_a_slip_in_a_score_is_told_with_its_place(old: str, new: str, code: str, words: str) -> None:
    assert old in SCORED
    _, remarks = check_text(SCORED.replace(old, new, 1))
    assert words in "\n".join(str(r) for r in remarks if r.code == code)


def test_scaled_cannot_follow_each_injury() -> None:
    text = SCORED.replace("run: [daily]", "run: [on_injury, daily]").replace("add: events * each", "add: scaled(events) * grave")
    _, remarks = check_text(text)
    assert "不能随事故即时研判" in "\n".join(str(r) for r in remarks if r.code == "run")


@pytest.mark.django_db
def test_a_scored_rule_runs_on_the_pool_and_explains_its_score(town) -> None:
    version = town.adopt(SCORED, FORCE)
    town.hazard(town.cup, day(1))
    town.injure(day(2), day(3), at=town.cup)
    town.injure(day(4), at=town.cup, severity="serious")
    daily(town, version, day(20))
    finding = Finding.objects.get(outcome="red")
    assert (finding.enterprise_id, finding.values["score"]) == (town.cup, 85)  # 10 + 3 × 20 + 15
    told = [one.text for one in why(finding).met]
    assert "风险分 85 达到 红色起点 60" in told


@pytest.mark.django_db
def test_the_page_of_a_scored_rule_reads_its_score_and_its_ranks(town, client) -> None:
    client.force_login(town.people.lijianguo)
    folder = Path(wushang.__file__).parent / "policies"
    for name, words in (
        ("qingdao/risk_colour", ("“风险分”由下列各项相加减", "新职工多：", "“风险分”达到")),
        ("templates/enterprise_code", ("有下列之一的，直接记", "（重伤多发）")),
        ("hunan/monthly_ranking", ("名次（权重 ", "之和取前 ", "名次之和相同的依次比当月死亡人数")),
        ("zhejiang/enforcement_priority", ("近12个月最重伤残等级（小的在前）",)),
    ):
        version = DraftPolicy(town.people.lijianguo.actor, town.now, (folder / f"{name}.yaml").read_text(encoding="utf-8"), REGION).do()
        page = client.get(f"/judge/policies/{version.pk}/").content.decode()
        assert [word for word in words if word not in page] == []
        assert client.get(f"/judge/policies/{version.pk}/load/").status_code == 200
