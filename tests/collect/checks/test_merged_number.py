from collect.test_reading import check, xlsx

HEADER = ["所属期", "单位编号", "单位名称", "参保人数"]


def test_a_figure_merged_over_rows_waits_and_a_merged_name_fills_down():
    lines = [HEADER, ["202603", "1", "甲", 30], ["202603", "2", "", ""], ["202603", "3", "丙", 5]]
    checked = check(xlsx(*lines, merged=[(1, 2, 2, 2, "甲"), (1, 3, 2, 3, 30)]), "insurance_monthly")
    waiting = {w.row: [(r.problem.code, r.problem.why) for r in w.remarks] for w in checked.quarantined}
    why = "这个数写在第 2—3 行合并的单元格里，分不清是每行的数还是几行合计"
    assert waiting == {2: [("merged_number", why)], 3: [("merged_number", why)]}
    assert checked.quarantined[1].text["name"] == "甲"
    assert checked.accepted["insured"].to_list() == [5]
