"""新旧对比 in words: what is not a number is told too."""

from judge.test_run import GAOTAI

from wushang.judge.file.reader import pack_of
from wushang.judge.wording import texts


def test_measures_letters_hours_deadlines_and_the_re_check_are_told_and_nothing_else() -> None:
    """By hand: six changes of one text, each a sentence; the text beside itself says nothing."""
    changed = GAOTAI
    for old, new in (
        ("then: [advice_letter, notify_regulator, inspection]", "then: [advice_letter, inspection]"),
        ("    letter: circular\n", "    letter: advice_letter\n    urgent: true\n"),
        ("      report: {length: 30 days, from: delivered, basis: platform_default, why: 原文未写整改天数}\n", ""),
        ("发生1起工伤事故的企业,黄色预警,送达", "有1起工伤事故的企业,黄色预警,送达"),
        ("fall_percent: 30", "fall_percent: 20"),
    ):
        assert old in changed, old
        changed = changed.replace(old, new, 1)
    told = list(texts(pack_of(GAOTAI), pack_of(changed), "全县"))
    assert "“橙色预警”的措施：整改建议书、通报行业主管部门、专项检查 → 整改建议书、专项检查" in told
    assert "“红色预警”的文书：通报 → 整改建议书" in told and "“红色预警”给单位的消息不再等发送时段" in told
    assert "“红色预警”报整改情况期限：30日 → 没有" in told
    assert any(one.startswith("“黄色预警”的原文：发生1起") and "→ 有1起工伤事故" in one for one in told)
    assert any(one.startswith("“橙色预警”的评估：") and "起数下降不到 20%" in one for one in told)
    assert len(told) == 6 and not list(texts(pack_of(GAOTAI), pack_of(GAOTAI), "全县"))


def test_a_level_whose_way_of_handling_goes_or_comes_is_told() -> None:
    start, end = GAOTAI.index("  yellow:\n    issuer"), GAOTAI.index("  orange:\n    issuer")
    without = GAOTAI[:start] + GAOTAI[end:]
    assert list(texts(pack_of(GAOTAI), pack_of(without), "全县")) == ["取消“黄色预警”的办理办法"]
    assert list(texts(pack_of(without), pack_of(GAOTAI), "全县")) == ["新增“黄色预警”的办理办法"]
