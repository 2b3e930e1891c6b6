def test_each_kind_of_unreadable_date_has_its_sentence(claim):
    found = claim("unreadable_date", "决定日期", "2026-13-02", "3月20日", "26.3.20", "2026-03-20", "待定")
    assert [(row, why) for row, _, _, why, *_ in found] == [
        (2, "月份不存在"), (3, "只写了月日，没有年份；看不出本表是哪个时期的，定不了是哪一年"), (4, "年份只有两位"), (6, "读不出日期"),
    ]  # fmt: skip
