from datetime import date

from wushang.collect.checking import check_file
from wushang.collect.source import shipped

HEADER = "项目编号,项目名称,施工单位,实名人数"
LINE = "X1,安置房二期,云建建设有限公司,146"


def codes(text: str, name: str = "台账.csv") -> list[str]:
    checked = check_file(text.encode(), name, shipped()["project_insurance"], date(2026, 4, 10))
    return [remark.problem.code for waiting in checked.quarantined for remark in waiting.remarks]


def test_a_row_without_its_month_in_a_file_that_names_none_waits():
    assert codes(f"{HEADER}\n{LINE}\n") == ["month_missing"]


def test_a_title_or_the_name_of_the_file_that_says_the_month_is_enough():
    assert codes(f"参保台账（2026年3月）\n{HEADER}\n{LINE}\n") == []
    assert codes(f"{HEADER}\n{LINE}\n", "台账2026年3月.csv") == []


def test_a_title_of_two_months_does_not_tell_which():
    assert codes(f"参保台账（2026年2—3月）\n{HEADER}\n{LINE}\n") == ["month_missing"]
