"""一企一档: each figure opens the list that adds up to it — the same days, the same kinds, the same number at its head."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.utils.html import strip_tags

from wushang.pool import models as pool

FIGURE = re.compile(r'<a href="(/integrate/lineage/units/[^"]+)"[^>]*>([^<]+)</a>')
HEAD = re.compile(r'<span class="plain">(.*?)</span></h1>')


@pytest.fixture
def cup(town) -> int:
    """恒岳杯业: the spring's accidents and one of May 2025, which no "same period" holds; two hazards, one closed; 65 people
    of two kinds in March, for whom 1,234.56 was paid."""
    town.spring()
    town.injure(date(2025, 5, 20))
    told = {"source": "s", "sender": "990100-health", "digest": "d", "enterprise_id": town.cup}
    town.land(
        pool.DiseaseHazard, told | {"key": "h1", "kind": "noise", "opened": date(2026, 1, 15), "closed": date(2026, 2, 1)},
        told | {"key": "h2", "kind": "noise", "opened": date(2026, 1, 20)},
    )  # fmt: skip
    march = told | {"month": date(2026, 3, 1)}
    town.land(pool.Headcount, march | {"key": "n1", "insured": 60, "paid": 123_456}, march | {"key": "n2", "insured": 5, "mode": "project"})
    town.land(
        pool.Payment, told | {"key": "p1", "month": date(2026, 1, 1), "item": "medical", "amount": 10_000},
        told | {"key": "p2", "month": date(2025, 1, 1), "item": "medical", "amount": 2_050},
    )  # fmt: skip
    return town.cup


def figures(visit, address: str) -> list[tuple[str, str]]:
    """(the figure as it is written, the head of the list that it opens)."""
    page = visit("wangli", address).content.decode()
    return [(unescape(text), head(visit, unescape(url))) for url, text in FIGURE.findall(page)]


def head(visit, url: str) -> str:
    found = HEAD.search(visit("wangli", url).content.decode())
    return strip_tags(found[1]) if found else ""


def test_each_figure_opens_the_list_that_adds_up_to_it(cup, visit):
    assert figures(visit, f"/enterprises/{cup}/") == [
        ("65 人（2026年3月）", "2 行，65 人，缴费 1,234.56 元"),
        ("2 起", "2 起，3 人次"),  # this year: the refused one does not count
        ("1 起", "1 起，1 人次"),  # until 20 March of last year: not the one of May
        ("2026年 2 起", "2 起，3 人次"),
        ("2025年 2 起", "2 起，2 人次"),
        ("2 项", "2 行"),
        ("1 项", "1 行"),  # not closed
        ("88.3", "4 行，平均每月 88.3 人，缴费 1,234.56 元"),  # (100 + 100 + 65) ÷ 3 months
        ("2", "2 起，3 人次"),
        ("3", "2 起，3 人次"),
        ("1,234.56", "4 行，平均每月 88.3 人，缴费 1,234.56 元"),
        ("100.0", "2 行，平均每月 100.0 人"),
        ("2", "2 起，2 人次"),
        ("2", "2 起，2 人次"),
        ("看来源", "2 行，合计 120.50 元"),  # 共 2 条，合计 120.50 元
    ]


def test_a_hazard_closed_later_was_open_on_the_day_that_is_asked_for(cup, visit):
    listed = f"/integrate/lineage/units/{cup}/?what=hazards&state=open"
    assert head(visit, f"{listed}&to=2026-01-31") == "2 行" and head(visit, f"{listed}&to=2026-02-01") == "1 行"


def test_the_list_names_accidents_by_the_numbers_that_people_know(cup, visit, town):
    page = visit("wangli", f"/integrate/lineage/units/{cup}/?from=2026-01-01").content.decode()
    assert "e1" not in re.findall(r">\s*(\w+)\s*<", page), "the platform's own key of an accident is nobody's number"
    assert f"k{town.first}" in page and page.count("伤 2 人，计 1 起") == 2
