"""设置・本单位: the section head reads what the place is and lives by; no secret shows; the first day leads to it."""

from __future__ import annotations

from datetime import date

import pytest

from wushang.warn.models import LetterNumber, StartDay
from wushang.web import environment
from wushang.web.place import shown, told


def test_the_page_names_the_place_its_signatures_and_its_push(town, visit, settings, now):
    settings.WUSHANG_OFFICE_PHONE, settings.WUSHANG_SIGN_STEPS = "0579-87100000", 3
    StartDay.objects.create(name="push", day=date(2026, 3, 1), set_by="李建国", at=now)
    text = visit("lijianguo", "/place/").content.decode()
    for said in ("云溪市 990100", "0579-87100000", "审核 → 复审 → 签发", "练习数据，不会发送", "2026-03-01", "未启用，不发送"):
        assert said in text


def test_numbers_are_counted_by_word_and_by_who_gave_them(town, now):
    for number, source in ((1, "own"), (2, "own"), (7, "oa")):
        LetterNumber.objects.create(issuer="990100-hrss", word="云人社预", year=2026, number=number, source=source, at=now)
    LetterNumber.objects.filter(number=2).update(cancelled=now)
    LetterNumber.objects.create(issuer="990100-hrss", word="云人社预", year=2025, number=90, source="own", at=now)
    [row] = shown.series(2026)
    assert (row["issuer"], row["own"], row["last"], row["oa"], row["void"]) == ("人社局", 2, 2, 1, 1)


def test_it_is_for_who_answers_for_the_place_and_leads_to_where_things_are_changed(town, visit):
    assert visit("wangli", "/place/").status_code == 403
    links = {row["url"] for row in visit("lijianguo", "/place/").context["links"]}
    assert {"/judge/policies/", "/people/hand-over/", "/pool/contacts/", "/collect/calendar/"} <= links


def test_every_setting_has_its_words_and_only_those_that_are_read_have():
    named = {row["name"] for group in told.groups() for row in group["rows"]}
    read = {name for name in environment.ASKED if name.startswith("WUSHANG_")}
    assert named - read == set()
    assert read - named == set(), "say in web/place/settings.yaml what it is, its unit, what it does"


@pytest.mark.parametrize("name", ["WUSHANG_SMTP_PASSWORD", "WUSHANG_SMS_TOKEN", "WUSHANG_FIELD_KEY", "WUSHANG_DATABASE", "WUSHANG_NEWER"])
def test_no_secret_and_nothing_undescribed_shows_its_value(monkeypatch, name):
    monkeypatch.setenv(name, "rather-secret")
    monkeypatch.setitem(environment.ASKED, name, "")
    rows = {row["name"]: row for group in told.settings_of_place() for row in group["rows"]}
    assert rows[name]["value"] == "已设，不显示" and "rather-secret" not in str(rows)


def test_a_value_shows_its_unit_and_whether_it_is_the_default(monkeypatch):
    monkeypatch.setenv("WUSHANG_LEAD_DAYS", "45")
    rows = {row["name"]: row for group in told.settings_of_place() for row in group["rows"]}
    assert (rows["WUSHANG_LEAD_DAYS"]["value"], rows["WUSHANG_LEAD_DAYS"]["unit"], rows["WUSHANG_LEAD_DAYS"]["own"]) == ("45", "天", True)
    assert (rows["WUSHANG_PULL_ROWS"]["value"], rows["WUSHANG_PULL_ROWS"]["default"]) == ("500,000", True)


def test_the_first_day_leads_to_the_trial(town, visit):
    assert visit("wangli", "/").context["trial_url"] == "/judge/policies/"
    assert 'href="/judge/policies/">先试算' in visit("wangli", "/").content.decode()
