import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from wushang.people import audit, audit_words
from wushang.people.deeds.appoint import Appoint
from wushang.people.models import AuditEntry, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(people):
    now = timezone.now()
    Appoint(people.admin.actor, now, people.zhoumin, Role.objects.get(code="clerk"), ["990100"]).do()
    audit.write(people.wangli.actor, now - timedelta(days=3), "warn.draft", "warning:12", {"n": 3})
    audit.write(people.wangli.actor, now, "=cmd", "warning:13", {"refused": True})
    audit.seal()


def rows(page):
    return [re.sub(r"<[^>]+>|\s+", " ", r) for r in re.findall(r"<tr>(.*?)</tr>", page.split("<tbody>")[1], re.S)]


def test_only_the_auditor_reads_the_log(enter):
    assert enter("auditor").get("/people/audit/").status_code == 200
    for username in ("admin", "wangli", "zhoumin"):
        assert enter(username).get("/people/audit/").status_code == 403
        assert enter(username).get("/people/audit/export/").status_code == 403


def test_an_act_is_told_in_words(enter, entries):
    page = enter("auditor").get("/people/audit/?name=管理员").content.decode()
    found = [row for row in rows(page) if "任命岗位" in row]
    assert len(found) == 1 and "账号 周敏" in found[0] and "岗位 经办人，地区 云溪市" in found[0]


def test_what_no_deed_writes_is_told_in_words_too():
    """Every verb that the platform's own code writes into the log, found in that code."""
    source = Path(audit.__file__).parents[1]
    written = {verb for file in source.rglob("*.py") for verb in re.findall(r'audit\.write\([^"]*?"([a-z]+\.[a-z_]+)"', file.read_text(encoding="utf-8"))}
    assert {"pool.lineage", "integrate.land", "people.sign_in"} <= written <= set(audit_words.PLAIN)


def test_what_an_entry_says_is_told_in_words(people):
    said = {"state": "signed", "level": "orange", "findings": {"yellow": 19, "red": 2}, "historical": True, "difference": {"new": 3, "gone": 0}, "runs": []}
    audit.write(people.wangli.actor, timezone.now(), "warn.sign", "warning:12", said)
    (line,) = audit_words.lines(AuditEntry.objects.filter(verb="warn.sign"))
    assert line["said"] == "办理情况 待发出，级别 橙色预警，研判结果 黄色预警 19、红色预警 2，与上次比 新增 3、撤回 0，历史数据 是"


def test_filters_narrow_and_stay_in_the_address(enter, entries):
    browser = enter("auditor")
    day = timezone.localdate() - timedelta(days=3)
    assert len(rows(browser.get("/people/audit/?subject=warning").content.decode())) == 2
    assert len(rows(browser.get(f"/people/audit/?subject=warning&to={day}").content.decode())) == 1
    assert len(rows(browser.get("/people/audit/?refused=1").content.decode())) == 1
    assert 'href="/people/audit/export/?subject=warning"' in browser.get("/people/audit/?subject=warning").content.decode()


def test_the_export_gives_what_is_seen_and_is_itself_logged(enter, entries):
    answer = enter("auditor").get("/people/audit/export/?subject=warning")
    sheet = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert sheet[0][0] == "操作日志"
    assert "审计员" in sheet[1][0]
    assert [row[5] for row in sheet[3:]] == ["预警件 13", "预警件 12"]
    assert sheet[3][4] == "=cmd"
    assert AuditEntry.objects.get(verb="people.audit_export").detail == {"filters": "subject=warning"}


def test_an_empty_answer_says_what_to_do(enter):
    assert "没有符合条件的记录" in enter("auditor").get("/people/audit/?subject=nothing").content.decode()


def test_a_day_that_does_not_exist_filters_nothing(enter, entries):
    assert enter("auditor").get("/people/audit/?from=2026-02-30&to=nonsense").status_code == 200


def test_what_an_entry_tells_is_in_the_offices_words(people, now):
    told = {
        "case:1": ({"state": "overdue", "round": 1, "good": False}, "整改 1", "办理情况 未交，第几次 1，通过 否"),
        "referral:2": ({"state": "accepted"}, "转办 2", "办理情况 办理中"),
        "ledger:injuries": ({"town": "", "enterprise": None, "events": 3}, "台账 工伤事故", "起数 3"),
        "reconciliation:2026-09:agency": ({"ours": 23, "theirs": 21}, "对账 2026-09 经办月报", "本平台 23，对方 21"),
        "cube": ({"question": [["basis", "occurred"], ["scope", "at_work"]]}, "交叉分析", "条件 按 发生日期、范围 生产经营性"),
        "letter:3": ({"fields": ["contact", "problems"], "digest": "ab" * 32}, "文书 3", "校验码 abababababab…，改动的项 2 项"),
    }
    for subject, (detail, _about, _said) in told.items():
        audit.write(people.wangli.actor, now, "ledger.print", subject, detail)
    found = {line["entry"].subject: (line["subject"], line["said"]) for line in audit_words.lines(AuditEntry.objects.filter(verb="ledger.print"))}
    assert found == {subject: (about, said) for subject, (_detail, about, said) in told.items()}
