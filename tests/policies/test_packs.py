from pathlib import Path

import pytest

import wushang
from wushang.judge.check import check_text
from wushang.judge.checks.sanctions import SANCTIONS
from wushang.judge.pack import Pack
from wushang.judge.remark import Remark
from wushang.terms.codes.accident import grade_of

FOLDER = Path(wushang.__file__).parent / "policies"
FILES = sorted(FOLDER.rglob("*.yaml"))


def checked(name: str) -> tuple[Pack, list[Remark]]:
    pack, remarks = check_text((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    assert pack is not None, "\n".join(map(str, remarks))
    return pack, remarks


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_shipped_pack_passes_its_check_and_its_examples(file: Path) -> None:
    pack, remarks = check_text(file.read_text(encoding="utf-8"))
    assert [str(r) for r in remarks if r.severity != "note"] == []
    assert pack is not None and pack.examples


def test_no_two_packs_share_an_id() -> None:
    ids = [checked(str(file.relative_to(FOLDER).with_suffix("")))[0].id for file in FILES]
    assert len(ids) == len(set(ids))


def expected(events: int, hazard: int, severity: str, override: bool) -> str:
    """The colours of 高台县 as its document says them, written out by hand."""
    if override and severity and events:
        return "red"
    by_count = {0: "", 1: "yellow", 2: "orange", 3: "red", 4: "red", 5: "red"}[events]
    return "orange" if hazard and by_count in ("", "yellow") else by_count


# no serious injury without an event
HARMED = [(0, ""), *((events, severity) for events in range(1, 6) for severity in ("", "serious", "fatal"))]


@pytest.mark.parametrize("override", [False, True], ids=["as_written", "override"])
@pytest.mark.parametrize("hazard", [0, 1])
@pytest.mark.parametrize(("events", "severity"), HARMED)
def test_level_table_of_gaotai(events: int, hazard: int, severity: str, override: bool) -> None:
    pack, _ = checked("gaotai/graded_warning")
    settings = pack.settings(pack.checked_on) | ({"fatal_is_red": True, "serious_is_red": True} if override else {})
    unit = {
        "events": events,
        "hazards": hazard,
        "serious": int(severity == "serious"),
        "fatal": int(severity == "fatal"),
    }
    assert pack.first(unit, settings) == expected(events, hazard, severity, override)


def test_the_check_finds_that_two_or_more_includes_three() -> None:
    _, remarks = checked("gaotai/graded_warning")
    [met] = [r for r in remarks if r.code == "overlap" and "红色预警与橙色预警" in r.sentence and "2025" not in r.place]
    assert "events=3" in met.sentence and "以红色预警为准" in met.sentence and "发生2起以上" in met.sentence


def test_the_severity_override_is_off_and_needs_a_basis_of_its_own() -> None:
    text = (FOLDER / "gaotai/graded_warning.yaml").read_text(encoding="utf-8")
    pack, remarks = check_text(
        text.replace("{value: false, basis: platform_default", "{value: true, basis: platform_default", 1)
    )
    assert pack is None
    assert [r.code for r in remarks if r.severity == "error"] == ["own_basis"]


def test_the_yellow_interview_is_a_warning_interview_one_to_one() -> None:
    pack, _ = checked("gaotai/graded_warning")
    yellow = pack.outcome("yellow")
    assert yellow and "“一对一”警示约谈" in yellow.clause and "interview" in yellow.then
    assert "report" not in pack.cases["yellow"].clocks


def test_red_interviews_the_head_regularly_which_is_not_the_one_of_yellow() -> None:
    pack, _ = checked("gaotai/graded_warning")
    red = pack.outcome("red")
    assert red and "定期约谈企业负责人" in red.clause
    assert "regular_interview" in red.then and "interview" not in red.then
    assert pack.source["document"] == "高台县“黄橙红”分级预警监管机制"


def test_key_enterprises_yields_nobody_until_a_place_enters_its_thresholds() -> None:
    pack, remarks = checked("yongkang/key_enterprises")
    assert pack.first({"events": 50, "rate": 400, "worst": 1}, pack.settings(pack.checked_on)) == ""
    assert any(r.code == "empty" and "重点企业：事故起数达到" in r.sentence for r in remarks)


def test_key_enterprises_only_lists_and_does_not_warn() -> None:
    pack, _ = checked("yongkang/key_enterprises")
    assert [(o.kind, o.then) for o in pack.outcomes] == [("list", ("list_only",)), ("list", ("list_only",))]


def test_the_report_of_yongkang_is_due_one_month_after_delivery() -> None:
    pack, _ = checked("yongkang/key_enterprises")
    report = pack.cases["key"].clocks["report"]
    assert (report.length, report.start, report.grounds.basis) == ("1 months", "delivered", "document")
    recheck = pack.cases["key"].recheck
    assert recheck and (recheck.after, recheck.fall_percent, recheck.combination) == ("3 months", 30, "or")


def test_serious_or_worse_includes_death() -> None:
    pack, _ = checked("yongkang/serious_injury")
    assert pack.first({"serious": 0, "fatal": 1}, pack.settings(pack.checked_on)) == "serious"
    assert pack.outcomes[0].kind == "referral"


@pytest.mark.parametrize("loss", [0, 999.99, 1000, 4999.99, 5000, 10000])
@pytest.mark.parametrize("serious", [0, 9, 10, 49, 50, 99, 100])
@pytest.mark.parametrize("dead", [0, 2, 3, 9, 10, 29, 30])
def test_decree_493_as_a_pack_and_as_the_code_list_give_the_same_grade(dead: int, serious: int, loss: float) -> None:
    pack, _ = checked("national/accident_grades")
    unit = {"accidents": 1, "dead": dead, "serious": serious, "loss": loss}
    names = {"special": "特别重大事故", "major": "重大事故", "larger": "较大事故", "general": "一般事故"}
    assert names[pack.first(unit, pack.settings(pack.checked_on))] == grade_of(dead, serious, round(loss * 1_000_000)).name


def test_an_accident_grade_is_not_looked_for_where_there_was_no_accident() -> None:
    _, remarks = checked("national/accident_grades")
    overlaps = [r.sentence for r in remarks if r.code == "overlap"]
    assert overlaps and not any("accidents=0" in sentence for sentence in overlaps)


def test_who_warns_whom_in_yongkang_and_what_follows() -> None:
    pack, _ = checked("yongkang/two_warnings")
    key, general = pack.cases["orange"], pack.cases["yellow"]
    assert (key.issuer, general.issuer) == ("safety_committee", "township")
    assert general.issued_by({"by_regulator": True}) == "regulator" and key.issued_by({"by_regulator": True}) == "safety_committee"
    for case in (key, general):
        assert case.clocks["report"].length == "1 months" and case.recheck and case.recheck.after == "3 months"
    assert all("penalty_referral" in outcome.then for outcome in pack.outcomes)
    assert pack.first({"events": 50, "rate": 400, "worst": 1}, pack.settings(pack.checked_on)) == ""


def test_another_issuer_than_the_example_says_is_told_and_the_switch_is_a_yes_or_no() -> None:
    text = (FOLDER / "yongkang/two_warnings.yaml").read_text(encoding="utf-8")
    for was, now, said in (
        ("regulator if by_regulator else township", "township", "应由regulator发出，算出来是township"),
        ("regulator if by_regulator else township", "regulator if key_events_from else township", "by_regulator"),
    ):
        pack, remarks = check_text(text.replace(was, now))
        assert pack is None and any(said in str(one) for one in remarks if one.severity == "error"), now


def test_the_scores_of_qingdao_and_of_the_code_order_no_sanction() -> None:
    for name in ("qingdao/risk_colour", "templates/enterprise_code"):
        pack, _ = checked(name)
        assert not {word for outcome in pack.outcomes for word in outcome.then} & set(SANCTIONS)


def test_a_sanction_by_score_alone_is_refused() -> None:
    text = (FOLDER / "qingdao/risk_colour.yaml").read_text(encoding="utf-8")
    pack, remarks = check_text(text.replace("then: [risk_letter, inspection]", "then: [risk_letter, county_circular]", 1))
    assert pack is None
    assert ["“风险分”是评分，不能据此通报" in r.sentence for r in remarks if r.severity == "error"] == [True]


def test_a_rule_of_its_own_beside_the_score_may_sanction() -> None:
    text = (FOLDER / "qingdao/risk_colour.yaml").read_text(encoding="utf-8")
    pack, _ = check_text(text.replace("then: [advice_letter, notify_regulator, inspection]", "then: [advice_letter, county_circular]", 1))
    assert pack is not None


def test_what_the_documents_do_not_say_is_marked_as_ours() -> None:
    for name in ("qingdao/risk_colour", "templates/rate_three_colours", "templates/enterprise_code"):
        pack, _ = checked(name)
        assert {dated.grounds.basis for p in pack.parameters.values() for dated in p.values} == {"platform_default"}
    hunan, _ = checked("hunan/monthly_ranking")
    assert [code for code, p in hunan.parameters.items() if p.values[0].grounds.basis == "document"] == ["list_count"]
