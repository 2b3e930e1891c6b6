"""Everything a letter asks of the unit by the rule behind it: each duty with its own last day and where it stands, in the order
of the days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.rectify import clocks
from wushang.rectify.models import Case, Referral
from wushang.rectify.policy import rules_of, words_of
from wushang.rectify.words import interview_name, said_day
from wushang.warn import units, within, wording
from wushang.warn.clocks import receipt
from wushang.warn.models import Warning

ANSWERED = ("answered", "checked")  # what a bureau reports of a plan or an inspection


@dataclass(frozen=True)
class Duty:
    """One thing asked. `says`: what to do, or what was done. `by_unit`: nobody else has to come or to report first, so that the
    unit itself is late with it after the last day."""

    step: str  # receipt | check | plan | interview | inspection | report
    title: str
    says: str
    due: date | None
    done: bool = False
    by_unit: bool = False


def duties(warning: Warning, case: Case | None) -> list[Duty]:
    """The receipt, then what follows it by day; what has no day yet comes last."""
    made = [make(warning, case) for make in (_check, _plan, _interview, _report, _inspection)]
    rest = [duty for duty in made if duty is not None]
    return [_receipt(warning), *sorted(rest, key=lambda duty: duty.due or date.max)]


def wants_report(warning: Warning, case: Case | None) -> bool:
    """Whether the rule asks this unit for a report; a yellow one asks for a talk alone."""
    return case.wants_report if case else clocks.wanted(rules_of(warning), "report")


def late(duty: Duty, today: date) -> bool:
    return bool(duty.by_unit and not duty.done and duty.due and duty.due < today)


def _receipt(warning: Warning) -> Duty:
    seen = warning.acknowledged
    says = _("%(day)s 已签收。") % {"day": said_day(timezone.localdate(seen))} if seen else _("签收表示收到，不表示认可。")
    return Duty("receipt", _("签收"), says, _receipt_due(warning), done=bool(seen), by_unit=True)


def _receipt_due(warning: Warning) -> date | None:
    """The last day of the receipt; while no delivery is registered it counts from the day of issue."""
    issued = timezone.localdate(warning.issued) if warning.issued else None
    return receipt(warning, issued)


def _check(warning: Warning, case: Case | None) -> Duty | None:
    """自查, where the letter itself asks for it; its list goes with the letter and is brought to the talk."""
    letter = warning.letter
    if letter is None or "check_within" not in wording.letter(letter.kind).fields:
        return None
    due, when = _term(warning, "self_check")
    done = _held(case) is not None
    says = _("已自查。") if done else _("按函后所附清单逐项检查，约谈时带来。")
    return Duty("check", _("对照函件自查"), when + says, due, done)


def _plan(warning: Warning, case: Case | None) -> Duty | None:
    """整改方案: the unit sends it, the regulator sees to it; once the report is accepted nobody asks for the plan any more."""
    asked = asked_of(case, "plan")
    if "plan" not in words_of(warning) or on_paper_only(warning, asked):
        return None
    bureau, plan = _bureau(warning, asked), case.plan if case else None
    due, when = _term(warning, "plan")
    if plan and plan.state == "draft" and plan.due:  # it came back
        due = plan.due
    if done := _plan_done(case, asked, bureau):
        return Duty("plan", _("制定整改方案"), done, due, done=True, by_unit=True)
    back = plan and plan.round > 1
    says = _("审阅人请您补充，理由写在方案旁边。") if back else _("拍照、PDF 或 Word 都可以；%(bureau)s会督促落实。") % {"bureau": bureau}
    return Duty("plan", _("制定整改方案"), when + says, due, by_unit=True)


def _plan_done(case: Case | None, asked: Referral | None, bureau: str) -> str:
    """Why nothing is left for the unit to do about the plan; '' while something is."""
    plan = case.plan if case else None
    if asked is not None and asked.state in ANSWERED:
        return _("%(bureau)s已反馈。") % {"bureau": bureau}
    if case and case.accepted:
        return _("整改已通过复核。")
    if plan and plan.state == "accepted":
        return _("方案已通过审阅，请按方案落实。")
    return _("方案已提交，等审阅。") if plan and plan.state == "submitted" else ""


def _inspection(warning: Warning, case: Case | None) -> Duty | None:
    asked = asked_of(case, "inspection")
    if "inspection" not in words_of(warning) or on_paper_only(warning, asked):
        return None
    bureau = _bureau(warning, asked)
    due, when = _term(warning, "inspection")
    if asked is not None and asked.state in ANSWERED:
        return Duty("inspection", _("接受专项检查"), _("%(bureau)s已检查。") % {"bureau": bureau}, due, done=True)
    return Duty("inspection", _("接受专项检查"), when + _("%(bureau)s会来检查，请备好整改资料。") % {"bureau": bureau}, due)


def _interview(warning: Warning, case: Case | None) -> Duty | None:
    """The appointment where one is made, else the rule's last day; after a talk the day of the next, where it is 定期."""
    if {"interview", "regular_interview"}.isdisjoint(words_of(warning)) or _on_paper(warning):
        return None
    title = _("参加%(name)s") % {"name": interview_name(warning)}
    newest = case.interviews.order_by("-pk").first() if case else None
    if newest and newest.state == "planned":
        at = timezone.localtime(newest.planned)
        says = _("%(day)s %(time)s，%(place)s。") % {"day": said_day(at.date()), "time": f"{at:%H:%M}", "place": newest.place}
        return Duty("interview", title, says, at.date())
    if held := _held(case):
        following = _("下一次在%(day)s前，时间另行通知。") % {"day": said_day(held.next_due)} if held.next_due else ""
        return Duty("interview", title, _("%(day)s 已参加。") % {"day": said_day(held.held_on)} + following, held.held_on, done=True)
    due, when = _term(warning, "interview")
    says = _("上次没有到场，要再约一次，时间地点另行通知。") if newest else _("主要负责人本人参加，时间地点另行通知。")
    return Duty("interview", title, when + says, due)


