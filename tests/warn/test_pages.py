"""The pages: who sees what, one next step for each, filters in the address, papers, the door behind the QR code."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from wushang.people.models import AuditEntry
from wushang.warn import papers, todo
from wushang.warn.deeds.draft_warning import DraftWarning
from wushang.warn.outbox import deliver_some

pytestmark = pytest.mark.django_db
PHOTO = b"\xff\xd8\xff" + b"photo"


def test_the_statistics_stand_one_click_deeper(signed_in, world, people, now, drafted):
    text = page(signed_in("wangli"), drafted)
    assert "统计依据" in text and "起数 1 " in text and "成立" in text and reverse("judge:why", args=[drafted.finding_id]) in text


def page(client: Client, warning) -> str:
    answer = client.get(reverse("warn:warning", args=[warning.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_says_why_in_figures_clause_and_accidents(signed_in, drafted):
    text = page(signed_in("wangli"), drafted)
    for said in ("黄色预警", "云溪市恒岳杯业有限公司", "东城街道", "<b>1 起</b>（已认定 0 起、正在办理 1 起）", "<b>58 人</b>",
                 "上年同期 0 起", "2026-03-06", "冲压工", "规则第 1 版（2026年1月1日启用）", "不含上下班途中和视同工伤"):
        assert said in text, said


@pytest.mark.parametrize(
    ("state", "who", "button"),
    [
        ("drafted", "wangli", "提交审核"),
        ("submitted", "lijianguo", "审核同意"),
        ("reviewed", "zhoumin", "签发"),
        ("signed", "wangli", "编文号"),
        ("numbered", "wangli", "发出"),
        ("issued", "wangli", "登记送达"),
        ("issued", "zhanghaiyan", "登记送达"),
    ],
)
def test_one_blue_button_for_whose_turn_it_is(signed_in, drafted, advance, state, who, button):
    advance(drafted, state)
    bar = page(signed_in(who), drafted).split('class="actionbar"')[1]
    assert bar.count("button primary") == 1 and f">{button}<" in bar


@pytest.mark.parametrize(("state", "who", "waits"), [("submitted", "wangli", "等待科长审核"), ("reviewed", "lijianguo", "等待领导签发")])
def test_who_is_not_next_sees_whom_it_waits_for_and_no_blue_button(signed_in, drafted, advance, state, who, waits):
    advance(drafted, state)
    bar = page(signed_in(who), drafted).split('class="actionbar"')[1]
    assert "button primary" not in bar and waits in bar


def test_another_county_sees_neither_page_nor_list_nor_paper(signed_in, drafted):
    client = signed_in("linwai")
    letter = drafted.letter
    for name, args in (("warning", [drafted.pk]), ("page", [letter.pk, 1]), ("paper", [letter.pk, "word"])):
        assert client.get(reverse(f"warn:{name}", args=args)).status_code == 404
    assert "恒岳" not in client.get(reverse("warn:warnings")).content.decode()
    assert client.post(reverse("warn:do", args=[drafted.pk, "submit"])).status_code == 404


def test_the_administrator_is_shut_out_and_who_is_not_signed_in_is_sent_to_the_door(signed_in, drafted):
    assert signed_in("admin").get(reverse("warn:warnings")).status_code == 403
    assert Client().get(reverse("warn:warning", args=[drafted.pk])).status_code == 302


def test_the_whole_way_through_the_pages(signed_in, drafted, now):
    clerk, head, leader = (signed_in(n) for n in ("wangli", "lijianguo", "zhoumin"))
    shown = clerk.get(reverse("warn:warning", args=[drafted.pk])).context["form"]
    fields = {name: "" if shown[name].value() is None else shown[name].value() for name in shown.fields}
    fields |= {"contact": "王丽", "contact_phone": "6123456"}
    clerk.post(reverse("warn:edit", args=[drafted.pk]), fields)
    act = lambda client, name, **data: client.post(reverse("warn:do", args=[drafted.pk, name]), data, follow=True)  # noqa: E731
    assert "已提交审核，下一步：科长审核" in act(clerk, "submit").content.decode()
    act(head, "review", remark="同意")
    assert "下一步：编文号" in act(leader, "sign").content.decode()
    empty = clerk.post(reverse("warn:number", args=[drafted.pk]), {"source": "oa", "typed": "", "word": "云人社预"}, follow=True)
    assert "请填 OA 文号；由平台编的，先选“平台自编”" in empty.content.decode()
    clerk.post(reverse("warn:number", args=[drafted.pk]), {"source": "own", "word": "云人社预"})
    assert "已发出，下一步：登记送达" in act(clerk, "issue").content.decode()
    given = {"method": "in_person", "on": "2026-03-20", "person": "陈伟民", "photo": SimpleUploadedFile("a.jpg", PHOTO)}
    answer = clerk.post(reverse("warn:deliver", args=[drafted.pk]), given, follow=True).content.decode()
    assert "已登记送达" in answer and "撤回" in answer
    drafted.refresh_from_db()
    assert drafted.state == "acknowledged" and drafted.letter.values["accidents"][0]["post"] == "冲压工"


def test_a_wrong_field_is_shown_beside_the_field_and_nothing_is_saved(signed_in, drafted):
    client = signed_in("wangli")
    answer = client.post(reverse("warn:edit", args=[drafted.pk]), {"events": "-3", "accidents": "2026-03-06｜冲压"})
    text = answer.content.decode()
    assert "有 2 项没有填对" in text and "应有 4 列" in text
    drafted.letter.refresh_from_db()
    assert drafted.letter.values["events"] == 1


def test_a_refused_act_says_what_and_what_to_do(signed_in, drafted):
    text = signed_in("wangli").post(reverse("warn:do", args=[drafted.pk, "submit"]), follow=True).content.decode()
    assert "文书还有" in text and "约谈时间" in text and "请在右侧补填后再提交" in text


def test_the_list_keeps_its_filters_in_the_address(signed_in, world, people, now, drafted):
    other = world.enterprise("云溪市安泰木业有限公司", "990100002", uscc="91999901MA00000026")
    world.injury(date(2026, 3, 7), at=other)
    world.injury(date(2026, 3, 8), at=other)
    DraftWarning(people.system.actor, now, world.finding("orange", enterprise=other)).do()
    client = signed_in("wangli")

    def shows(**asked: str) -> tuple[bool, bool]:
        text = client.get(reverse("warn:warnings"), asked).content.decode()
        return "恒岳" in text, "安泰" in text

    assert shows() == (True, True)
    assert shows(level="orange") == (False, True)
    assert shows(town="990100001") == (True, False)
    assert shows(q="安泰") == (False, True)
    assert shows(q="91999901ma0000001x") == (True, False)
    assert shows(stage="sign") == (False, False)
    assert signed_in("zhanghaiyan").get(reverse("warn:warnings")).context["page"].paginator.count == 1


def test_every_paper_comes_and_every_download_is_on_record(signed_in, drafted, advance):
    advance(drafted, "numbered")
    client, letter = signed_in("wangli"), drafted.letter
    for what in ("pdf", "print", "sign_off", "receipt"):
        data = client.get(reverse("warn:paper", args=[letter.pk, what])).content
        assert "云人社预〔2026〕37号" in "".join(PdfReader(BytesIO(data)).pages[0].extract_text().split()), what
    assert client.get(reverse("warn:paper", args=[letter.pk, "word"])).content.startswith(b"PK")
    assert client.get(reverse("warn:page", args=[letter.pk, 1])).content.startswith(b"\x89PNG")
    assert client.get(reverse("warn:page", args=[letter.pk, 99])).status_code == 404
    assert AuditEntry.objects.filter(verb="warn.download", name="王丽").count() == 5


def test_the_door_tells_a_genuine_letter_from_a_revoked_and_an_invented_one(people, now, drafted, advance):
    advance(drafted, "delivered")
    door = lambda code: Client().get(reverse("warn:door", args=[code]))  # noqa: E731
    letter = drafted.letter
    assert papers.link(letter.code).endswith(reverse("warn:door", args=[letter.code]))
    said = door(letter.code).content.decode()
    assert "现行有效" in said and "云人社预〔2026〕37号" in said and papers.official_file(letter).sha256 in said
    assert "恒岳" not in said
    assert door("0000000000000000").status_code == 404
    from tests.warn.test_delivery import send
    from wushang.warn.deeds.revoke import Revoke

    send(people, now, drafted, Revoke(people.wangli.actor, now, drafted, reason="原计入的1起事故经认定不属于工伤").do())
    assert "已经撤销，不用办理" in door(letter.code).content.decode()


def test_the_township_reads_its_inbox_and_the_reading_is_shown_on_the_case(signed_in, drafted, advance, now):
    advance(drafted, "issued")
    deliver_some(now)
    township = signed_in("zhanghaiyan")
    listed = township.get(reverse("warn:inbox")).context["page"].object_list
    assert [item.title for item in listed] == ["《风险提示函》已发给云溪市恒岳杯业有限公司"]
    assert township.post(reverse("warn:read", args=[listed[0].pk])).url == reverse("warn:warning", args=[drafted.pk])
    assert "已阅 张海燕" in page(signed_in("wangli"), drafted)
    assert signed_in("wangli").post(reverse("warn:read", args=[listed[0].pk])).status_code == 404


def test_the_outbox_and_the_practice_box_show_what_waits_and_what_would_have_left(signed_in, world, drafted, advance, now):
    world.contact()
    advance(drafted, "issued")
    client = signed_in("wangli")
    assert "138****2016" in client.get(reverse("warn:outbox")).content.decode()
    deliver_some(now)
    assert "请在2026年3月25日前签收" in client.get(reverse("warn:practice")).content.decode()
    assert "没有这样的消息" in client.get(reverse("warn:outbox")).content.decode()
    assert "还没有消息" in signed_in("linwai").get(reverse("warn:practice")).content.decode()  # another county's units


def test_a_live_deployment_has_no_practice_box(settings, signed_in, drafted):
    settings.WUSHANG_MODE = "live"
    assert signed_in("wangli").get(reverse("warn:practice")).status_code == 403


@pytest.mark.parametrize("asked", [{}, {"level": "yellow"}, {"stage": "draft", "page": "1"}])
def test_the_ledger_opens_with_the_filters_of_the_list(signed_in, drafted, asked):
    client = signed_in("wangli")
    text = client.get(reverse("warn:warnings"), asked).content.decode()
    [link] = [unescape(link) for link in re.findall(r'href="([^"]*ledger[^"]*kind=[^"]*)"', text)]
    assert client.get(link).context["chosen"] == "warnings"
    assert ("level=yellow" in link) is ("level" in asked) and "page=" not in link


def test_ledgers_hold_what_the_list_shows_with_totals(signed_in, drafted, advance):
    advance(drafted, "delivered")
    client = signed_in("wangli")

    def cells(name: str) -> list[list[object]]:
        data = client.get(reverse("ledger_file", args=[name])).content
        return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()

    warnings, deliveries = cells("warnings"), cells("deliveries")
    assert warnings[0][0] == "预警台账" and "制表人：王丽" in warnings[1][0]
    assert warnings[3][1:7] == ["云溪市恒岳杯业有限公司", "91999901MA0000001X", "东城街道", "黄", date(2026, 3, 20), 1.0]
    assert warnings[3][8] == "云人社预〔2026〕37号" and warnings[4][0] == "合计 1 条" and warnings[4][6] == 1.0
    assert deliveries[3][6:9] == ["邮寄送达", date(2026, 3, 20), ""]
    assert "陈伟民" not in str(deliveries)


def test_each_desk_shows_only_whose_turn_it_is(people, drafted, advance):
    def mine(name: str) -> list[str]:
        found = todo.items(getattr(people, name).actor, date(2026, 3, 20))
        return [f"{item.op} {item.name}" for item in found if item.tab == "mine"]

    assert (mine("wangli"), mine("zhoumin"), mine("linwai")) == (["起草 云溪市恒岳杯业有限公司"], [], [])
    advance(drafted, "submitted")
    assert (mine("wangli"), mine("lijianguo")) == ([], ["审核 云溪市恒岳杯业有限公司"])
    assert todo.items(people.lijianguo.actor, date(2026, 3, 20))[0].before == "王丽 3月20日"


def test_open_warnings_pass_to_the_successor(people, drafted, advance):
    from wushang.people import hand_over

    advance(drafted, "submitted")
    assert "黄色预警 云溪市恒岳杯业有限公司（审核中）" in [i["title"] for i in hand_over.items_of(people.wangli)]
    assert hand_over.pass_on(people.wangli, people.lijianguo) == 1
    drafted.refresh_from_db()
    assert drafted.handler == people.lijianguo


def test_the_foot_offers_referral_and_urging_to_who_may(signed_in, people, now, world, advance):
    from datetime import timedelta

    from wushang.rectify.work import open_now

    world.injury(date(2026, 3, 6))
    world.injury(date(2026, 3, 7))
    orange = DraftWarning(people.system.actor, now, world.finding("orange")).do()
    advance(orange, "delivered")

    def foot(name: str) -> str:
        return page(signed_in(name), orange).split('class="next"')[-1]

    assert 'href="#refer"' in foot("wangli") and "催办单位" not in foot("wangli")
    open_now(orange, now + timedelta(minutes=1))
    assert "催办单位" in foot("wangli")
    assert 'href="#refer"' not in foot("zhanghaiyan") and "催办单位" not in foot("zhanghaiyan")


def test_who_may_not_set_a_start_day_sees_the_day_and_no_form(signed_in, drafted):
    clerk, head = (signed_in(name).get(reverse("warn:outbox")).content.decode() for name in ("wangli", "lijianguo"))
    where = reverse("warn:start_day")
    assert "启用日期" in clerk and where not in clerk and "启用日期由科长设置" in clerk
    assert where in head


def test_the_list_keeps_three_buttons_and_names_the_other_lists_as_links(signed_in, drafted):
    text = signed_in("wangli").get(reverse("warn:warnings")).content.decode()
    heading = text.split("<h1>预警办理</h1>")[1].split("</div></div>")[0]
    assert heading.count('class="button"') <= 4 and "整改复核" in heading.split('class="row"')[0]
