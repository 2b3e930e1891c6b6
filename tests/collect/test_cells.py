"""Cells as clerks write them, and the one value each can mean."""

from datetime import date, timedelta

import polars as pl
import pytest

from wushang.collect.cells import coded
from wushang.collect.cells.dates import dates, hours, months
from wushang.collect.cells.numbers import number, rate_unit
from wushang.collect.cells.text import clean, document
from wushang.collect.cells.title import plain_title, unit_of
from wushang.collect.reading.period import counted_period, said_period
from wushang.terms import codes
from wushang.terms.period import Period

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def one_date(text: str, period: Period | None = None) -> tuple:
    """value, hour, trouble"""
    return dates(clean(pl.Series([text])), period).row(0)[:3]


@pytest.mark.parametrize(
    "text",
    ["2026.3.5", "20260305", "2026年3月5日", "46086", "2026-03-05", "2026/3/5", "２０２６．３．５", " 2026\u00a0年3月5号",
     "2026-03-05 00:00:00", "'2026-3-5", "2026-03-05T00:00:00", "\u200b2026-3-5（周四）"],
)  # fmt: skip
def test_every_form_of_one_day_is_that_day_without_an_hour(text):
    assert one_date(text) == (date(2026, 3, 5), None, None)


@pytest.mark.parametrize(
    ("text", "hour"),
    [("2026.3.5 上午8：30", 8), ("2026-03-05 08:30:00", 8), ("2026年3月5日下午3时许", 15), ("2026-3-5 中午12点", 12),
     ("2026-3-5 凌晨12:10", 0), ("20260305 23:59", 23), ("202603050830", 8), ("46086.354166666664", 8),
     ("2026-3-5 晚上8点半", 20), ("2026年3月5日8时30分左右", 8), ("2026.3.5上午", None), ("2026-3-5 下午13:20", 13)],
)  # fmt: skip
def test_the_hour_is_read_with_its_half_of_the_day(text, hour):
    assert one_date(text) == (date(2026, 3, 5), hour, None)


@pytest.mark.parametrize(
    ("text", "trouble"),
    [("2026-13-02", "no_such_month"), ("2026-02-30", "no_such_day"), ("20260230", "no_such_day"), ("3月5日", "no_year"),
     ("3.5", "no_year"), ("26.3.5", "short_year"), ("3/5/2026", "order_unknown"), ("2026年3月", "no_day"),
     ("2026-3-5 25:00", "no_such_time"), ("2026-3-5、6日", "unreadable"), ("去年春节", "unreadable"), ("12345", "unreadable")],
)  # fmt: skip
def test_what_cannot_be_read_in_one_way_is_not_read(text, trouble):
    assert one_date(text) == (None, None, trouble)


def test_a_day_without_year_is_taken_only_where_the_period_settles_it():
    assert one_date("3月5日", MARCH) == (date(2026, 3, 5), None, None)
    assert one_date("3/5 14:00", MARCH) == (date(2026, 3, 5), 14, None)
    assert one_date("2月27日", MARCH) == (None, None, "no_year")
    two_years = Period(date(2025, 1, 1), date(2026, 12, 31))
    assert one_date("3月5日", two_years) == (None, None, "no_year")
    assert one_date("3.1", MARCH) == (None, None, "no_year")  # 3.10 is kept as 3.1 by a spreadsheet


def test_months():
    texts = ["202603", "2026-03", "2026年3月", "2026.3", "2026-03-01 00:00:00", "46082"]
    assert months(pl.Series(texts))["value"].to_list() == [date(2026, 3, 1)] * 6
    assert months(pl.Series(["202613", "三月"]))["trouble"].to_list() == ["no_such_month", "unreadable"]


def test_hours_of_their_own_column():
    texts = ["上午8:30", "8", "08:30:00", "0.354166", "下午2时", "25", None]
    found = hours(pl.Series(texts))
    assert found["value"].to_list() == [8, 8, 8, 8, 14, None, None]
    assert found["trouble"].to_list() == [None] * 5 + ["no_such_time", None]


def test_placeholders_are_missing_and_words_that_mean_something_stay():
    cells = pl.Series(["无", "/", "－", "不详", "待补", " \u3000", "无锡", "0", None])
    assert clean(cells).to_list() == [None] * 6 + ["无锡", "0", None]
    assert clean(pl.Series(["无", "/"]), keep=["无"]).to_list() == ["无", None]
    assert clean(pl.Series(["未鉴定"]), missing=["未鉴定"]).to_list() == [None]


def test_full_width_and_invisible_characters():
    cells = pl.Series(["（Ａ）１２３", "张\u200b三\u00a0", "’0033"])
    assert clean(cells).to_list() == ["(A)123", "张三", "0033"]


def test_brackets_of_a_document_number_are_made_one():
    numbers = pl.Series(["永工认[2026]0123号", "永工认(2026)0123 号", "永工认【2026】0123号", "永工认〔2026〕0123号"])
    assert set(document(numbers)) == {"永工认〔2026〕0123号"}


