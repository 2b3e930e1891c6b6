import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from judge.test_run import FORCE, GAOTAI, KEY, SERIOUS, daily, day
from judge.town import REGION

from wushang.judge.deeds.draft_policy import DraftPolicy
from wushang.judge.models import Finding, PolicyVersion
from wushang.judge.shipped import files
from wushang.judge.todo import items
from wushang.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_passwords(town) -> None:
    """Pages run by the real clock."""
    User.objects.update(password_set=timezone.now())


def page(user, address: str) -> str:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(address)
    return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)


def send(user, address: str, data: dict) -> str:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.post(address, data, follow=True).content.decode()


def test_the_list_shows_what_holds_and_an_outsider_sees_nothing(town) -> None:
    town.adopt(GAOTAI, FORCE)
    assert "高台县“黄橙红”分级预警" in page(town.people.wangli, "/judge/policies/")
    assert "还没有预警规则" in page(town.people.linwai, "/judge/policies/")
    assert page(town.people.auditor, "/judge/policies/") == "403"


def test_a_rule_reads_as_prose_with_its_clauses(town) -> None:
    version = town.adopt(GAOTAI, FORCE)
    told = page(town.people.wangli, f"/judge/policies/{version.pk}/")
    assert "本年累计工伤事故起数达到" in told and "“一对一”警示约谈" in told and "原文：发生3起以上" in told
    assert 'name="parameters.red_from"' not in told
    assert "全市通报、制定整改方案" in told and "全县通报" not in told, "云溪市 adopted a county's rule"
    assert page(town.people.linwai, f"/judge/policies/{version.pk}/") == "404"


def test_a_rule_shows_what_each_number_stands_on_and_which_messages_wait_for_no_hour(town) -> None:
    """Each value with its days and the words behind it; how the document was read; an outcome that is urgent says so, the others do not."""
    value = '      2025-01-01: {value: 3, clause: "发生3起以上工伤事故的企业,红色预警"}\n'
    assert value in GAOTAI
    text = GAOTAI.replace(value, value + "      2027-01-01: {value: 4, clause: 2027年起按4起}\n").replace("    letter: circular\n", "    letter: circular\n    urgent: true\n")
    draft = DraftPolicy(town.people.lijianguo.actor, town.now, text, REGION).do()
    told = page(town.people.wangli, f"/judge/policies/{draft.pk}/")
    assert "7 个数，各自哪天起、依据哪一句；3 个是平台默认" in told
    assert '2025-01-01<div class="soft">至 2026-12-31</div>' in told and "2027年起按4起" in told and "平台默认：原文没有按伤害程度加重的规定" in told
    assert "原文为“今年以来”" in told and "正式文件的文号和条款序号请本地补填" in told
    assert told.count("紧急：给单位的消息随时发出，不等发送时段。") == 1


def test_a_section_head_changes_a_number_in_a_draft_and_two_people_approve_it(town) -> None:
    draft = DraftPolicy(town.people.lijianguo.actor, town.now, GAOTAI, REGION).do()
    address = f"/judge/policies/{draft.pk}/"
    assert 'name="parameters.red_from"' in page(town.people.lijianguo, address)
    refused = send(town.people.lijianguo, f"{address}edit/", {"parameters.red_from": "5"})
    assert "须有本地依据" in refused and 'name="parameters.red_from" value="5"' in refused
    given = {"parameters.red_from": "5", "document": "云人社发〔2026〕8号", "clause": "发生5起以上"}
    assert "草稿已保存；下一步：看历史试算，再批准" in send(town.people.lijianguo, f"{address}edit/", given)
    assert PolicyVersion.objects.get(pk=draft.pk).pack.settings(day(1))["red_from"] == 5
    assert waiting(town, "zhoumin") == [], "he is still at it"
    assert "还需另外 1 人批准" in send(town.people.lijianguo, f"{address}approve/", {})
    assert waiting(town, "zhoumin") == [("高台县“黄橙红”分级预警第1版", address, True)]
    assert waiting(town, "lijianguo") == waiting(town, "wangli") == waiting(town, "linwai") == []
    assert "下一步：填写启用日期" in send(town.people.zhoumin, f"{address}approve/", {})
    assert waiting(town, "zhoumin") == []


def waiting(town, who: str) -> list[tuple[str, str, bool]]:
    """On the desk of one: rules to approve, where, and whether the hand before is named."""
    asked = [one for one in items(getattr(town.people, who).actor, day(20)) if one.what == "批准预警规则"]
    return [(one.name, one.op_url, "李建国" in one.before) for one in asked]


