"""{% load rectify %}: rectify's part of pages that stand in the room above (the 预警件 page asks for it by name)."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

from django import template
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from wushang.people import audit
from wushang.people.models import Department
from wushang.rectify import clocks, plans
from wushang.rectify.deeds.refer_to_enforcement import ARTICLES, MAY_REFER
from wushang.rectify.models import Case, CorrectionRequest
from wushang.rectify.models.asked import REFERRAL_KINDS
from wushang.rectify.policy import rules_of
from wushang.rectify.states import WITH_REVIEWER
from wushang.rectify.todo import SOON
from wushang.rectify.views.report import answers_of
from wushang.rectify.words import interview_name
from wushang.terms.deadline import Length
from wushang.warn.units import place_of

register = template.Library()
VERBS = ("see", "review", "refer", "urge", "answer_referral", "answer_correction")


@register.simple_tag(takes_context=True)
def rectify_section(context: dict[str, Any], warning: Any) -> dict[str, Any]:
    """Everything that 整改 · 复核 · 评估 shows of a warning to this person."""
    scope = context["request"].scope
    case = Case.objects.filter(warning=warning).first()
    report = case.report if case else None
    may = {verb: scope.covers(f"rectify.{verb}", *place_of(warning.enterprise_id)) for verb in VERBS}
    request = context["request"]
    # a draft is the unit's own until it is sent
    sent = report if report and report.submitted else case.reports.filter(submitted__isnull=False).last() if case else None
    if sent and may["see"]:  # its free text may name people
        audit.write(request.actor, request.now, "rectify.see", f"report:{sent.pk}")
    return {
        "case": case, "may": may, "report": sent, "draft": bool(report and not report.submitted),
        "answers": answers_of(sent, _photo) if sent and may["see"] else [],
        "remarks": sent.remarks.all() if sent else [],
        "plans": plans.sent(case) if case and may["see"] else [],
        "plan_owed": bool(case and plans.waits_for_unit(case)),
        "to_review_plan": bool(case and may["review"] and plans.waits_for_reviewer(case)),
        "to_review": bool(case and case.state in WITH_REVIEWER and may["review"]),
        "to_delist": bool(case and case.state == "listed" and scope.covers("evaluate.sign", *place_of(warning.enterprise_id))),
        "to_close": bool(case and case.state in ("open", "interviewed", "accepted") and may["review"]),
        **_interviews(case, may["refer"], request.today),
        "interview_name": interview_name(warning),
        "to_refer": bool(case and may["refer"] and (case.state in MAY_REFER or case.late) and not case.referred),
        "articles": ARTICLES.items(),
        "bureaux": Department.objects.filter(kind="emergency"),
        "corrections": CorrectionRequest.objects.filter(warning=warning),
        "lines": case.lines.all() if case else [],
        "rounds_left": clocks.most_rounds(rules_of(warning)) - case.rounds if case else 0,
        "expected": expected(warning),
        "evaluation": there("evaluate/_case_part.html") if case else "",
    }  # fmt: skip


def _interviews(case: Case | None, may: bool, today: date) -> dict[str, Any]:
    """约谈: those held and planned; the form while one is owed. Once one was held (`talked`) it is gone, or folded where the rule
    wants the next, until that one is near (`soon`)."""
    rows = list(case.interviews.all()) if case else []
    owed = bool(case and case.needs_interview and case.is_open and may)
    talked = rows[-1] if rows and rows[-1].state == "held" else None
    return {
        "interviews": rows, "planned": next((row for row in rows if row.state == "planned"), None), "talked": talked,
        "to_interview": owed and (talked is None or talked.next_due is not None),
        "soon": bool(talked and talked.next_due and talked.next_due <= today + SOON),
    }  # fmt: skip


def there(name: str) -> str:
    """A later room's part of the page, where that room has one."""
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return ""
    return name


LISTS = (
    ("rectify:reports", _lazy("整改复核"), "rectify.see"),
    ("rectify:referrals", _lazy("转办件"), "rectify.see"),
    ("rectify:corrections", _lazy("数据核对申请"), "rectify.answer_correction"),
    ("corrections", _lazy("数据订正"), "warn.see"),
    ("evaluate:rechecks", _lazy("评估"), "evaluate.see"),
    ("judge:lists", _lazy("名单预警"), "warn.see"),
)


@register.simple_tag(takes_context=True)
def rectify_lists(context: dict[str, Any]) -> list[dict[str, Any]]:
    """The lists that this person may open; a room that is not there has none."""
    found = []
    for name, title, verb in LISTS:
        if context["request"].scope.may(verb):
            with suppress(NoReverseMatch):
                found.append({"url": reverse(name), "title": title})
    return found


