"""Every name of domain.md C1 and C2 has its measure, or a sentence that says what nobody delivers."""

from reference_pages.measures import measures_page

from wushang.analyse.indicators import INDICATORS
from wushang.analyse.measures import measures
from wushang.collect.source import shipped

C1 = ["起数", "受伤人次", "受伤人数", "重伤人数", "死亡人数", "新发职业病例数", "认定件数", "申报件数"]
C2 = [
    "工伤发生率", "千人负伤率", "千人重伤率", "千人死亡率", "百万工时伤害率", "伤害严重率", "伤害平均严重率", "ILO frequency rate",
    "ILO incidence rate", "ILO severity rate", "职业病发生率", "工伤保险支缴率", "费用支付比", "整改按期率", "闭环率", "隐患整改率",
    "培训覆盖率", "参保覆盖率", "预防费使用率", "认定按期率", "平均办理天数", "伤残构成", "严重度指数",
]  # fmt: skip
ACCIDENTS = {"accidents", "accident_dead", "accident_serious", "accident_loss"}  # of decree 493
PROJECTS = {"project_cases", "project_injured_rate"}  # of construction projects, by their own workers
HELPS = ACCIDENTS | PROJECTS | {"average_headcount", "disabled_share", "serious_share", "worst_grade", "disease_hazards"}  # measures that C1, C2 do not name


def test_no_name_of_the_trade_is_forgotten() -> None:
    told = {one.name for one in INDICATORS}
    assert {*C1, *C2} - told == set()
    assert len(told) == len(INDICATORS)


def test_a_name_has_measures_that_exist_or_a_reason_and_never_both() -> None:
    for one in INDICATORS:
        assert bool(one.measures) != bool(str(one.why_not)), one.name
        assert set(one.measures) <= set(measures()), one.name


def test_every_measure_stands_under_a_name() -> None:
    assert set(measures()) - {code for one in INDICATORS for code in one.measures} == HELPS


def test_what_is_said_to_be_delivered_by_nobody_is_in_no_source() -> None:
    """A source that brings one of these columns makes the sentence untrue: then the measure is due."""
    words = ("损失工作日", "误工", "实际工时", "总工时", "培训", "用工人数", "从业人员", "预防费")
    titles = {title for source in shipped().values() for column in source.columns.values() for title in column.titles}
    assert [title for title in titles if any(word in title for word in words)] == []


def test_the_reference_tells_each_name() -> None:
    text = measures_page()
    for one in INDICATORS:
        assert f"| {one.name} |" in text and (str(one.why_not) or f"`{one.measures[0]}`") in text
