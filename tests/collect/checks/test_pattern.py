from wushang.collect.checking import check_file
from wushang.collect.source import load

TEXT = """
id: tiny
title: 小表
departments: [hrss]
delivers: changes
key: [number]
columns:
  number: {titles: [编号], type: identifier, required: true, pattern: '^\\d{4}$', pattern_says: 应为 4 位数字}
  name: {titles: [名称], type: text}
"""


def test_a_text_unlike_its_pattern_waits_with_the_sentence_of_its_source():
    from datetime import date

    checked = check_file("编号,名称\n12 34,甲\n123,乙\n".encode(), "a.csv", load(TEXT, "tiny"), date(2026, 1, 1))
    assert checked.accepted["number"].to_list() == ["1234"]
    assert [(w.row, w.remarks[0].problem.why) for w in checked.quarantined] == [(3, "应为 4 位数字")]
