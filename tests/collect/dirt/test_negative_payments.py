"""Dirt: negative 冲红 rows among payments: taken with their sign; a negative headcount is not."""

from collect.dirt.files import MONTHLY, ROW, check, csv_of, waits

HEADER = ["支付月份", "单位名称", "认定编号", "姓名", "待遇项目", "支付金额", "支付对象", "支付日期"]
ROW_OF = ["202603", "恒岳杯业有限公司", "工〔2025〕1号", "张三", "医疗费"]


def test_a_payment_taken_back_keeps_its_sign():
    lines = [[*ROW_OF, "320.00", "医院", "2026-03-11"], [*ROW_OF, "-320.00", "医院", "2026-03-18"], [*ROW_OF, "（320.00）", "医院", "2026-03-19"]]
    checked = check(csv_of(HEADER, *lines), "a.csv", "benefit_payments")
    assert checked.accepted["amount"].to_list()[:2] == [32000, -32000]
    assert waits(checked) == {4: ["unreadable_number"]}  # brackets: minus to some, a remark to others


def test_a_negative_headcount_waits():
    assert waits(check(csv_of(MONTHLY, [*ROW[:3], "-58"]), "a.csv")) == {2: ["implausible_number"]}
