"""The page says the evaluation as the pack has it, not as one document once had it."""

import pytest
from judge.test_run import GAOTAI, KEY

from wushang.judge.file.reader import pack_of
from wushang.judge.recheck_words import rechecks

AS_ORANGE = "recheck: {after: 3 months, from: accepted, window: same_length, scope: at_work, fall_percent: 30, compare_with: pooled"


def test_levels_that_are_evaluated_alike_are_said_once() -> None:
    [told] = rechecks(pack_of(GAOTAI), "全市")
    assert told.outcomes == "橙色预警、红色预警"
    assert "".join(told.sentences) == (
        "整改通过复核后3个月评估：这3个月与上年同期比，只算生产经营性事故。"
        "起数下降不到 30%，或者发生率高于全市平均（合计）的，提请挂牌督办，由人决定。"
        "上年同期为 0 的，有 1 起就算没有下降。上年同期 1～2 起的，基数过小，转人工。期末后再等30日申报期才算。"
        "平均参保人数变化超过 20%（平台默认）的，注明分母大幅变化。"
    )


def test_each_level_says_its_own_parameters() -> None:
    """Orange otherwise: from delivery, the year so far, all injuries, half, the trade's mean, both, 0 cases, no wait."""
    other = (
        "recheck: {after: 6 months, from: delivered, window: year_to_date, scope: all, fall_percent: 50, compare_with: industry"
    )
    text = GAOTAI.replace(AS_ORANGE, other, 1)
    orange = text.index(other)
    tail = text[orange:].replace("combination: or, small_baseline: 2, lag: 30 days", "combination: and, small_baseline: 0, lag: '', headcount_percent: 12.5", 1)
    told = rechecks(pack_of(text[:orange] + tail), "全市")
    assert [one.outcomes for one in told] == ["橙色预警", "红色预警"]
    assert "".join(told[0].sentences) == (
        "预警送达后6个月评估：年初至期末与上年同期比，算全部工伤，含上下班途中和视同。"
        "起数下降不到 50%，并且发生率高于同行业平均的，提请挂牌督办，由人决定。"
        "上年同期为 0 的，有 1 起就算没有下降。平均参保人数变化超过 12.5%的，注明分母大幅变化。"
    )


@pytest.mark.parametrize("name, said", [("mean", "发生率高于各单位发生率的平均"), ("none", "起数下降不到 30%的，提请")])
def test_what_the_rate_is_compared_with_is_said_or_left_out(name: str, said: str) -> None:
    [told] = rechecks(pack_of(KEY.replace("compare_with: pooled", f"compare_with: {name}")), "全县")
    assert told.outcomes == "重点企业" and said in "".join(told.sentences)
    assert ("发生率高于" in "".join(told.sentences)) == (name != "none")


def test_a_county_is_not_called_a_city() -> None:
    [told] = rechecks(pack_of(GAOTAI), "全县")
    assert "发生率高于全县平均（合计）的" in "".join(told.sentences)
