def test_a_kind_of_the_new_edition_before_its_day_is_taken_with_a_remark(claim):
    found = claim("code_not_in_force", "事故类别", "机械伤害", "机械致害", "触电")
    assert [(row, severity) for row, _, severity, *_ in found] == [(3, "warn")]


def test_nothing_is_said_where_the_day_itself_cannot_be_read(find):
    header = "受理编号,单位名称,姓名,事故时间,申请日期,事故类别"
    lines = ["1号,甲,张三,2026-13-05,2026-03-09,机械致害", "2号,甲,张三,2026-03-05,2026-03-09,机械致害"]
    assert [row for row, *_ in find("code_not_in_force", header, *lines)] == [3]
