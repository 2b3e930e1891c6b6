"""The enterprise's three steps: which is done, which is now, what its button does. One blue button at a time."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.rectify import clocks
from wushang.rectify.models import RectifyReport
from wushang.rectify.policy import rules_of
from wushang.rectify.questions import missing, page_of
from wushang.rectify.visitor import Visitor
from wushang.rectify.words import said_day
from wushang.terms.problem import Refused


def steps(visitor: Visitor) -> list[dict[str, Any]]:
    wants_report = _wants_report(visitor)
    rest = [_fill(visitor), _sign(visitor)] if wants_report else [_check(), _interview(visitor)]
    rows = [_receipt(visitor), *rest]
    now = next((row for row in rows if row["state"] != "done"), None)
    for row in rows:
        if row["state"] != "done":
            row["state"] = "now" if row is now else "next"
    return rows


def _wants_report(visitor: Visitor) -> bool:
    if visitor.case:
        return visitor.case.report_due is not None
    return clocks.clock_of(rules_of(visitor.warning), "report") is not None


def _url(visitor: Visitor, name: str, *args: Any) -> str:
    return reverse(f"rectify:{name}", args=[visitor.token, visitor.warning.pk, *args])


def _receipt(visitor: Visitor) -> dict[str, Any]:
    seen = visitor.warning.acknowledged
    done = _("%(day)s 已签收。") % {"day": said_day(timezone.localdate(seen))} if seen else ""
    asked = _("%(day)s前。") % {"day": said_day(visitor.warning.due)} if visitor.warning.due else ""
    return {
        "title": _("签收"), "says": done or asked + _("签收表示收到，不表示认可。"), "state": "done" if seen else "",
        "button": "" if seen else _("确认签收"), "url": _url(visitor, "acknowledge"), "post": True,
    }  # fmt: skip


def _fill(visitor: Visitor) -> dict[str, Any]:
    report, case = visitor.case.report if visitor.case else None, visitor.case
    returned = _still_returned(report) if report else []
    full = report is not None and not missing(report.answers) and not returned
    open_ = bool(case and case.waits_for_enterprise)
    button = _("修改") if full else _("去补正") if returned else _("接着填写") if report else _("开始填写")
    return {
        "title": _("填写整改情况"), "says": _("每页 5 个问题，先拍照，自动保存。"),
        "state": "done" if full or (case and not open_) else "", "button": "" if case and not open_ else button,
        "url": _url(visitor, "report", page_of(returned[0]) if returned else 1),
    }  # fmt: skip


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
    says = _("主要负责人用自己的手机打开，就能签字。")
    if sent:
        return {"title": _("主要负责人确认"), "says": _("已确认并提交。"), "state": "done"}
    if visitor.is_head:
        return {"title": _("主要负责人确认"), "says": says, "state": "", "button": _("去确认"), "url": _url(visitor, "confirm")}
    return {
        "title": _("主要负责人确认"), "says": says, "state": "", "button": _("发给负责人签字"), "post": True,
        "url": _url(visitor, "ask_head"),
    }  # fmt: skip


def _check() -> dict[str, Any]:
    return {"title": _("对照函件自查"), "says": _("按函后所附清单逐项检查，约谈时带来。"), "state": ""}


def _interview(visitor: Visitor) -> dict[str, Any]:
    newest = visitor.case.interviews.order_by("-pk").first() if visitor.case else None
    says = _("时间地点另行通知。")
    if newest and newest.state == "planned":
        at = timezone.localtime(newest.planned)
        says = _("%(day)s %(time)s，%(place)s。") % {"day": said_day(at.date()), "time": f"{at:%H:%M}", "place": newest.place}
    held = bool(visitor.case and visitor.case.interviews.filter(state="held").exists())
    return {"title": _("参加约谈"), "says": _("已参加。") if held else says, "state": "done" if held else ""}


def headline(visitor: Visitor) -> tuple[str, Any, str]:
    """The page's title, the last day it speaks of, and the level's badge while something is open."""
    warning, case = visitor.warning, visitor.case
    if not warning.is_open or (case and not case.is_open):
        return _("目前没有要办的事项。"), None, ""
    if warning.acknowledged and case and not case.waits_for_enterprise and case.state != "interview":
        return _("已经交了，等答复"), None, warning.level
    due = (case.due if case else None) or expected_due(warning)
    said = _("您有 1 件事要办，%(day)s前") % {"day": said_day(due)} if due else _("您有 1 件事要办")
    return said, due, warning.level


def expected_due(warning: Any) -> Any:
    """Before the receipt: the last day of the receipt itself."""
    return warning.due


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
