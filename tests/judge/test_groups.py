"""Rules about an area and its townships: worked out from the pool and from what the place reports."""

import json
from datetime import date
from pathlib import Path

import ibis
import pytest
from judge.test_run import day, moment
from judge.town import REGION

import wushang
from wushang.judge import commands
from wushang.judge.check import check_text
from wushang.judge.deeds.offer_shipped_packs import OfferShippedPacks
from wushang.judge.explain import side
from wushang.judge.prose import count_words
from wushang.pool.models import EnterpriseVersion
from wushang.terms.problem import Refused

pytestmark = pytest.mark.django_db
POLICIES = Path(wushang.__file__).parent / "policies"
TARGET, INDEX = POLICIES / "zhejiang/incidence_target.yaml", POLICIES / "zhejiang/regional_index.yaml"
COLUMNS = ("dual", "hazards", "mended", "general", "larger", "spending", "training", "dead")
# 甲 is the best of the three in everything, 乙 the worst; of 戊, far better in some and far worse in others
TOWNS = {
    "甲镇": (10, 100, 100, 200, 0, 0.12, 10, 0),
    "乙镇": (8, 108, 98, 210, 2, 0.1, 8, 4),
    "丙镇": (8.8, 105, 99, 206, 1, 0.108, 8.8, 3),
}
ADDED = {"戊镇": (100, 0, 0, 0, 100, 5, 100, 200)}


def reckoned(folder: Path, towns: dict[str, tuple]) -> dict[str, dict]:
    lines = [",".join(("key", *COLUMNS)), *(",".join(map(str, (name, *row))) for name, row in towns.items())]
    table = folder / "towns.csv"
    table.write_text("\n".join(lines), encoding="utf-8-sig")
    told = commands.reckon(INDEX, table, moment(day(20)), day(20), REGION)
    json.dumps(told)
    return {group["key"]: group for group in told["groups"]}


def test_one_added_town_moves_the_colour_of_every_other(tmp_path: Path) -> None:
    """The figures of the three are the same before and after: only the list of places has changed."""
    before, after = reckoned(tmp_path, TOWNS), reckoned(tmp_path, TOWNS | ADDED)
    assert {name: one["outcome"] for name, one in before.items()} == {"甲镇": "blue", "乙镇": "red", "丙镇": "orange"}
    assert {name: after[name]["outcome"] for name in TOWNS} == {"甲镇": "yellow", "乙镇": "yellow", "丙镇": "yellow"}
    assert all(before[name]["values"] == after[name]["values"] for name in TOWNS)
    assert before["丙镇"]["figures"]["index"] == pytest.approx(0.4025)  # .04+.0375+.075+.06+.1+.02+.02+.05
    assert after["戊镇"]["figures"]["index"] == pytest.approx(0.45)  # all of dual, hazards, general, spending, training


def test_the_pack_says_so_where_it_is_read() -> None:
    pack, _ = check_text(INDEX.read_text(encoding="utf-8"))
    assert pack and "加一个地方，各地的颜色都可能变" in pack.source["note"]
    assert sum(p.values[0].value for code, p in pack.parameters.items() if code.endswith("_weight")) == pytest.approx(1)
    words = ["".join(word.text for word in line) for line in count_words(pack)]
    assert words[0].startswith("由本地填报：双重预防机制创建率（%）") and "在各家之间的位置（最低为0，最高为1）" in words[2]


def test_a_table_that_lacks_a_column_or_holds_no_number_is_told(tmp_path: Path) -> None:
    table = tmp_path / "towns.csv"
    table.write_text("key,dual\n甲镇,1\n", encoding="utf-8")
    with pytest.raises(Refused, match="缺少列：hazards"):
        commands.reckon(INDEX, table, moment(day(20)), day(20), REGION)
    with pytest.raises(Refused, match="第2行 dual 不是数"):
        reckoned(tmp_path, {"甲镇": ("10%", *TOWNS["甲镇"][1:])})


