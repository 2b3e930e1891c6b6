"""Numbers and days are written as the office writes them; every answer here was written by hand."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from wushang.terms.level import Level
from wushang.web import days, figures

MARCH_20 = date(2026, 3, 20)


def draw(text: str, **context: object) -> str:
    return Template("{% load wushang %}" + text).render(Context(context))


@pytest.mark.parametrize(
    ("value", "said"), [(1203, "1,203"), (0, "0"), (16012, "16,012"), (None, "—"), (float("nan"), "不可计算")]
)
def test_a_count_has_thousands_and_a_missing_one_is_a_dash(value, said):
    assert figures.count(value) == said


def test_a_rate_has_two_decimals_in_a_table_and_one_in_a_sentence():
    assert (figures.rate(3.114), figures.rate_said(3.114)) == ("3.11", "3.1‰")


def test_rounding_is_half_up_as_on_paper():
    assert (figures.rate(2.675), figures.percent(0.25), figures.rate(1.005)) == ("2.68", "0.3", "1.01")


def test_per_cent_has_one_decimal_and_a_fraction_becomes_per_cent():
    assert (figures.percent(6.24), figures.percent_said(6.24), figures.share(0.882)) == ("6.2", "6.2%", "88.2%")


def test_a_rate_that_cannot_be_computed_carries_no_sign():
    assert (figures.rate_said(float("inf")), figures.percent_said(None)) == ("不可计算", "—")


@pytest.mark.parametrize(
    ("fen", "said"),
    [
        (3_124_050, "3.12万元"),
        (999_999_999_999, "100.00亿元"),
        (10_000_000_000, "1.00亿元"),
        (9_999_999_999, "10,000.00万元"),
        (None, "—"),
    ],
)
def test_money_from_one_yi_on_is_written_in_yi(fen, said):
    assert figures.money(fen) == said


def test_money_in_a_table_is_in_the_unit_of_its_header():
    assert (figures.yuan(3_124_050), figures.wan(312_405_000)) == ("31,240.50", "312.41")


def test_a_premium_rate_of_8000_millionths_is_0_80_per_cent():
    assert figures.premium_rate(8000) == "0.80%"


@pytest.mark.parametrize(("n", "said"), [(0, "0"), (1, "＜3"), (2, "＜3"), (3, "3"), (1203, "1,203"), (None, "—")])
def test_one_and_two_people_are_hidden_zero_is_not(n, said):
    assert figures.small(n) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (-6.24, "下降 6.2%"),
        (10.5, "上升 10.5%"),
        (0.04, "持平"),
        (-0.04, "持平"),
        (float("inf"), "上年同期为 0"),
        (None, "—"),
    ],
)
def test_a_change_is_told_in_words(value, said):
    assert figures.change(value) == said


def test_a_change_in_a_cell_has_an_arrow_and_a_word_for_a_reader():
    cell = draw("{% change_cell v %}", v=-6.24)
    assert "▼" in cell and "下降" in cell and "6.2" in cell and "-6.2" not in cell


def test_a_level_change_has_no_arrow():
    assert draw("{% change_cell v %}", v=0) == "0.0"


def test_dates_in_their_four_forms():
    fifth = date(2026, 3, 5)
    assert days.day(fifth) == "2026-03-05"
    assert days.day_long(fifth) == "2026年3月5日"
    assert days.day_week(fifth) == "3月5日（周四）"
    assert days.weekday(fifth) == "星期四"


def test_an_instant_is_shown_on_the_local_clock():
    late_evening_utc = datetime(2026, 3, 4, 16, 30, tzinfo=UTC)  # half past midnight on 5 March in Shanghai
    assert days.moment(late_evening_utc) == "2026-03-05 00:30"
    assert days.day_short(late_evening_utc) == "3月5日"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2026, 1, 1), date(2026, 3, 31), "2026年1—3月"),
        (date(2026, 3, 1), date(2026, 3, 31), "2026年3月"),
        (date(2025, 11, 1), date(2026, 2, 28), "2025年11月—2026年2月"),
    ],
)
def test_a_run_of_months_is_joined_by_a_dash(start, end, said):
    assert days.months(start, end) == said


@pytest.mark.parametrize(
    ("due", "said", "late"),
    [
        (date(2026, 3, 24), "还剩 4 天", False),
        (date(2026, 3, 20), "今天到期", False),
        (date(2026, 3, 18), "已逾期 2 天", True),
        (None, "", False),
    ],
)
def test_a_deadline_says_how_long_is_left(due, said, late):
    assert (days.left(due, MARCH_20), days.is_late(due, MARCH_20)) == (said, late)


def test_what_is_due_today_stands_out_and_what_is_due_next_week_does_not():
    assert "late" in draw("{% due d today %}", d=MARCH_20, today=MARCH_20)
    assert "late" not in draw("{% due d today %}", d=date(2026, 3, 27), today=MARCH_20)


def test_a_deadline_in_a_year_without_its_holidays_says_so():
    assert 'title="节假日待国务院公布，公布后可能顺延">节假日未定<' in draw("{% due d today %}", d=date(2031, 1, 23), today=date(2030, 12, 30))
    assert "节假日" not in draw("{% due d today %}", d=date(2026, 3, 27), today=MARCH_20)
    assert "节假日" not in draw("{% due d today %}", d=date(2031, 1, 23), today=date(2031, 1, 24))  # it is over


def test_a_badge_has_shape_word_and_colour():
    for level, shape, word in [("yellow", "●", "黄"), ("orange", "◆", "橙"), ("red", "■", "红")]:
        drawn = draw("{% badge level %}", level=level)
        assert shape in drawn and f"</span>{word}</span>" in drawn and f"badge {level}" in drawn


def test_a_big_badge_says_the_whole_word_and_no_level_is_a_dash():
    assert "橙色预警</span>" in draw("{% badge level 'big' %}", level=Level.ORANGE)
    assert draw("{% badge level %}", level=None) == "—"


def test_a_bar_of_nine_in_thirty_is_thirty_wide():
    assert 'class="now" width="30.0"' in draw("{% bar 9 30 %}")
    assert 'width="0.0"' in draw("{% bar 5 0 %}")


def test_a_page_number_keeps_the_filters_in_the_address():
    request = RequestFactory().get("/warn/", {"town": "东城街道", "page": "2"})
    moved = Template("{% load wushang %}{% query page=3 %}").render(Context({"request": request}))
    assert "page=3" in moved and "town=%E4%B8%9C%E5%9F%8E%E8%A1%97%E9%81%93" in moved and "page=2" not in moved
    cleared = Template("{% load wushang %}{% query page=None town=None %}").render(Context({"request": request}))
    assert cleared == "/warn/"
