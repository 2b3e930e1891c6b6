HEADER = "受理编号,单位名称,姓名,事故时间,申请日期,伤害部位"


def test_one_number_with_two_contents_waits_on_both_sides(find):
    lines = [
        "1号,甲,张三,2026-03-05,2026-03-09,手",
        "2号,甲,李四,2026-03-05,2026-03-09,手",
        "1号,甲,张三,2026-03-05,2026-03-09,脚",
    ]
    found = find("duplicate_key", HEADER, *lines)
    assert [(row, why) for row, _, _, why, *_ in found] == [
        (2, "与第 4 行的受理编号相同，内容不同"), (4, "与第 2 行的受理编号相同，内容不同"),
    ]  # fmt: skip


def test_the_same_row_twice_is_a_duplicate_and_no_problem(find):
    lines = ["1号,甲,张三,2026-03-05,2026-03-09,手", "1号,甲,张三,2026.3.5,20260309,手"]
    assert find("duplicate_key", HEADER, *lines) == []