@pytest.mark.parametrize(
    ("text", "unit", "fen"),
    [("1,234.50", "元", 123450), ("1234.5元", "元", 123450), ("0.125", "万元", 125000), ("12万元", "元", 12000000),
     ("¥3", "元", 300), ("-5.00", "元", -500), ("2.345", "元", 235), ("2.3449", "元", 234), ("1,234,567.89", "元", 123456789)],
)  # fmt: skip
def test_money_is_exact_fen(text, unit, fen):
    assert number(clean(pl.Series([text])), "money", unit).row(0) == (fen, None)


@pytest.mark.parametrize(
    ("text", "kind", "trouble"),
    [("12,34", "money", "unreadable"), ("约3000", "money", "unreadable"), ("1.2E+5", "money", "digits_lost"),
     ("3.5", "integer", "fraction"), ("123456789012345", "money", "too_long"), ("二十", "integer", "unreadable")],
)  # fmt: skip
def test_a_number_that_is_none(text, kind, trouble):
    assert number(pl.Series([text]), kind, "元" if kind == "money" else "").row(0) == (None, trouble)


def test_counts_with_a_point_and_no_fraction_are_counts():
    assert number(pl.Series(["58.0", "58人", "1,203"]), "integer", "")["value"].to_list() == [58, 58, 1203]


def test_rates_in_three_units_are_the_same_millionths():
    assert number(pl.Series(["0.9%", "9‰"]), "rate", "")["value"].to_list() == [9000, 9000]
    assert number(pl.Series(["0.9"]), "rate", "%")["value"].item() == 9000
    assert number(pl.Series(["0.009"]), "rate", "小数")["value"].item() == 9000
    assert number(pl.Series(["0.9"]), "rate", "").row(0) == (None, "unit_unknown")


def test_a_unit_is_settled_only_where_exactly_one_makes_the_rates_lawful():
    assert rate_unit(pl.Series(["0.0072", "0.009", "0.002"]), 1000, 30000) == "小数"
    assert rate_unit(pl.Series(["0.72", "0.9", "0.2"]), 1000, 30000) == "%"
    assert rate_unit(pl.Series(["7.2", "9", "13"]), 1000, 30000) == "‰"
    assert rate_unit(pl.Series(["1.1", "1.3", "2.0"]), 1000, 30000) == ""  # lawful as % and as ‰


def test_titles_are_compared_without_blanks_units_and_colons():
    assert plain_title("参保 人数\n（月末）*") == plain_title("参保人数")
    assert plain_title("其中：农民工") == "其中农民工"
    assert plain_title("岗位（工种）") == "岗位(工种)"
    assert (unit_of("工资总额（万元）"), unit_of("执行费率(‰)"), unit_of("应缴，单位：元"), unit_of("姓名")) == (
        "万元",
        "‰",
        "元",
        "",
    )


@pytest.mark.parametrize(
    ("text", "months"),
    [("2026年1—2月工伤认定台账", ("2026-01", "2026-02")), ("参保缴费202603.xlsx", ("2026-03", "2026-03")),
     ("2025年第四季度职业病危害", ("2025-10", "2025-12")), ("2025年度", ("2025-01", "2025-12")),
     ("工伤认定_2026年03月.csv", ("2026-03", "2026-03")), ("202601-202602", ("2026-01", "2026-02"))],
)  # fmt: skip
def test_the_period_that_a_title_says(text, months):
    period = said_period([text])
    assert (period.start.isoformat()[:7], period.end.isoformat()[:7]) == months


@pytest.mark.parametrize("text", ["填表日期：2026年3月10日", "台账", "编号20260310123"])
def test_a_day_or_a_number_is_no_period(text):
    assert said_period([text]) is None


def test_the_month_that_nearly_all_rows_share_is_the_period():
    assert counted_period(pl.Series(["202603"] * 19 + ["202602"]), "month", date(2026, 4, 1)) == MARCH
    both = counted_period(pl.Series(["202603"] * 5 + ["202602"] * 5), "month", date(2026, 4, 1))
    assert both == Period(date(2026, 2, 1), date(2026, 3, 31))


@pytest.mark.parametrize("name", ["accident_kind", "industry", "occupational_disease"])
def test_a_word_is_the_code_of_its_own_day_also_where_its_list_changes(name):
    entries = codes.all(name)
    edges = {day for one in entries for day in (one.valid_from, one.valid_to) if day}
    days = sorted({day + timedelta(step) for day in edges for step in (-1, 0, 1)})
    words = [*dict.fromkeys(one.name for one in entries[:: max(1, len(entries) // 40)]), "没有的词"]
    pairs = [(word, day) for word in words for day in days]
    found = coded.code(pl.Series([w for w, _ in pairs]), name, {}, pl.Series([d for _, d in pairs]))
    for (word, day), (value, trouble) in zip(pairs, found.rows(), strict=True):
        entry = codes.find(name, word, day)
        assert (value, trouble) == (entry.code, None) if entry else trouble in ("unknown_code", "not_in_force"), (word, day)
    assert len(days) >= 3
