from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wushang.terms import codes

TODAY = date(2026, 11, 22)
OLD, NEW = date(2026, 6, 30), date(2026, 7, 1)


def test_every_list_says_where_it_comes_from_and_when_it_was_checked():
    for list_name in codes.names():
        for code in codes.all(list_name):
            assert code.source and code.checked >= date(2026, 11, 22)
            assert code.valid_to is None or code.valid_from <= code.valid_to


def test_every_entry_is_found_by_its_code_its_name_and_its_aliases():
    for list_name in codes.names():
        for code in codes.all(list_name, TODAY):
            for text in (code.code, *code.aliases):
                assert codes.find(list_name, text, TODAY) == code, (list_name, text)
            named = codes.find(list_name, code.name, TODAY)
            assert named is not None and named.name == code.name, (list_name, code.name)


def test_every_parent_is_in_its_list():
    for list_name in ("industry",):
        known = {code.code for code in codes.all(list_name)}
        assert all(code.parent in known for code in codes.all(list_name) if code.parent)


def test_names_are_compared_in_normal_form_and_never_by_likeness():
    assert codes.find("industry", " 金属 制品业\u200b", TODAY).code == "C33"
    assert codes.find("industry", "Ｃ３３８２", TODAY).code == "C3382"
    assert codes.find("industry", "金属制品", TODAY) is None
    assert codes.find("industry", "金属制品业务", TODAY) is None


def test_a_name_outside_the_list_is_told_so():
    assert codes.problem("industry", "保温杯", TODAY) == "“保温杯”不在代码表中，请按代码表填写代码或全称"
    assert codes.problem("industry", " ", TODAY) == "未填写"
    assert codes.problem("industry", "金属制品业", TODAY) is None


def test_an_unknown_list_names_the_known_ones():
    with pytest.raises(ValueError, match="accident_kind, "):
        codes.find("colour", "红", TODAY)


def test_an_unknown_code_is_shown_as_it_is():
    assert codes.name("severity", "serious") == "重伤"
    assert codes.name("severity", "???") == "???"
    assert codes.get("severity", "???") is None


@given(st.sampled_from(codes.names()), st.text(max_size=12), st.dates(date(1980, 1, 1), date(2060, 1, 1)))
def test_any_text_is_either_found_or_told_why(list_name, text, day):
    assert (codes.find(list_name, text, day) is None) == (codes.problem(list_name, text, day) is not None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("14条(一)", "14-1"),
        ("第十四条第一项", "14-1"),
        ("十四条（六）", "14-6"),
        ("《工伤保险条例》第十四条第（四）项", "14-4"),
        ("第十五条第一款第（一）项", "15-1"),
        ("15条3项", "15-3"),
        ("14-7", "14-7"),
        ("14.5", "14-5"),
        ("十四条㈡", "14-2"),
        ("上下班途中", "14-6"),
        ("突发疾病", "15-1"),
    ],
)
def test_a_situation_is_understood_as_clerks_write_it(text, code):
    assert codes.find("situation", text, TODAY).code == code


@pytest.mark.parametrize("text", ["15条(四)", "14条(八)", "141", "视同工伤", "第十六条第一项", "14条"])
def test_what_is_no_situation_is_not_guessed(text):
    assert codes.find("situation", text, TODAY) is None


def test_commuting_and_deemed_injuries_are_not_production():
    production = [code.code for code in codes.all("situation") if codes.is_production(code.code)]
    assert production == ["14-1", "14-2", "14-3", "14-4", "14-5", "14-7"]
    assert not codes.is_production("")


def test_the_accident_list_changes_between_30_june_and_1_july_2026():
    assert len(codes.all("accident_kind", OLD)) == 20
    assert len(codes.all("accident_kind", NEW)) == 27
    assert codes.find("accident_kind", "机械伤害", OLD).code == "03"
    assert codes.find("accident_kind", "机械伤害", NEW) is None
    assert codes.find("accident_kind", "机械致害", NEW).code == "machinery"
    assert codes.find("accident_kind", "机械致害", OLD) is None
    assert codes.find("accident_kind", "触电", OLD).code == "05"
    assert codes.find("accident_kind", "触电", NEW).code == "electric_shock"


def test_the_old_text_prints_ten_to_twenty_with_a_zero_before():
    assert codes.find("accident_kind", "010", OLD).name == "坍塌"
    assert codes.find("accident_kind", "3", OLD).name == "机械伤害"


