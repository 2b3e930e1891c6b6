"""The enterprise's steps: which is done, which is now, what its button does. One blue button at a time."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from wushang.rectify import clocks
from wushang.rectify.duties import Duty, duties, late, wants_report
from wushang.rectify.models import Case, RectifyReport
from wushang.rectify.policy import rules_of
from wushang.rectify.report_form import form_of
from wushang.rectify.visitor import Visitor
from wushang.rectify.words import said_day
from wushang.terms.problem import Refused


def steps(visitor: Visitor, today: date) -> list[dict[str, Any]]:
    """A row for every duty in its order; the report takes two: it is filled in, then the head answers for it. One row at most
    has the blue button."""
    asked = duties(visitor.warning, visitor.case)
    rows = [row for duty in asked for row in _rows(visitor, duty, today)]
    waiting = [row for row in rows if row["state"] != "done"]
    now = next((row for row in waiting if row.get("button")), waiting[0] if waiting else None)
    for row in waiting:
        row["state"] = "now" if row is now else "next"
    return rows


def next_step(visitor: Visitor, today: date) -> str:
    """What is to be done now, by name; '' where nothing is."""
    return next((str(row["title"]) for row in steps(visitor, today) if row["state"] == "now"), "")


def _rows(visitor: Visitor, duty: Duty, today: date) -> list[dict[str, Any]]:
    shown = {"due": None if duty.done else duty.due, "late": late(duty, today), "step": duty.step, "by_unit": duty.by_unit}
    if duty.step == "report":
        return [_fill(visitor, duty) | shown, _sign(visitor) | shown]
    row = {"title": duty.title, "says": duty.says, "state": "done" if duty.done else ""} | shown
    if duty.step == "receipt" and not duty.done:
        row |= {"button": _("确认签收"), "url": _url(visitor, "acknowledge"), "post": True}
    if duty.step == "plan":
        row |= _plan(visitor, duty)
    return [row]


def _plan(visitor: Visitor, duty: Duty) -> dict[str, Any]:
    """上传方案 once the letter is signed for; what was sent can be read again."""
    plan = visitor.case.plan if visitor.case else None
    if duty.done:
        return {"url": _url(visitor, "plan"), "open": _("看已交的方案")} if plan and plan.submitted else {}
    if not visitor.warning.acknowledged:
        return {}
    button = _("去补充") if plan and plan.round > 1 else _("接着上传") if plan else _("上传方案")
    return {"button": button, "url": _url(visitor, "plan"), "free": True}


def _url(visitor: Visitor, name: str, *args: Any) -> str:
    return reverse(f"rectify:{name}", args=[visitor.token, visitor.warning.pk, *args])


def _fill(visitor: Visitor, duty: Duty) -> dict[str, Any]:
    report, case = visitor.case.report if visitor.case else None, visitor.case
    back = _still_returned(report) if report else []
    full, shut = ready(case), bool(case and not case.waits_for_enterprise)
    button = _("修改") if full or _handed_back(report) else _("去补正") if back else _("接着填写") if report else _("开始填写")
    says = _("负责人请您修改：%(what)s") % {"what": report.head_says} if report and report.head_says else _("每页最多 5 个问题，先拍照，自动保存。")
    return {
        "title": duty.title, "says": _("已填好。") if full or shut else duty.says + says,
        "state": "done" if full or shut else "", "button": "" if shut else button,
        "url": _url(visitor, "report", form_of(case).page_of(back[0]) if case and back else 1),
        "free": bool(visitor.warning.acknowledged),
    }  # fmt: skip


def ready(case: Case | None) -> bool:
    """Whether the report is filled in, what came back is mended, and the head may answer for it."""
    report = case.report if case else None
    if case is None or report is None or _handed_back(report):
        return False
    return not form_of(case).missing(report.answers) and not _still_returned(report)


def lands_on(visitor: Visitor) -> str:
    """The page of one's own next step: the head's is to confirm as soon as there is something to confirm."""
    case = visitor.case
    return "confirm" if visitor.is_head and case and case.waits_for_enterprise and ready(case) else "home"


def _handed_back(report: RectifyReport | None) -> bool:
    """The head sent it back, and nobody has saved anything since."""
    return report is not None and report.state == "handed_back"


def _still_returned(report: RectifyReport) -> list[str]:
    """Fields that came back and still read as they did in the round before."""
    before = report.case.reports.filter(round=report.round - 1).first()
    remarked = before.remarks.values_list("field", flat=True) if before else ()
    return [field for field in remarked if _given(report, field) == _given(before, field)]


def _given(report: Any, field: str) -> Any:
    photos = report.photos.filter(removed=None, field=field).values_list("sha256", flat=True)
    return report.answers.get(field), sorted(photos)


def _sign(visitor: Visitor) -> dict[str, Any]:
    case = visitor.case
    sent = bool(case and case.report and not case.waits_for_enterprise)
    says, free = _("主要负责人用自己的手机打开，就能签字。"), ready(case)  # a full report need not wait for the plan
    if sent:
        return {"title": _("主要负责人确认"), "says": _("已确认并提交。"), "state": "done"}
    if visitor.is_head:
        return {"title": _("主要负责人确认"), "says": says, "state": "", "button": _("去确认"), "url": _url(visitor, "confirm"), "free": free}
    return {
        "title": _("主要负责人确认"), "says": says, "state": "", "button": _("发给负责人签字"), "post": True,
        "url": _url(visitor, "ask_head"), "free": free,
    }  # fmt: skip


def headline(visitor: Visitor, today: date) -> dict[str, Any]:
    """The page's title, the nearest last day (`several`: of the first of several steps), and the level's badge while something
    is open. It counts the rows of the list below it."""
    warning, case = visitor.warning, visitor.case
    if not warning.is_open or (case and not case.is_open):
        return {"headline": _("目前没有要办的事项。"), "level": ""}
    left = [row for row in steps(visitor, today) if row["state"] != "done"]
    if all(row["step"] == "inspection" for row in left):  # others come to the unit; it has nothing left to do
        said = _("已经交了，等答复") if wants_report(warning, case) else _("都办了，等办结")
        return {"headline": said, "level": warning.level}
    due = min((row["due"] for row in left if row["due"] and (row["by_unit"] or row["due"] >= today)), default=None)
    said = _("您还有 %(n)d 步要办，%(day)s前") if due and len(left) == 1 else _("您还有 %(n)d 步要办")
    told = said % {"n": len(left), "day": said_day(due) if due else ""}
    return {"headline": told, "due": due, "several": len(left) > 1, "level": warning.level}


def answer_words(visitor: Visitor) -> dict[str, str] | None:
    """After the report was sent: its number, and when the answer comes."""
    report = visitor.case.report if visitor.case else None
    if visitor.case is None or report is None or report.state not in ("submitted", "accepted"):
        return None
    if report.state == "accepted":
        return {"number": report.receipt, "says": _("已通过复核。")}
    clock = clocks.clock_of(rules_of(visitor.warning), "review")
    length = clocks.Length.parse(clock.length).zh if clock else ""
    return {"number": report.receipt, "says": _("%(length)s内答复。") % {"length": length}}


def returned_words(visitor: Visitor) -> str:
    """When a report came back: how many fields, until when."""
    case = visitor.case
    if case is None or case.rounds == 0 or not case.waits_for_enterprise:
        return ""
    last = case.reports.filter(round=case.rounds).first()
    fields = last.remarks.count() if last else 0
    return _("有 %(n)d 项要补充，说明写在每一项旁边。%(day)s前交。") % {"n": fields, "day": said_day(case.due) if case.due else ""}


def plainly(refused: Refused) -> str:
    """A refusal as a phone page says it: why, and what to do."""
    return f"{refused.problem.why}{refused.problem.remedy}"
