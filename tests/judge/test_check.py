from datetime import date

import pytest
from django.utils import timezone

from wushang.judge import commands
from wushang.judge.check import check_text
from wushang.judge.deeds.draft_policy import DraftPolicy
from wushang.judge.remark import Remark
from wushang.people.models import Region
from wushang.terms.problem import Refused


def remarks(text: str, code: str = "", severity: str = "") -> list[Remark]:
    return [r for r in check_text(text)[1] if (not code or r.code == code) and (not severity or r.severity == severity)]


def told(text: str, code: str = "") -> str:
    """All remarks of a kind as one text; empty when there is none."""
    return "\n".join(str(remark) for remark in remarks(text, code))


def test_a_sound_pack_has_no_errors_and_can_be_used(pack_text: str) -> None:
    pack, found = check_text(pack_text)
    assert pack is not None and pack.id == "a-town-policy"
    assert [r for r in found if r.severity != "note"] == []


def test_the_overlap_of_two_and_three_is_found_and_says_who_wins_and_why(pack_text: str) -> None:
    [overlap] = remarks(pack_text, "overlap")
    assert overlap.severity == "note"
    assert "红色预警与橙色预警的条件同时成立" in overlap.sentence
    assert "events=3、hazards=0" in overlap.sentence
    assert "以红色预警为准：等级更重，并写在前面；“以上”含本数" in overlap.sentence


def test_a_lighter_level_written_first_is_a_warning_and_the_heavier_one_never_comes(pack_text: str) -> None:
    lines = pack_text.splitlines()
    at = next(n for n, line in enumerate(lines) if "level: red" in line)
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    turned = "\n".join(lines)
    assert remarks(turned, "overlap")[0].severity == "warning"
    assert "红色预警永远不会出现" in told(turned, "never")


def test_a_gap_that_nobody_meant_is_an_error_with_an_example(pack_text: str) -> None:
    holed = pack_text.replace("when: events >= two or hazards > 0", "when: events == two + 1 or hazards > 0")
    [gap] = remarks(holed, "gap")
    assert gap.severity == "error" and "events=2、hazards=0" in gap.sentence


def test_a_gap_without_none_when_is_only_told(pack_text: str) -> None:
    [gap] = remarks(pack_text.replace("none_when: events < two and hazards == 0\n", ""), "gap")
    assert gap.severity == "note" and "events=0、hazards=0" in gap.sentence


def test_none_when_that_contradicts_an_outcome_is_an_error(pack_text: str) -> None:
    assert "events=2" in told(pack_text.replace("none_when: events < two", "none_when: events <= two"), "contradiction")


def test_a_serious_case_without_any_event_is_not_reachable(pack_text: str) -> None:
    """Otherwise it would be a gap: none_when says nothing of it."""
    more = pack_text.replace("measures:\n", "measures:\n  serious: {measure: serious_cases}\n")
    more = more.replace("when: events >= three", "when: events >= three or (events >= 1 and serious > 0)")
    more = more.replace("none_when: events < two", "none_when: events < two and serious == 0")
    assert remarks(more, "gap") == []


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("when: events >= three", "when: evens >= three", "when", "是不是“events”"),
        ("when: events >= three", "when: events => three", "when", "“>=”"),
        ("measure: injury_events", "measure: injury_event", "name", "是不是“injury_events”"),
        ("window: open", "window: opened", "name", "是不是“open”"),
        ("level: red", "level: rde", "name", "是不是“red”"),
        ("then: [interview], clause: 发生3", "then: [intervew], clause: 发生3", "name", "是不是“interview”"),
        ("title: 红色起点\n    unit: 起", "title: 红色起点\n    unit: ‰", "units", "单位不合"),
        ("{value: 2, clause: 发生2起以上}", "{value: 2}", "clause", "没有依据原文"),
        ("{value: 2, clause: 发生2起以上}", "{value: 2, basis: platform_default}", "clause", "没有说明理由"),
        ("{value: 2, clause: 发生2起以上}", "{value: 2, basis: place, clause: 甲}", "clause", "document"),
        ("2025-01-01: {value: 2", "2025-06-01: {value: 2", "dates", "从 2025-01-01 到 2025-06-01 没有值"),
        ("{value: 2, clause", "{value: 2, until: 2025-12-31, clause", "dates", "2025-12-31 之后没有值"),
        ("expect: orange", "expect: red", "example", "应为red，算出来是orange"),
        ("given: {events: 2", "given: {event: 2", "example", "是不是“events”"),
        ("length: 30 days", "length: 30 sundays", "length", "读不懂"),
        ("from: delivered", "from: deliverd", "name", "是不是“delivered”"),
        ("then: [interview], clause: 发生3起以上}", "clause: 发生3起以上, thn: [interview]}", "form", "是不是“then”"),
        ("title: 甲镇规则\n", "", "form", "缺少“title”"),
        ("{value: 2, clause", "{value: 两, clause", "form", "应是整数、数"),
        ("title: 甲镇规则", "title: 甲镇规则\ntitle: 乙", "twice", "写了两次"),
        ("expect: orange", "expect: 橙", "example", "none"),
        ("since: 2025-01-01", "since: 2025-13-01", "form", "没有这个月份"),
        ("level: red", "level: 红", "name", "是不是“red”"),
        ("then: [interview], clause: 发生3", "then: [风险提示函], clause: 发生3", "name", "是不是“risk_letter”"),
        ("subject: enterprise", "subject: [enterprise", "form", "读不通"),
        ("events >= two or hazards > 0", "not (events < two)", "not", "缺数"),
        ("  hazards: {", "  unused: {measure: fatal_cases}\n  hazards: {", "unused", "没有用到"),
        ("addressees: [enterprise]}", "addressees: [enterprise], letter: risc_letter}", "name", "没有叫“risc_letter”的文书。是不是“risk_letter”"),
        ("addressees: [enterprise]}", "addressees: [enterprise], letter: 风险提示函}", "name", "是不是“risk_letter”？"),
        ("when: events >= three", "when: events >= 3", "number", "条件里直接写了数：3。请写成参数"),
        ("events >= two or hazards > 0", "events * 2 > hazards", "number", "直接写了数：2"),
        ("measures:\n", "measures:\n  city: {measure: pooled_incidence_rate}\n", "run", "daily"),
    ],
)  # fmt: skip
def test_each_slip_is_told_with_its_place_and_remedy(pack_text: str, old: str, new: str, code: str, words: str) -> None:
    assert old in pack_text
    assert words in told(pack_text.replace(old, new, 1), code)