def test_a_rule_that_came_by_a_command_waits_for_both_and_says_who_cannot_sign(town) -> None:
    """应急 has a reviewer and nobody who signs; 人社 has all three."""
    draft = DraftPolicy(town.people.system.actor, town.now, GAOTAI.replace("issuer: hrss", "issuer: emergency"), REGION).do()
    assert [len(waiting(town, who)) for who in ("lijianguo", "zhoumin", "wangli")] == [1, 1, 0]
    told = page(town.people.lijianguo, f"/judge/policies/{draft.pk}/")
    assert "这条规则现在发不出文书" in told and "没有人签发，文书发不出去" in told and 'href="/place/"' in told
    own = DraftPolicy(town.people.lijianguo.actor, town.now, GAOTAI, REGION).do()
    assert "发不出文书" not in page(town.people.lijianguo, f"/judge/policies/{own.pk}/")


def test_a_number_that_cannot_be_read_is_refused_with_a_sentence(town) -> None:
    draft = DraftPolicy(town.people.lijianguo.actor, town.now, GAOTAI, REGION).do()
    told = send(town.people.lijianguo, f"/judge/policies/{draft.pk}/edit/", {"parameters.red_from": "三"})
    assert "“红色预警起点”写成了“三”" in told


def test_a_clerk_cannot_change_or_approve(town) -> None:
    draft = DraftPolicy(town.people.lijianguo.actor, town.now, GAOTAI, REGION).do()
    client = Client()
    client.force_login(town.people.wangli, backend="django.contrib.auth.backends.ModelBackend")
    for act in ("edit", "approve", "force", "end", "draft"):
        assert client.post(f"/judge/policies/{draft.pk}/{act}/", {}).status_code == 403


def test_the_load_says_how_many_pieces_and_days(town) -> None:
    version = town.adopt(GAOTAI, FORCE)
    assert "按现有 2 人需" in page(town.people.wangli, f"/judge/policies/{version.pk}/load/")


def test_thresholds_of_a_list_stand_empty_and_may_be_entered(town) -> None:
    draft = DraftPolicy(town.people.lijianguo.actor, town.now, KEY, REGION).do()
    address = f"/judge/policies/{draft.pk}/"
    assert "尚未填写" in page(town.people.lijianguo, address)
    given = {"parameters.key_events_from": "5", "document": "永应急〔2026〕3号", "clause": "5起以上为重点"}
    assert "草稿已保存" in send(town.people.lijianguo, f"{address}edit/", given)
    assert PolicyVersion.objects.get(pk=draft.pk).pack.settings(day(1))["key_events_from"] == 5


def test_why_is_answered_on_a_page_and_hidden_from_another_county(town) -> None:
    version = town.adopt(GAOTAI, FORCE)
    town.injure(day(2), day(3))
    daily(town, version, day(20))
    address = f"/judge/findings/{Finding.objects.get().pk}/"
    told = page(town.people.wangli, address)
    assert "恒岳杯业" in told and "2026-03-02" in told and "发生2起以上" in told and "数据版本" in told
    assert page(town.people.linwai, address) == "404"


def test_the_export_is_the_text_byte_for_byte(town) -> None:
    version = town.adopt(GAOTAI, FORCE)
    assert page(town.people.wangli, f"/judge/policies/{version.pk}/export/") == GAOTAI


def test_one_choice_changes_all_measures_that_count_the_same_injuries(town) -> None:
    draft = DraftPolicy(town.people.lijianguo.actor, town.now, GAOTAI, REGION).do()
    address = f"/judge/policies/{draft.pk}/"
    assert 'name="measures.events+serious+fatal.window"' in page(town.people.lijianguo, address)
    send(town.people.lijianguo, f"{address}edit/", {"measures.events+serious+fatal.window": "last_12_months"})
    uses = PolicyVersion.objects.get(pk=draft.pk).pack.measures
    assert {code: use.window for code, use in uses.items()} == {
        "events": "last_12_months", "hazards": "open", "serious": "last_12_months", "fatal": "last_12_months",
    }  # fmt: skip


def test_a_draft_offers_every_window_and_keeps_one_that_only_the_file_can_name(town) -> None:
    text = GAOTAI.replace("events: {measure: injury_events, window: year_to_date", "events: {measure: injury_events, window: last_15_months")
    draft = DraftPolicy(town.people.lijianguo.actor, town.now, text, REGION).do()
    told = page(town.people.lijianguo, f"/judge/policies/{draft.pk}/")
    for value, title in (("month", "当月"), ("last_3_months", "近3个月"), ("last_24_months", "近24个月"), ("same_period_last_year", "去年同期")):
        assert f'<option value="{value}">{title}</option>' in told
    assert '<option value="last_15_months" selected>近15个月</option>' in told
    send(town.people.lijianguo, f"/judge/policies/{draft.pk}/edit/", {"measures.events.window": "last_3_months"})
    assert PolicyVersion.objects.get(pk=draft.pk).pack.measures["events"].window == "last_3_months"


