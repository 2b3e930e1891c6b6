"""Every letter file: its example is filled whole, its wording says what it must, faults in a file are named."""

from __future__ import annotations

from datetime import date

import pytest

from wushang.warn import wording
from wushang.warn.letter_form import LetterForm
from wushang.warn.piece import digest, ordinal

ISSUER = "云溪市人力资源和社会保障局"


def example(name: str, **changes: object) -> str:
    letter = wording.letter(name)
    given = letter.example["given"] | changes
    return letter.fill(given, issuer=ISSUER, number="云人社预〔2026〕37号", signed=date(2026, 3, 19)).text()


@pytest.mark.parametrize("name", wording.names())
def test_the_example_says_what_it_must_and_leaves_no_field_open(name: str) -> None:
    said = example(name)
    assert [line for line in wording.letter(name).example["says"] if line not in said] == []
    assert "{" not in said and wording.BLANK not in said


@pytest.mark.parametrize("name", wording.names())
def test_every_field_of_the_example_is_printed(name: str) -> None:
    letter, said = wording.letter(name), example(name)
    for field in letter.fields.values():
        value = letter.example["given"].get(field.name)
        if field.kind in ("text", "long", "date") and value:
            assert wording.spoken(field, value) in said, field.name


def test_before_recognition_the_letter_speaks_of_reports() -> None:
    said = example("risk_letter", events=3, recognised=2, pending=1)
    assert "收到你单位" in said and "工伤事故报告3起（其中已认定2起、正在办理1起）" in said
    assert "已发生工伤事故" not in said


def test_a_letter_for_hazards_alone_says_nothing_of_injuries() -> None:
    said = example("advice_letter", events=0, accidents=[])
    assert "工伤事故报告" not in said
    assert "截至2026年3月16日，经核查，你单位存在噪声、苯系物职业病危害隐患。" in said


def test_an_award_restriction_without_a_local_basis_is_not_printed() -> None:
    assert "评先评优" not in example("circular", award_basis="")


def test_a_field_without_value_prints_a_blank_and_is_reported_missing() -> None:
    letter = wording.letter("risk_letter")
    given = letter.example["given"] | {"contact": ""}
    assert [f.name for f in letter.missing(given)] == ["contact"]
    assert "联系人：＿＿＿＿，电话：" in example("risk_letter", contact="")


def test_items_end_with_semicolons_and_the_last_with_a_full_stop() -> None:
    assert "一、查。\n" not in example("risk_letter", advice=["查", "改；", "训"])
    assert "一、查；\n二、改；\n三、训。" in example("risk_letter", advice=["查", "改；", "训"])


def test_long_titles_break_before_the_matter_and_short_ones_do_not() -> None:
    assert wording.title_lines("关于云溪市恒岳杯业有限公司｜工伤事故的整改建议书") == (
        "关于云溪市恒岳杯业有限公司",
        "工伤事故的整改建议书",
    )
    assert wording.title_lines("关于甲厂｜工伤事故的整改建议书") == ("关于甲厂工伤事故的整改建议书",)


def test_ordinals_run_as_they_are_counted() -> None:
    assert [ordinal(n) for n in (1, 10, 11, 20, 35)] == ["一", "十", "十一", "二十", "三十五"]


def test_the_digest_changes_with_one_character_and_not_with_the_seal() -> None:
    letter = wording.letter("risk_letter")
    given = letter.example["given"]
    fill = lambda **paper: letter.fill(given, issuer=ISSUER, number="云人社预〔2026〕37号", signed=None, **paper)  # noqa: E731
    other = letter.fill(given | {"people": 2}, issuer=ISSUER, number="云人社预〔2026〕37号", signed=None)
    assert digest(fill(seal="sample"), "s") == digest(fill(seal="none"), "s")
    assert len({digest(fill(), "s"), digest(other, "s"), digest(fill(), "t")}) == 3


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (("{contact}，电话", "{contcat}，电话"), "没有声明的字段 contcat"),
        (("form: letter", "form: poem"), "form 只能是"),
        (("kind: count}", "kind: number}"), "不认识"),
        (("    check_within: 10个工作日\n", ""), "example 缺少 check_within"),
    ],
)
def test_a_faulty_letter_file_is_refused_with_its_name(fault: tuple[str, str], sentence: str) -> None:
    text = (wording.FOLDER / "risk_letter.yaml").read_text("utf-8")
    assert fault[0] in text
    with pytest.raises(wording.LetterWrong, match=sentence):
        wording.read(text.replace(*fault), "risk_letter")


def test_what_the_rule_leaves_open_is_a_sentence_and_no_empty_box() -> None:
    letter = wording.letter("circular")
    fields = LetterForm(letter, {"plan_within": "10个工作日"}).fields
    told = [fields[name].nothing for name in ("plan_within", "plan_from", "report_within", "award_basis", "contact")]
    assert told == ["", "", "规则没有写，文书里不写这一项。", "本地没有登记依据文件，不限制评先评优，文书里不写。", ""]
    assert LetterForm(letter, {"plan_from": ""}).fields["plan_from"].nothing == "收到本通报"