def test_a_level_that_is_misnamed_is_told_once(pack_text: str) -> None:
    """Not also that nothing follows it, that its case belongs to no outcome, that the example comes out otherwise."""
    for old, new in (("level: orange", "level: 橙"), ("level: orange", "level: purple"), ("expect: orange", "expect: 橙")):
        assert len(remarks(pack_text.replace(old, new), severity="error")) == 1


def test_last_year_so_far_is_compared_with_this_year_so_far_only(pack_text: str) -> None:
    text = pack_text.replace("measures:\n", "measures:\n  before: {measure: injury_events, window: same_period_last_year}\n")
    text = text.replace("when: events >= three", "when: events >= three or before > events")
    assert told(text, "window") == ""
    [found] = remarks(text.replace("measure: injury_events}", "measure: injury_events, window: last_12_months}"), "window")
    assert found.severity == "warning" and "“events”是近12个月，起止不同" in found.sentence and "year_to_date" in found.remedy


def test_a_remark_names_the_line(pack_text: str) -> None:
    wrong = pack_text.replace("when: events >= three", "when: evens >= three")
    [remark] = remarks(wrong, "when")
    assert wrong.splitlines()[remark.line - 1].strip().startswith("- {level: red")


def test_two_values_that_overlap_in_time_are_an_error(pack_text: str) -> None:
    values = "{value: 2, until: 2026-03-31, clause: 甲}\n      2026-01-01: {value: 4, clause: 乙}"
    assert "重叠" in told(pack_text.replace("{value: 2, clause: 发生2起以上}", values), "dates")


def test_the_check_looks_at_every_day_on_which_a_value_changes(pack_text: str) -> None:
    """From 2026 orange would begin above red: then none_when, which goes by orange, contradicts red."""
    later = pack_text.replace(
        "clause: 发生2起以上}", "clause: 发生2起以上}\n      2026-01-01: {value: VALUE, clause: 新规}", 1
    )
    assert "events=3" in told(later.replace("VALUE", "5"), "contradiction")
    pack, _ = check_text(later.replace("VALUE", "1"))
    assert pack is not None
    assert pack.settings(date(2025, 12, 31))["two"] == 2 and pack.settings(date(2026, 1, 1))["two"] == 1


def test_a_file_compared_with_its_document_long_ago_is_a_warning(pack_text: str) -> None:
    _, found = check_text(pack_text, today=date(2028, 1, 1))
    assert [r.code for r in found if r.severity == "warning"] == ["age"]
    _, found = check_text(pack_text, today=date(2026, 11, 21))
    assert [r.sentence for r in found if r.severity == "warning"] == ["与依据文件核对的日期 2026-11-22 还没有到"]


BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))


SCORED = """\
figures:
  score:
    {title: 得分, unit: 分, base: start, items: [{title: 起数, add: -events * each, clause: 甲}, {title: 隐患, when: hazards > 0, add: -late, clause: 甲}], clause: 甲}
outcomes:
  - {level: red, when: score < line, then: [interview], clause: 75分以下红}
  - {level: orange, when: score > line and score < good, then: [interview], clause: 75分以上橙}
none_when: score >= good
"""


def scored(pack_text: str, each: float) -> str:
    """100 − each × 起数 − 10 with a hazard; red below 75, orange above, nothing from 90."""
    lines = pack_text.splitlines(keepends=True)
    at, until = (next(n for n, line in enumerate(lines) if line.startswith(word)) for word in ("outcomes:", "case:"))
    given = {"start": ("分", 100), "each": ("分/起", each), "late": ("分", 10), "line": ("分", 75), "good": ("分", 90)}
    told = "".join(f"  {code}: {{title: {code}, unit: {unit}, values: {{2025-01-01: {{value: {value}, clause: 甲}}}}}}\n" for code, (unit, value) in given.items())
    kept = [line for line in "".join([*lines[:at], SCORED, *lines[until:]]).split("\n") if "两起" not in line]
    text = "\n".join(kept) + "  - {name: 没有, given: {events: 0, hazards: 0}, expect: none}\n"
    return text.replace("measures:\n", f"{told}measures:\n", 1)


