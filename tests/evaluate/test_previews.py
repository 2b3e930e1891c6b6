"""先算: what is counted before its day is shown as a preview, and lies on nobody's desk to sign; the lists open where something is."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from evaluate.test_recheck_deeds import days, place, proposed, waiting  # noqa: F401  (the place of the re-check)

from wushang.evaluate import todo
from wushang.evaluate.deeds.propose_recheck import ProposeRecheck
from wushang.evaluate.models import Recheck


@pytest.fixture
def visit(people, monkeypatch, now):
    monkeypatch.setattr("wushang.people.middleware.timezone.now", lambda: now)

    def go(name: str, url: str) -> str:
        client = Client()
        client.force_login(getattr(people, name), backend="django.contrib.auth.backends.ModelBackend")
        return client.get(url).content.decode()

    return go


def preview(place, case) -> Recheck:  # noqa: F811
    place.injure(*days(7, 2025))
    return ProposeRecheck(place.people.fangzhiqiang.actor, place.later(30), case).do()  # 19 April, in the window


def test_a_preview_says_first_how_far_it_counts(place, waiting):  # noqa: F811
    made = preview(place, waiting)
    assert made.sentences[0] == "评估期到2026年6月20日才满，以下只数到2026年4月19日。"
    assert (made.is_preview, str(made.state_title)) == (True, "试算")
    assert not any("以下只数到" in one for one in proposed(place, waiting).sentences)


def test_nobody_is_asked_to_sign_a_preview_and_its_day_still_comes(place, waiting, people):  # noqa: F811
    preview(place, waiting)
    asked = todo.items(people.zhoumin.actor, date(2026, 4, 19))
    assert [one.what for one in asked if "签发" in one.what] == []
    assert [one.what for one in todo.items(people.fangzhiqiang.actor, date(2026, 7, 20))] == ["效果评估"]
    proposed(place, waiting)
    assert [one.what for one in todo.items(people.zhoumin.actor, date(2026, 7, 20))] == ["签发评估结论：通过"]


def test_the_page_of_a_preview_offers_no_signature(place, waiting, visit):  # noqa: F811
    page = visit("zhoumin", reverse("evaluate:recheck", args=[preview(place, waiting).pk]))
    assert "试算，申报期未满" in page and "2026年7月20日起可以签发" in page and 'id="decide"' not in page


def test_the_list_opens_where_something_waits_and_an_empty_one_names_the_next(place, waiting, visit):  # noqa: F811
    made = preview(place, waiting)
    opened = visit("zhoumin", reverse("evaluate:rechecks"))
    assert "2026-07-20" in opened and f'href="{reverse("evaluate:recheck", args=[made.pk])}">看试算' in opened
    assert '<table class="long cards">' in opened and '<span class="on-card">起评</span>2026-07-20' in opened  # on a telephone
    empty = visit("zhoumin", reverse("evaluate:rechecks") + "?tab=sign")
    assert "没有等签发的评估。" in empty and "下一件：7月20日 云溪市恒岳杯业有限公司起评。" in empty
    reports = visit("fangzhiqiang", reverse("rectify:reports"))
    assert "<h1>待评估</h1>" in reports and "云溪市恒岳杯业有限公司" in reports  # 未交、待复核、待报 are empty


def test_a_case_whose_verdict_is_proposed_waits_for_its_signature_alone(place, waiting, visit):  # noqa: F811
    proposed(place, waiting)
    signing = visit("zhoumin", reverse("evaluate:rechecks"))
    assert '待签发<span class="n">1</span>' in signing and '待评估<span class="n">0</span>' in signing
    assert '<span class="on-card">评估期</span>' in signing
