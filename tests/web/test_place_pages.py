"""设置・文书模板 and 设置・发送额度: what is there, what was used, what was held back — counted by hand, of one's own units."""

from __future__ import annotations

from datetime import timedelta

import pytest
from web.filed import GAOTAI

from wushang.judge.deeds.approve_policy import ApprovePolicy
from wushang.judge.deeds.draft_policy import DraftPolicy
from wushang.judge.deeds.put_in_force import PutInForce
from wushang.warn import wording
from wushang.warn.models import Delivery, Letter
from wushang.web.place.sending import parts


def test_every_letter_stands_there_with_the_rule_that_calls_for_it(town, visit, people, now):
    before = now - timedelta(days=30)
    version = DraftPolicy(people.lijianguo.actor, before, GAOTAI, "990100").do()
    for one in (people.lijianguo, people.zhoumin):
        ApprovePolicy(one.actor, before, version).do()
    PutInForce(people.lijianguo.actor, before, version, now.date()).do()
    for number in ("云人社预〔2026〕1号", "云人社预〔2026〕2号", ""):
        Letter.objects.create(kind="risk_letter", title="风险提示函", number=number, signed=now.date(), created=now)
    page = visit("lijianguo", "/place/letters/")
    rows = {row["letter"].name: row for row in page.context["letters"]}
    assert set(rows) == set(wording.names())
    assert [(call.outcome, str(call.rule)) for call in rows["risk_letter"]["calls"]] == [("黄色预警", f"{version.title} 第1版")]
    assert rows["circular"]["calls"][0].document == "高台县“黄橙红”分级预警监管机制"
    assert rows["risk_letter"]["used"] == 2 and rows["revocation"]["calls"] == []
    text = page.content.decode()
    assert "措辞随平台发布" in text and "风险提示与建议" in text and "规则带入" in text


def test_a_letters_version_is_another_one_with_another_wording(town, visit, tmp_path, monkeypatch):
    from wushang.web.place import letters

    (tmp_path / "a.yaml").write_text("1")
    monkeypatch.setattr(letters, "FOLDER", tmp_path)
    first = letters.version("a")
    (tmp_path / "a.yaml").write_text("2")
    assert letters.version("a") != first


def test_the_sample_is_a_pdf_and_no_other_name_gives_one(town, visit):
    answer = visit("lijianguo", "/place/letters/risk_letter.pdf")
    assert answer.content.startswith(b"%PDF-") and answer["Content-Type"] == "application/pdf"
    assert visit("lijianguo", "/place/letters/nothing.pdf").status_code == 404
    assert visit("wangli", "/place/letters/").status_code == 403


@pytest.fixture
def told(town, now):
    """Of this month: five short messages and one to the inbox of 恒岳杯业, one short message of last month, one of another county."""

    def tell(state, at=town.cup, channel="sms_http", made=now, **more):
        return Delivery.objects.create(
            purpose="notice", recipient_kind="enterprise", recipient="甲厂", enterprise_id=at, channel=channel, title="t", mode="demo",
            state=state, created=made, next_attempt=made, **more,
        )  # fmt: skip

    tell("sent", text="字" * 70)
    tell("sent", text="字" * 60, link="x" * 10)  # 60, a space and 10: 71 characters
    tell("waiting")
    tell("withheld", error="数据有误", made=now - timedelta(days=3))
    tell("failed", error="短信网关答复 500", made=now - timedelta(days=3))
    tell("delivered", channel="inbox")
    tell("waiting", channel="by_hand")
    tell("sent", made=now - timedelta(days=40))
    tell("sent", at=town.away)


def row(page, period: int, title: str) -> dict:
    return next(row for row in page.context["periods"][period][1] if str(row["title"]) == title)


def test_each_channel_is_counted_and_its_parts_add_up(told, visit):
    page = visit("lijianguo", "/place/sending/")
    counts = ("made", "sent", "practice", "waiting", "failed", "withheld", "parts")
    assert [row(page, 0, "短信")[name] for name in counts] == [3, 0, 2, 1, 0, 0, 3]  # today: 70 characters one part, 71 two
    assert [row(page, 1, "短信")[name] for name in counts] == [5, 0, 2, 1, 1, 1, 3]
    assert [row(page, 1, "站内")[name] for name in counts] == [1, 1, 0, 0, 0, 0, None]
    assert dict(page.context["held"]) == {"撤回：数据有误": 1, "没有送到：短信网关答复 500": 1}
    assert row(page, 2, "短信")["made"] == 1, "of last month"
    assert page.context["hand"] == 1 and "平台没有条数上限" in page.content.decode()


def test_it_is_for_who_sends_and_of_the_own_units(told, visit):
    assert row(visit("linwai", "/place/sending/"), 0, "短信")["made"] == 1
    assert visit("fangzhiqiang", "/place/sending/").status_code == 403


@pytest.mark.parametrize(("length", "billed"), [(1, 1), (70, 1), (71, 2), (134, 2), (135, 3)])
def test_a_short_message_is_billed_as_carriers_do(length, billed):
    assert parts("字" * length) == billed
