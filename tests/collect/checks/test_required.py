def test_a_blank_and_a_placeholder_are_both_missing(find):
    header = "受理编号,单位名称,姓名,事故时间,申请日期"
    found = find(
        "required",
        header,
        "1号,甲,,2026-03-05,2026-03-09",
        "2号,乙,不详,2026-03-05,2026-03-09",
        "3号,丙,王五,2026-03-05,2026-03-09",
    )
    assert [(row, field) for row, field, *_ in found] == [(2, "worker"), (3, "worker")]
    assert found[0][4] == "请补填“姓名”"


def test_a_unit_without_any_name_or_number_cannot_be_known(find):
    header = "受理编号,单位名称,统一社会信用代码,姓名,事故时间,申请日期"
    found = find("required", header, "1号,,无,张三,2026-03-05,2026-03-09", "2号,甲,,李四,2026-03-05,2026-03-09")
    assert [(row, why) for row, _, _, why, *_ in found] == [
        (2, "单位名称、统一社会信用代码、单位编号都没有填，认不出是哪个单位")
    ]
