def test_each_date_must_not_precede_the_one_before_it(claim):
    found = claim("date_order", "受理日期,决定日期", "2026-03-10,2026-03-27", "2026-03-10,2026-03-01", ",2026-03-04")
    assert [(row, field, why) for row, field, _, why, *_ in found] == [
        (3, "occurred", "事故时间晚于决定日期 2026-03-01"),
        (3, "reported", "申请日期晚于决定日期 2026-03-01"),
        (3, "accepted", "受理日期晚于决定日期 2026-03-01"),
        (4, "occurred", "事故时间晚于决定日期 2026-03-04"),
        (4, "reported", "申请日期晚于决定日期 2026-03-04"),
    ]


def test_a_date_after_the_day_of_delivery_cannot_be(claim):
    found = claim("date_order", "送达日期", "2026-04-16", "2026-04-15")
    assert [(row, field, why) for row, field, _, why, *_ in found] == [(2, "delivered", "晚于报送当日 2026-04-15")]


def test_the_same_day_is_in_order(claim):
    assert claim("date_order", "受理日期,入职日期", "2026-03-09,2026-03-05") == []


def test_a_suspension_lies_between_acceptance_and_decision(claim):
    cells = ["2026-03-10,2026-03-12,2026-03-20,2026-03-27", "2026-03-10,2026-03-09,2026-03-20,2026-03-27",
             "2026-03-10,2026-03-20,2026-03-12,2026-03-27", "2026-03-10,2026-03-12,2026-03-29,2026-03-27"]  # fmt: skip
    found = claim("date_order", "受理日期,中止日期,恢复日期,决定日期", *cells)
    assert [(row, field, why) for row, field, _, why, *_ in found] == [
        (3, "accepted", "受理日期晚于中止日期 2026-03-09"), (4, "suspended", "中止日期晚于恢复日期 2026-03-12"),
        (5, "resumed", "恢复日期晚于决定日期 2026-03-27"),
    ]  # fmt: skip
