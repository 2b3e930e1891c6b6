"""Dirt: 中止起止 in one column, one span or several: read whole, and its first and last day stand where the two columns would."""

from datetime import date

from collect.dirt.files import CASE, CLAIM, claims, csv_of, waits

HEADER = [*CLAIM, "受理日期", "中止起止", "决定日期"]


def claim(number: int, spans: str, decided: str = "2026-04-14") -> list[str]:
    return [f"工〔2026〕{number}号", *CASE[1:], "2026-03-10", spans, decided]


def test_one_span_and_several_are_read_and_the_column_is_no_unknown_one():
    lines = [claim(1, "2026-03-12至2026-03-20"), claim(2, "2026年3月12日—3月20日、2026-04-01起"), claim(3, "无")]
    checked = claims(csv_of(HEADER, *lines), "a.csv")
    assert checked.accepted.select("suspensions", "suspended", "resumed").rows() == [
        ("2026-03-12至2026-03-20", date(2026, 3, 12), date(2026, 3, 20)),
        ("2026-03-12至2026-03-20、2026-04-01至", date(2026, 3, 12), None),
        (None, None, None),
    ]
    assert not any("中止起止" in note for note in checked.notes)


def test_a_span_that_cannot_be_read_or_lies_before_the_claim_was_taken_waits():
    lines = [claim(1, "等待鉴定"), claim(2, "2026-03-01至2026-03-20"), claim(3, "2026-03-12至2026-04-15", "2026-04-14")]
    checked = claims(csv_of(HEADER, *lines), "a.csv")
    assert waits(checked) == {2: ["unreadable_date"], 3: ["date_order"], 4: ["date_order"]}