def test_an_accident_kind_of_the_other_standard_is_told_what_to_use():
    assert codes.problem("accident_kind", "机械伤害", NEW).endswith("2026-07-01应使用新代码：机械致害")
    assert codes.problem("accident_kind", "中毒和窒息", NEW).endswith("应使用新代码：中毒、窒息（需人工归类）")
    assert "2026-07-01起使用" in codes.problem("accident_kind", "滑坡", OLD)


def test_one_to_one_kinds_are_recoded_and_the_others_wait_for_a_person():
    assert codes.recode("03", NEW).code == "machinery"
    assert codes.recode("03", OLD).code == "03"
    assert codes.recode("machinery", NEW).code == "machinery"
    for many in ("02", "18", "19"):
        assert codes.needs_person(many) and codes.recode(many, NEW) is None
    assert [kind.name for kind in codes.successors("02")] == ["厂（场）内车辆致害", "道路（轨道）车辆致害"]


def test_every_old_kind_has_its_line_in_the_mapping():
    for kind in codes.all("accident_kind", OLD):
        assert codes.successors(kind.code), kind
        assert codes.needs_person(kind.code) == (codes.recode(kind.code, NEW) is None)


def test_severity_is_ordered_and_split_at_105_lost_days():
    assert [codes.severity_rank(text) for text in ("", "minor", "serious", "fatal")] == [0, 1, 2, 3]
    assert codes.get("severity", "serious").extra["days_from"] == "105"
    assert codes.find("severity", "工亡", TODAY).code == "fatal"


def test_not_yet_examined_is_not_the_same_as_no_grade():
    assert codes.find("grade", "未鉴定", TODAY).code == "unassessed"
    assert codes.find("grade", "未达级", TODAY).code == "none"
    assert codes.find("grade", "", TODAY) is None
    assert codes.find("grade", "伤残九级", TODAY).code == codes.find("grade", "9级", TODAY).code == "9"
    assert [codes.get("grade", str(n)).extra["group"][:2] for n in (4, 5, 6, 7)] == ["完全", "大部", "大部", "部分"]


def test_small_lists_know_the_words_of_the_files():
    assert codes.find("delivery_method", "留置", TODAY).code == "left"
    assert codes.find("department_kind", "应急管理局", TODAY).code == "emergency"
    assert codes.find("employment", "劳务派遣工", TODAY).code == "dispatch"
    assert codes.find("conclusion", "视同", TODAY).code == "deemed"
    assert [code.name for code in codes.all("hazard_kind")] == [
        "检测超标",
        "未申报危害项目",
        "未体检",
        "疑似职业病报告",
        "卫健监督意见",
    ]


def test_a_grade_of_an_accident_takes_the_worst_of_deaths_serious_injuries_and_loss():
    def grade(dead: int, serious: int, yuan: int) -> str:
        return codes.grade_of(dead, serious, yuan * 100).name

    assert grade(0, 1, 0) == grade(2, 9, 9_999_999) == "一般事故"
    assert grade(3, 0, 0) == grade(0, 10, 0) == grade(0, 0, 10_000_000) == "较大事故"
    assert grade(10, 0, 0) == grade(0, 50, 0) == grade(1, 0, 50_000_000) == "重大事故"
    assert grade(30, 0, 0) == grade(0, 100, 0) == grade(0, 0, 100_000_000) == "特别重大事故"


def test_an_icd_code_tells_the_part_of_the_body_and_the_sort_of_cause():
    assert codes.injury_block("S62.601").extra["part"] == "hand"
    assert codes.injury_block("s09").extra["part"] == "head"
    assert codes.injury_block("T31.0").extra["part"] == "multiple"
    assert codes.injury_block("M54.5") is None and codes.injury_block("") is None
    assert codes.cause_block("W31").extra["group"] == "mechanical"
    assert codes.cause_block("Y09.9").extra["group"] == codes.cause_block("X85").extra["group"] == "assault"
    assert codes.cause_block("Z57") is None


def test_the_disease_list_has_132_diseases_and_grows_in_august_2025():
    before, after = date(2025, 7, 31), date(2025, 8, 1)
    diseases = [code for code in codes.all("occupational_disease", before) if code.parent]
    assert len(diseases) == 132
    assert codes.find("occupational_disease", "腕管综合征", before) is None
    assert codes.find("occupational_disease", "腕管综合征", after).extra["edition"] == "2024"
    assert codes.find("occupational_disease", "职业性中度噪声聋", before).name == "噪声聋"