def test_a_local_supplement_that_is_off_is_not_part_of_the_sentence(town) -> None:
    version = town.adopt(GAOTAI, FORCE)
    told = page(town.people.wangli, f"/judge/policies/{version.pk}/")
    assert "并且本年累计死亡人数" not in told and "发生死亡事故直接列为红色（地方补充）：未启用" in told


def test_a_place_without_rules_takes_the_shipped_ones_from_the_empty_page(town) -> None:
    assert "/judge/policies/offer/" not in page(town.people.wangli, "/judge/policies/")
    assert "/judge/policies/offer/" in page(town.people.lijianguo, "/judge/policies/")
    assert f"已取用 {len(list(files()))} 条规则范本" in send(town.people.lijianguo, "/judge/policies/offer/", {})
    assert {version.state for version in PolicyVersion.objects.all()} == {"offered"}
    assert "没有取用" not in page(town.people.lijianguo, "/judge/policies/")
    PolicyVersion.objects.filter(policy="yongkang-overdue-reports").delete()  # as after an upgrade that ships one more
    assert "还有 1 份没有取用" in page(town.people.lijianguo, "/judge/policies/") and "没有取用" not in page(town.people.wangli, "/judge/policies/")
    send(town.people.lijianguo, "/judge/policies/offer/", {})
    assert PolicyVersion.objects.filter(policy="yongkang-overdue-reports").count() == 1 and "没有取用" not in page(town.people.lijianguo, "/judge/policies/")


def test_the_story_of_a_unit_names_outcomes_and_not_their_codes(town) -> None:
    version = town.adopt(SERIOUS, FORCE)
    town.injure(day(2), severity="serious")
    daily(town, version, day(20))
    told = page(town.people.wangli, f"/judge/findings/{Finding.objects.get().pk}/")
    assert "重伤以上事故</a>" in told and ">serious<" not in told


def test_the_number_of_serious_injuries_opens_them_and_no_others(town) -> None:
    version = town.adopt(SERIOUS, FORCE)
    town.injure(day(2), severity="serious")
    town.injure(day(3), day(4))
    daily(town, version, day(20))
    told = page(town.people.wangli, f"/judge/findings/{Finding.objects.get().pk}/")
    listed = page(town.people.wangli, html.unescape(re.search(r'href="(/integrate/lineage[^"]+severity=serious[^"]*)"', told)[1]))
    assert "1 起，1 人次" in listed and "只列重伤" in listed and "2026-03-02" in listed and "2026-03-03" not in listed


def test_a_place_hands_in_its_own_rule_on_a_page(town) -> None:
    """Checked with each remark under its line; read back as prose; kept as a draft once; nothing runs."""
    address, lijianguo = "/judge/policies/new/", town.people.lijianguo
    assert f'href="{address}"' in page(lijianguo, "/judge/policies/") and f'href="{address}"' not in page(town.people.wangli, "/judge/policies/")
    assert page(town.people.wangli, address) == "403"
    own = GAOTAI.replace("id: gaotai-graded-warning", "id: yunxi-own")
    wrong = own.replace("level: red", "level: 红").replace("\n", "\r\n")
    told = send(lijianguo, address, {"text": wrong, "keep": "1"})
    assert "没有叫“红”的预警等级" in told and not PolicyVersion.objects.exists(), "the deed refuses as the command does"
    told = html.unescape(send(lijianguo, address, {"text": wrong}))
    at = next(n for n, line in enumerate(wrong.split("\r\n"), 1) if "level: 红" in line)
    assert re.search(rf'<span class="at">{at}</span><code>[^<]*level: 红</code><p><span class="tag late">不能用</span> 没有叫“红”的预警等级', told)
    assert "还不能用，请先改正" in told and 'name="keep"' not in told
    told = send(lijianguo, address, {"file": SimpleUploadedFile("本县.yaml", ("\ufeff" + own).encode())})
    assert "检查通过" in told and "“一对一”警示约谈" in told and "这是一条新的规则" in told and not PolicyVersion.objects.exists()
    for _twice in (1, 2):
        assert "草稿" in send(lijianguo, address, {"text": own, "keep": "1"})
    [made] = PolicyVersion.objects.all()
    assert (made.policy, made.state, made.text, made.creator, made.effective_from) == ("yunxi-own", "draft", own, lijianguo, None)
    assert "已有第1版，存下的是它的新一版" in send(lijianguo, address, {"text": own + "\n"})


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "没有选文件，也没有粘贴文本"), ("标题".encode("gb18030"), "文件不是 UTF-8 编码"), (b"x" * 800_001, "文件太大"), (b"x" * 200_001, "规则文件应在 20 万字以内")],
)  # fmt: skip
def test_what_is_no_rule_file_is_told(town, content: bytes, words: str) -> None:
    told = send(town.people.lijianguo, "/judge/policies/new/", {"file": SimpleUploadedFile("x.yaml", content)} if content else {})
    assert words in told and not PolicyVersion.objects.exists()