@pytest.mark.parametrize(("each", "example"), [(5, "events=3、hazards=1"), (8, ""), (25, "events=1、hazards=0"), (0.5, "events=30、hazards=1")])
def test_one_score_that_two_bands_leave_out_is_found_where_a_unit_can_reach_it(pack_text: str, each: float, example: str) -> None:
    """100 − 5 × 3 − 10 = 75; by eights 75 is never reached, with the hazard neither; 100 − 25 = 75; 100 − 0.5 × 30 − 10 = 75."""
    found = remarks(scored(pack_text, each), "gap")
    assert [remark.severity for remark in found] == (["error"] if example else [])
    if example:
        assert f"“得分”正好是75分时没有结果，如{example}" in found[0].sentence and "score >= line" in found[0].remedy
        assert "level: red" in scored(pack_text, each).splitlines()[found[0].line - 1]
        assert remarks(scored(pack_text, each).replace("score > line", "score >= line"), "gap") == []


@pytest.mark.django_db
def test_a_place_that_exists_nowhere_is_refused_with_the_codes_beside_it(pack_text: str, people) -> None:
    """Those that stand in GB/T 2260, stood there (永康县, until 1992), are practised in or kept by the place itself are no mistake."""
    [wrong] = remarks(pack_text.replace("620724", "620798"), "name")
    assert wrong.severity == "error" and "“620798”不是任何地方的行政区划代码" in wrong.sentence and "620724（高台县）" in wrong.remedy
    for code in ("620724", "330722", "000000", "990100"):
        assert remarks(pack_text.replace("620724", code), "name") == [], code
    Region.objects.create(code="620798", name="高台工业园区", kind="zone")
    assert remarks(pack_text.replace("620724", "620798"), "name") == []
    for act in (DraftPolicy(people.lijianguo.actor, timezone.now(), pack_text, "620799").check, lambda: commands.diff("x", timezone.now(), date(2026, 11, 30), "620799", None, None, date(2026, 11, 30))):
        with pytest.raises(Refused, match="没有代码为“620799”的地区"):
            act()


def test_no_text_makes_the_check_fall_over() -> None:
    for text in (
        "",
        "- 1",
        "a: [",
        "\x00",
        "id: 1",
        "outcomes: 5\nmeasures: []\nparameters: {a: 1}\nexamples: [1]",
        "a: &x [*x]",
        "? [a]\n: b",
        BOMB,
    ):
        pack, found = check_text(text)
        assert pack is None and found


TOGETHER = """\
figures:
  score:
    title: 得分
    unit: 分
    items:
      - {title: 起数, add: events * each, clause: 每起30分}
      - {title: 重伤, add: serious * grave, clause: 每人50分}
      - {title: 隐患, when: hazards >= many, add: more, clause: 4项以上300分}
    between: [0, 1000]
    clause: 按分评定
outcomes:
  - {level: red, when: score > line, then: [interview], clause: 以上红}
  - {level: orange, when: score < line, then: [interview], clause: 以下橙}
case:
"""


def together(pack_text: str, line: int) -> str:
    """30 × 起数 + 50 × 重伤 + 300 from four hazards on; whoever has exactly `line` is left out."""
    given = {"each": ("分/起", 30), "grave": ("分/人次", 50), "many": ("项", 4), "more": ("分", 300), "line": ("分", line)}
    told = "".join(f"  {code}: {{title: {code}, unit: {unit}, values: {{2025-01-01: {{value: {value}, clause: 甲}}}}}}\n" for code, (unit, value) in given.items())
    head, tail = pack_text.split("outcomes:", 1)
    text = head + TOGETHER + tail.split("case:\n", 1)[1].split("examples:")[0]
    text = text.replace("parameters:\n", f"parameters:\n{told}", 1).replace("measures:\n", "measures:\n  serious: {measure: serious_cases}\n", 1)
    return text + "examples:\n  - {name: 没有, given: {events: 0, serious: 0, hazards: 0}, expect: orange}\n"


def test_a_score_that_only_several_measures_reach_together_is_not_missed(pack_text: str) -> None:
    """Whether a score is told is whether somebody can have it, as counted by brute force: 190 = 3 × 30 + 2 × 50, and 40 nobody has; 50 would
    be a serious injury without an accident."""
    can = {30 * e + 50 * s + h for e in range(30) for s in range(20) for h in (0, 300) if e or not s}
    for line in (40, 50, 100, 130, 190, 210, 220, 340, 490):
        found = remarks(together(pack_text, line), "gap")
        assert bool([one for one in found if f"“得分”正好是{line}分时没有结果" in one.sentence]) == (line in can), (line, [str(one) for one in found])
        assert not [one for one in remarks(together(pack_text, line), "", "error") if one.code != "gap"]
