"""What the practice city's units and the reviewer did: a report with causes and measures, returned or accepted."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from wushang.pool import contacts
from wushang.rectify import access
from wushang.rectify.deeds.accept_report import AcceptReport
from wushang.rectify.deeds.ask_correction import AskCorrection
from wushang.rectify.deeds.close_case import CloseCase
from wushang.rectify.deeds.confirm_report import ConfirmReport
from wushang.rectify.deeds.plan_interview import PlanInterview
from wushang.rectify.deeds.record_interview import RecordInterview
from wushang.rectify.deeds.return_report import ReturnReport
from wushang.rectify.deeds.save_answer import SaveAnswer
from wushang.rectify.deeds.start_report import StartReport
from wushang.rectify.deeds.submit_report import SubmitReport
from wushang.rectify.models import Case
from wushang.web.demo.place import actor
from wushang.web.demo.plan import Plan

ANSWERS = {
    "basic": "生产五金制品，设冲压、抛光、焊接、装配四个车间。",
    "course": "上料时手未完全离开模具，滑块下行压伤手指。",
    "direct": "光电保护装置失灵，未及时停机检修。",
    "people": "入职不满三个月，岗前培训只有半天。",
    "machine": "三台冲床光电保护灵敏度下降。",
    "material": "无",
    "method": "没有规定清理废料必须停机。",
    "environment": "无",
    "management": "班组长没有每天点检签字。",
    "goal": "今后三个月工伤事故比上年同期下降 30% 以上。",
    "training": "冲压车间全员培训一次，考核合格后上岗。",
}


def work_through(plan: Plan, at: datetime) -> int:
    """One day: each open case moves when its turn comes. Some units are late, as units are; those of the plan on its days."""
    rows = Case.objects.exclude(state__in=("closed_ok", "dropped")).select_related("warning")
    return sum(_planned(plan, case, at) if case.enterprise_id in plan.parts else _step(case, at) for case in rows)


def _planned(plan: Plan, case: Case, at: datetime) -> bool:
    story, before = plan.parts[case.enterprise_id], plan.before(at)
    asked = story.asks >= before and not case.warning.corrections.exists() and _ask(case, at)
    if case.state in ("report_due", "overdue") and before <= story.reports:
        return _report(case, at) or asked
    if case.state in ("submitted", "late_submitted") and story.then and before <= story.reports - 2:
        _review(case, at, again=story.then == "returned")
        return True
    return asked


def _step(case: Case, at: datetime) -> bool:
    today = timezone.localdate(at)
    age = (today - timezone.localdate(case.opened)).days
    patience = 8 + case.pk % 17 if case.pk % 6 else 38  # each sixth is late
    if case.state in ("report_due", "overdue", "returned") and age >= patience:
        return _report(case, at)
    if case.state in ("submitted", "late_submitted") and age >= patience + 4 + case.pk % 6:
        _review(case, at, again=case.pk % 4 == 1 and case.report.round == 1)
        return True
    if case.state == "interview" and age >= 5 + case.pk % 6:
        return _interview(case, at)
    if case.state in ("interviewed", "accepted") and age >= 20 + case.pk % 15:
        CloseCase(actor("lijianguo", at), at, case, "资料齐全，整改到位。").do()
        return True
    return False


def _ask(case: Case, at: datetime) -> bool:
    """数据核对申请 by the unit's telephone."""
    link, _token = access.make_link(case.warning, at)
    who = contacts.usable(contacts.of([case.enterprise_id])[case.enterprise_id])[0]
    text = "第二起是下班路上摔的，不在厂里，请核对。"
    AskCorrection(access.actor_for(link, who), at, case.warning, "commuting", text).do()
    return True


def _report(case: Case, at: datetime) -> bool:
    held = contacts.usable(contacts.of([case.enterprise_id])[case.enterprise_id])
    head = next((contact for contact in held if contact.role == "head"), None)
    if head is None:
        return False
    link, _token = access.make_link(case.warning, at, "confirm")
    unit = access.actor_for(link, head)
    report = StartReport(unit, at, case).do()
    measures = [{"what": "更换光电保护并每班点检", "who": "设备主管", "money": "12000",
                 "by": str(timezone.localdate(at) + timedelta(days=20)), "state": "doing"}]  # fmt: skip
    SaveAnswer(unit, at, case, report, {**ANSWERS, "measures": measures}).do()
    ConfirmReport(unit, at, case, report, head, head.name, True).do()
    SubmitReport(unit, at, case, report).do()
    return True


def _review(case: Case, at: datetime, again: bool) -> None:
    reviewer = actor("fangzhiqiang", at)
    if again:
        ReturnReport(reviewer, at, case, {"measures": "请写清每台设备由谁、哪天检修完。"}).do()
    else:
        AcceptReport(reviewer, at, case, "措施具体，责任到人。").do()


def _interview(case: Case, at: datetime) -> bool:
    planned = case.interviews.filter(state="planned").first()
    clerk = actor("wangli", at)
    if planned is None:
        PlanInterview(clerk, at, case, at + timedelta(days=2), "市人力资源和社会保障局三楼会议室").do()
    elif planned.planned <= at:
        RecordInterview(clerk, at, case, planned, True, timezone.localdate(at), "单位主要负责人到场，承诺一周内完成岗前培训整改。").do()
    return True
