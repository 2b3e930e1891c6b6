from datetime import date

from wushang.collect.checking import check_file
from wushang.collect.source import shipped

AS_OF = date(2026, 4, 15)

LINES = ["受理编号,单位名称,姓名,事故时间,伤残等级", "1号,甲,张三,2026-03-05,十一级", "2号,乙,李四,2026-03-06,", "3号,丙,,2026-03-07,"]


def checked(absent, lines=LINES):
    source = shipped()["injury_recognition"].model_copy(update={"absent": absent})
    return check_file("\n".join(lines).encode(), "a.csv", source, AS_OF)


def test_every_row_waits_for_the_column_that_is_not_there_and_no_value_is_made_up():
    found = checked(["reported"])
    assert found.by_code() == {"code_unknown": 1, "column_absent": 3, "required": 1} and found.accepted.height == 0
    why = {remark.problem.why for one in found.quarantined for remark in one.remarks if remark.problem.code == "column_absent"}
    assert why == {"整列缺失：本表没有“申请日期”这一列"}


def test_of_fields_of_which_one_is_needed_all_are_named():
    lines = [line.replace("单位名称", "备注") for line in LINES]
    found = checked(["reported", "employer_name", "uscc", "insurance_number"], lines)
    said = {remark.problem.why for remark in found.quarantined[1].remarks}
    assert said == {"整列缺失：本表没有“申请日期”这一列", "整列缺失：单位名称、统一社会信用代码、单位编号，本表一列也没有"}