def test_the_target_looks_at_the_whole_area_and_at_what_was_recognised(town) -> None:
    """100 + 300 workers: 4 recognised are 1 % and reach it; a fifth does not; what is only reported does not count yet."""
    for unit, insured in ((town.cup, 100), (town.door, 300)):
        town.staff(unit, {date(2025, month, 1): insured for month in range(4, 13)} | {date(2026, month, 1): insured for month in (1, 2, 3)})
    recognised = {"status": "recognised", "accepted": day(3), "recognised": day(3)}
    town.injure(day(1), day(1), day(2), at=town.cup, **recognised)
    town.injure(day(2), at=town.door, **recognised)
    town.injure(day(2), at=town.door)
    [area] = commands.reckon(TARGET, None, moment(day(31)), day(31), REGION)["groups"]
    assert (area["values"]["rate"], area["outcome"], area["name"]) == (1.0, "met", "全域")
    town.injure(day(2), at=town.door, **recognised)
    [area] = commands.reckon(TARGET, None, moment(day(31)), day(31), REGION)["groups"]
    assert (area["values"]["rate"], area["outcome"]) == (1.25, "missed")


def test_the_same_rule_by_township_trade_and_department(town, tmp_path: Path) -> None:
    """100 workers each; two injuries at 恒岳杯业 are 2 % of 东城街道, of the metal trade and of what 应急局 looks after; 石塘门业 has none."""
    unplaced = EnterpriseVersion.objects.current().filter(enterprise__in=(town.cup, town.door)).values_list("pk", flat=True)
    cup = town.unit(town.cup, "恒岳杯业", "990100001", industry="C3382", regulator="990100-emergency")
    door = town.unit(town.door, "石塘门业", "990100002", industry="C2110", regulator="990100-hrss")
    town.land(EnterpriseVersion, [cup, door], replaces=tuple(unplaced))
    for unit in (town.cup, town.door):
        town.staff(unit, {date(2026, month, 1): 100 for month in (1, 2, 3)})
    town.injure(day(1), day(2), at=town.cup)
    for subject, bad, good in (("region", "990100001", "990100002"), ("industry", "C33", "C21"), ("department", "990100-emergency", "990100-hrss")):
        file = tmp_path / f"{subject}.yaml"
        file.write_text(TARGET.read_text(encoding="utf-8").replace("subject: area", f"subject: {subject}").replace("status: recognised", "status: reported"), encoding="utf-8")
        told = commands.reckon(file, None, moment(day(31)), day(31), REGION)["groups"]
        found = {group["key"]: (group["values"]["rate"], group["outcome"]) for group in told}
        assert found[bad] == (2.0, "missed") and found[good] == (0.0, "met"), subject


KEY_TOWNS = """\
id: a-key-towns
title: 乡镇重点名单
issuer: 甲局
area: "990100"
subject: region
run: [daily]
since: 2026-01-01
checked_on: 2026-03-01
source: {title: 甲文件}
parameters:
  list_count: {title: 居前几位, unit: 家, values: {2026-01-01: {value: 3, clause: 居前3位}}}
  times: {title: 倍数, unit: 倍, values: {2026-01-01: {value: 1.3, clause: 高于全县平均1.3倍}}}
measures:
  rate: {measure: injured_rate, window: month, status: reported}
  average: {measure: injured_rate, window: month, status: reported, of: area}
outcomes:
  - {list: key, title: 重点乡镇, when: rate > average * times, top: {count: list_count, by: [rate]}, then: [], clause: 甲}
none_when: rate <= average * times
examples:
  - {name: 高于, given: [{rate: 9, average: 4}, {rate: 5, average: 4}], expect: [key, none]}
"""


