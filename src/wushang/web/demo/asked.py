"""What the practice city's departments did with what was passed to them (转办、线索移送): most answer, some
send back, some are late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from wushang.people.actor import Actor
from wushang.people.deed import Deed
from wushang.people.models import Department, User
from wushang.rectify.deeds.accept_referral import AcceptReferral
from wushang.rectify.deeds.answer_referral import AnswerReferral
from wushang.rectify.deeds.check_referral import CheckReferral
from wushang.rectify.deeds.refer import Refer
from wushang.rectify.deeds.send_back_referral import SendBackReferral
from wushang.rectify.deeds.urge import UrgeReferral
from wushang.rectify.models import Case, Referral
from wushang.rectify.states import WITH_REVIEWER
from wushang.terms.calendar import add_working_days, working_days_between
from wushang.terms.problem import Refused
from wushang.web.demo.place import ANSWERING, POSTS, actor, hand_of
from wushang.web.demo.plan import OUR_TOWN, Plan

EMERGENCY = "990100-emergency"

ANSWERS = {
    "enforcement": "已立案核查，责令限期改正，结果另行函告。",
    "plan": "单位已制定整改方案，明确了责任人和时限，本局按方案督促。",
    "inspection": "已到现场检查，发现隐患 2 处，当场责令整改。",
    "site": "已到现场看过，整改属实。",
    "delivery": "已当面送达。",
    "contact": "已核实，联系电话有效。",
    "other": "已按要求办理。",
}
NOT_OURS = "冲压设备检查不归本局，请转应急局。"
LATE = 7  # each seventh answer comes late, after a 催办


def work_through(plan: Plan, at: datetime) -> int:
    """One day: each open referral moves when its turn comes; what was sent back or answered of late is left for you."""
    rows = Referral.objects.filter(state__in=MOVES).select_related("to", "sent_by", "warning")
    return sum(_step(plan, row, at) for row in rows)


def look_at_sites(plan: Plan, at: datetime) -> int:
    """方志强 asks the town to look at the site of a unit whose report came in, two working days before you come."""
    if plan.before(at) != 2:
        return 0
    ours = [unit for unit, story in plan.parts.items() if story.town and story.reports]
    cases = Case.objects.filter(enterprise__in=ours, state__in=WITH_REVIEWER).select_related("warning")
    for case in cases:
        town, by = Department.objects.get(code=f"{OUR_TOWN}-town"), add_working_days(timezone.localdate(at), 5)
        Refer(actor("fangzhiqiang", at), at, case.warning, town, "site", "请到现场看整改是否属实，拍照反馈。", by).do()
    return len(cases)


def _step(plan: Plan, row: Referral, at: datetime) -> bool:
    try:
        deed = MOVES[row.state](plan, row, at)
        if deed is not None:
            deed.do()
    except Refused:
        return False
    return deed is not None


def _age(day: datetime, at: datetime) -> int:
    return working_days_between(timezone.localdate(day), timezone.localdate(at))


def _sent(plan: Plan, row: Referral, at: datetime) -> Deed | None:
    """Taken after a day or three; of the bureaus each fourth says once that it is not theirs."""
    if row.to.code == f"{OUR_TOWN}-town" or _age(row.sent, at) < 1 + row.pk % 3:
        return None  # 张海燕's is yours
    taker = _taker(row, at)
    if taker is None:
        return None
    if row.kind == "inspection" and row.pk % 5 == 1 and row.instead_of is None and row.to.code != EMERGENCY:
        return SendBackReferral(taker, at, row, NOT_OURS)
    return AcceptReferral(taker, at, row)


def _sent_back(plan: Plan, row: Referral, at: datetime) -> Deed | None:
    if plan.before(at) <= 6 or row.warning is None:
        return None
    bureau, by = Department.objects.get(code=EMERGENCY), add_working_days(timezone.localdate(at), 10)
    return Refer(actor("wangli", at), at, row.warning, bureau, row.kind, row.what, by, instead_of=row)


def _accepted(plan: Plan, row: Referral, at: datetime) -> Deed | None:
    late = row.pk % LATE == LATE - 1
    if late and timezone.localdate(at) > row.reply_by and not row.urged:
        return UrgeReferral(actor("wangli", at), at, row)
    if late and timezone.localdate(at) <= add_working_days(row.reply_by, 4) or _age(row.sent, at) < 4 + row.pk % 6:
        return None
    taker = _taker(row, at)
    return AnswerReferral(taker, at, row, ANSWERS[row.kind]) if taker else None


def _answered(plan: Plan, row: Referral, at: datetime) -> Deed | None:
    if row.answered is None or _age(row.answered, at) < 3:
        return None
    return CheckReferral(actor(row.sent_by.username if row.sent_by else "wangli", at), at, row, True)


MOVES: dict[str, Callable[[Plan, Referral, datetime], Deed | None]] = {
    "sent": _sent, "sent_back": _sent_back, "accepted": _accepted, "answered": _answered,
}  # fmt: skip


def _taker(row: Referral, at: datetime) -> Actor | None:
    """Whoever answers there: the one with a post that you can take, else the bureau's own hand."""
    posts = {post.department: post.username for post in POSTS if post.role in ANSWERING}
    name = posts.get(row.to.code) or hand_of(row.to)
    return actor(name, at) if User.objects.filter(username=name).exists() else None