# state → next step, whom it waits for, the verb that may do it, where on the page it is done
NEXT: dict[str, tuple[Any, Any, str, str]] = {
    "report_due": (_lazy("单位上交整改情况"), _lazy("由单位办理"), "", ""),
    "overdue": (_lazy("单位补交，或移送线索"), _lazy("由单位办理"), "", ""),
    "returned": (_lazy("单位补正"), _lazy("由单位办理"), "", ""),
    "interview": (_lazy("约谈"), _lazy("由经办人约谈"), "rectify.refer", "#interview"),
    "submitted": (_lazy("复核整改"), _lazy("由科长或复核人办理"), "rectify.review", "#report"),
    "late_submitted": (_lazy("复核整改"), _lazy("由科长或复核人办理"), "rectify.review", "#report"),
    "evaluating": (_lazy("效果评估"), _lazy("期满后平台计算，由人签发"), "", ""),
    "extended": (_lazy("效果评估"), _lazy("期满后平台计算，由人签发"), "", ""),
    "listed": (_lazy("督办，达标后摘牌"), _lazy("由督办单位督促"), "", ""),
}
TO_READ = (_lazy("审阅整改方案"), _lazy("由科长或复核人办理"), "rectify.review", "#plan")
TO_CLOSE = (_lazy("办结"), _lazy("由科长或复核人办理"), "rectify.review", "#close")


@register.simple_tag(takes_context=True)
def rectify_next(context: dict[str, Any], warning: Any) -> dict[str, Any]:
    """The next step of the case, and the blue button of who may do it."""
    case = Case.objects.filter(warning=warning).first()
    if case is None:
        return {"title": _("立案，单位整改"), "waits": _("由平台办理"), "due": None, "act": "", "url": ""}
    plan = case.plan if plans.waits_for_reviewer(case) and case.waits_for_enterprise else None
    title, waits, verb, url = TO_READ if plan else NEXT.get(case.state, TO_CLOSE)
    may = bool(verb) and context["request"].scope.covers(verb, *place_of(warning.enterprise_id))
    due = plan.due if plan else case.due if case.state not in ("evaluating", "extended") else None
    return {"title": title, "waits": waits, "due": due, "act": title if may else "", "url": url}


@register.simple_tag(takes_context=True)
def rectify_foot(context: dict[str, Any], warning: Any) -> dict[str, Any]:
    """What the foot of the page offers beside the next step: 转办, and 催办 (the case's pk) while the unit has to act."""
    scope, place = context["request"].scope, place_of(warning.enterprise_id)
    case = Case.objects.filter(warning=warning).first()
    waits = case is not None and case.is_open and case.waits_for_enterprise and case.due is not None
    return {
        "refer": warning.is_open and scope.covers("rectify.refer", *place),
        "urge": case.pk if case and waits and scope.covers("rectify.urge", *place) else None,
    }  # fmt: skip


@register.simple_tag
def rectify_due(warning: Any) -> dict[str, Any] | None:
    """The case's own last day; before delivery the day that would follow from a delivery today is not guessed."""
    case = Case.objects.filter(warning=warning).first()
    if case is None or case.due is None or not case.is_open:
        return None
    return {"title": _("整改报告") if case.waits_for_enterprise else case.state_title, "due": case.due}


def _photo(photo: Any) -> str:
    return reverse("rectify:office_photo", args=[photo.pk])


def expected(warning: Any) -> list[dict[str, str]]:
    """What will follow after delivery by the policy, each with its clock and clause."""
    rules = rules_of(warning)
    titles = (("report", _("整改报告")), ("interview", _("约谈")), ("review", _("复核")), ("return", _("补正")))
    rows = []
    for step, title in titles:
        clock = clocks.clock_of(rules, step)
        if clock and clock.length and not (step in ("review", "return") and clocks.clock_of(rules, "report") is None):
            clause = clock.grounds.clause or clock.grounds.why
            rows.append({"title": title, "length": Length.parse(clock.length).zh, "clause": clause})
    if rules and rules.recheck:
        after = Length.parse(rules.recheck.after).zh
        clause = rules.recheck.grounds.clause or rules.recheck.grounds.why
        rows.append({"title": _("评估"), "length": _("复核通过后%(after)s") % {"after": after}, "clause": clause})
    return rows


@register.simple_tag(takes_context=True)
def rectify_referrals(context: dict[str, Any], warning: Any) -> dict[str, Any]:
    """转办 of a warning: what was sent, and the form to send one."""
    scope = context["request"].scope
    place = place_of(warning.enterprise_id)
    return {
        "rows": warning.referrals.select_related("to", "handler"),
        "may": scope.covers("rectify.refer", *place),
        "slip": scope.covers("warn.deliver", *place) and warning.issued and warning.is_open,
        "kinds": [(code, title) for code, title in REFERRAL_KINDS.items() if code != "enforcement"],
        "departments": Department.objects.select_related("region"),
    }