def test_a_township_is_compared_with_the_whole_area_and_no_table_is_typed(town, tmp_path: Path) -> None:
    """100 workers each: 3 in 东城街道 are 30 ‰, 1 in the other 10 ‰, 4 of 200 are 20 ‰; 30 > 1.3 × 20, 10 is not. As a column the same."""
    pack, remarks = check_text(KEY_TOWNS)
    assert pack and [r for r in remarks if r.severity != "note"] == []
    assert ["".join(word.text for word in line) for line in count_words(pack)][0].endswith("；全域的同一指标。")
    file = tmp_path / "towns.yaml"
    file.write_text(KEY_TOWNS, encoding="utf-8")
    for unit in (town.cup, town.door):
        town.staff(unit, {date(2026, month, 1): 100 for month in (1, 2, 3)})
    town.injure(day(1), day(2), day(3), at=town.cup)
    town.injure(day(2), at=town.door)
    groups = commands.reckon(file, None, moment(day(31)), day(31), REGION)["groups"]
    assert [(one["values"], one["outcome"]) for one in groups] == [({"rate": 30.0, "average": 20.0}, "key"), ({"rate": 10.0, "average": 20.0}, "")]
    known = pack.settings(day(31)) | groups[0]["values"]
    assert side(pack, pack.conditions["key"].top.right, known) == "全域当月千人负伤率 20 × 倍数 1.3 ＝ 26"
    rows = ibis.memtable([{"key": one["key"], **one["values"]} for one in groups])
    held = rows.select("key", holds=pack.conditions["key"].column({"rate": rows.rate, "average": rows.average, **pack.settings(day(31))}))
    assert [row["holds"] for row in held.order_by("key").to_pyarrow().to_pylist()] == [bool(one["outcome"]) for one in groups]
    with pytest.raises(Refused, match="这条规则自 2026-01-01 起"):
        commands.reckon(file, None, moment(day(31)), date(2025, 12, 31), REGION)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("subject: region", "subject: enterprise", "of: area 只用于镇（街道、区）、行业、部门的规则"),
        ("subject: region", "subject: area", "of: area 只用于镇（街道、区）、行业、部门的规则"),
        ("of: area", "of: county", "“of”写成了“county”"),
        ("status: reported, of: area", "status: recognised, of: area", "没有同一指标、同一统计期"),
    ],
)  # fmt: skip
def test_the_whole_areas_value_stands_beside_the_same_of_its_groups_only(old: str, new: str, words: str) -> None:
    assert words in "\n".join(str(r) for r in check_text(KEY_TOWNS.replace(old, new))[1])


def test_a_key_that_names_no_township_is_refused(town, tmp_path: Path) -> None:
    """A code must be one of the platform's; where the pool measures nothing, names of one's own may stand."""
    with pytest.raises(Refused, match="不认识 key：990100999"):
        reckoned(tmp_path, TOWNS | {"990100999": TOWNS["甲镇"]})
    assert "990100001" in reckoned(tmp_path, TOWNS | {"990100001": TOWNS["甲镇"]})


def test_a_rule_about_groups_is_offered_like_every_other_and_cannot_be_tried_on_past_warnings(town) -> None:
    offered = OfferShippedPacks(town.people.lijianguo.actor, town.now, REGION).do()
    assert {"zhejiang-regional-index", "zhejiang-incidence-target", "yongkang-overdue-reports"} < {version.policy for version in offered}
    with pytest.raises(Refused, match="评定镇（街道、区），不发预警.*所以不作历史试算"):
        commands.backtest(str(INDEX), moment(day(20)), day(20), REGION, None, None, daily=False)


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("subject: area", "subject: town", "form", "area、region、industry、department"),
        ("run: [daily]", "run: [on_injury, daily]", "run", "不能随事故即时研判"),
        ("list: missed\n    title: 未达目标", "level: red", "subject", "只评定、不预警"),
        ("then: []", "then: [list_only]", "subject", "只评定、不预警"),
        ("measure: incidence_percent", "measure: worst_grade", "subject", "只能按单位算"),
    ],
)  # fmt: skip
def test_what_groups_cannot_have_is_told(old: str, new: str, code: str, words: str) -> None:
    text = TARGET.read_text(encoding="utf-8")
    assert old in text
    pack, remarks = check_text(text.replace(old, new, 1))
    assert words in "\n".join(str(r) for r in remarks if r.code == code)


def test_inputs_are_of_groups_only() -> None:
    _, remarks = check_text(INDEX.read_text(encoding="utf-8").replace("subject: region", "subject: enterprise"))
    assert "单位的数值一律来自数据池" in "\n".join(str(r) for r in remarks if r.code == "subject")