def _report(warning: Warning, case: Case | None) -> Duty | None:
    if not wants_report(warning, case):
        return None
    due, when = _term(warning, "report")
    if case:
        due = case.due if case.waits_for_enterprise else case.report_due or due
    done = bool(case and not case.waits_for_enterprise)
    return Duty("report", _("填写整改情况"), when if not done else "", due, done, by_unit=True)


def _term(warning: Warning, step: str) -> tuple[date | None, str]:
    """The last day by the rule's clock; before its first day has come, how long it will be: 自签收之日起10个工作日内。"""
    rules = rules_of(warning)
    if found := clocks.of_case(rules, step, warning):
        return found.due, ""
    clock = clocks.clock_of(rules, step)
    if clock is None or not clock.length:
        return None, ""
    start = clock.start or ("acknowledged" if step == "interview" else "delivered")
    told = {"moment": within.MOMENTS.get(start, _("收到")), "length": clocks.Length.parse(clock.length).zh}
    return None, _("自%(moment)s之日起%(length)s内。") % told


def _held(case: Case | None) -> Any:
    """The newest talk that took place."""
    return case.interviews.filter(state="held").order_by("-pk").first() if case else None


def asked_of(case: Case | None, kind: str) -> Referral | None:
    """What a bureau was asked for this case: the newest that was not given to another one."""
    return case.referrals.filter(kind=kind).exclude(state="reassigned").order_by("-pk").first() if case else None


def _bureau(warning: Warning, asked: Referral | None) -> str:
    now = units.version_of(warning.enterprise_id)
    unit = asked.to if asked else units.regulator_of(now) if now else None
    return unit.short_name if unit else str(_("行业主管部门"))


def _on_paper(warning: Warning) -> bool:
    """接续纸质件: what was asked on paper is done on paper, but for what its own case goes on with."""
    return hasattr(warning, "paper")


def on_paper_only(warning: Warning, asked: Referral | None) -> bool:
    """A bureau was asked by a letter on paper: the platform knows neither when nor of its answer."""
    return _on_paper(warning) and asked is None
