"""待办 of rectification: reports to review, clocks that ran out, referrals to answer or to check, 数据核对申请."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.actor import Actor
from wushang.people.models import Region
from wushang.people.todo import Todo
from wushang.pool.models import EnterpriseVersion
from wushang.rectify import clocks, plans, visits
from wushang.rectify.models import Case, CorrectionRequest, Interview, Referral
from wushang.rectify.policy import rules_of
from wushang.rectify.states import OPEN, WITH_ENTERPRISE
from wushang.rectify.warning_stages import MOVED_ON
from wushang.warn.models import Warning
from wushang.warn.units import visible

SOON = timedelta(days=7)  # a report that is due within a week is worth a call

# state → verb, what, op, stage
OURS: dict[str, tuple[str, Any, Any, Any]] = {
    "interview": ("rectify.refer", gettext_lazy("“一对一”警示约谈"), gettext_lazy("约谈"), gettext_lazy("约谈")),
    "submitted": ("rectify.review", gettext_lazy("审阅整改报告"), gettext_lazy("审阅"), gettext_lazy("复核")),
    "late_submitted": ("rectify.review", gettext_lazy("审阅整改报告（迟交）"), gettext_lazy("审阅"), gettext_lazy("复核")),
    "open": ("rectify.review", gettext_lazy("规则不要求报告，待办结"), gettext_lazy("办结"), gettext_lazy("办结")),
    "interviewed": ("rectify.review", gettext_lazy("已约谈，待办结"), gettext_lazy("办结"), gettext_lazy("办结")),
    "accepted": ("rectify.review", gettext_lazy("复核通过，待办结"), gettext_lazy("办结"), gettext_lazy("办结")),
}


def items(actor: Actor, today: date) -> list[Todo]:
    """Everything of this room that waits for the actor or was passed on by the actor."""
    units, towns = _Units(), dict(Region.objects.values_list("code", "name"))
    found: Iterable[tuple[Any, dict[str, Any]]] = [
        *_cases(actor), *_plans(actor), *_unsigned(actor, today), *_owed(actor, today), *_interviews(actor, today), *_asked_of_us(actor), *_answers(actor), *_passed(actor, today), *_corrections(actor), *_doubted(actor)
    ]  # fmt: skip
    rows = list(found)
    units.learn(row.enterprise_id for row, _said in rows)
    return [*(_todo(row, said, units, towns) for row, said in rows), *_visits(actor, today)]


def _visits(actor: Actor, today: date) -> list[Todo]:
    """Contacts to check on the spot, in one row: letters and referrals stand there by themselves."""
    if actor.user is None or not actor.scope.may("rectify.visit"):
        return []
    stops = [stop for stop in visits.stops(actor.user, actor.scope, today) if stop.kind == "contact"]
    if not stops:
        return []
    due = min((stop.due for stop in stops if stop.due), default=None)
    what, url = _("走访核实联系人 %(n)d 家") % {"n": len(stops)}, reverse("rectify:visits")
    return [Todo(due, what, _("今日走访"), url, _("联系人"), _("去走访"), url)]


class _Units:
    """Present names and places of the units that occur."""

    def learn(self, ids: Iterable[int]) -> None:
        found = EnterpriseVersion.objects.current().filter(enterprise__in=set(ids))
        self.known = {version.enterprise_id: version for version in found}


def _case_url(case: Case) -> str:
    return reverse("rectify:case", args=[case.pk])


def _case_said(case: Case, what: Any, op: Any, stage: Any, before: str, tab: str = "mine") -> dict[str, Any]:
    return {"due": case.due, "what": what, "op": op, "stage": stage, "url": _case_url(case), "level": case.level,
            "before": before, "holder": case.handler.name if case.handler else "", "tab": tab}  # fmt: skip


def _cases(actor: Actor) -> Iterator[tuple[Any, dict[str, Any]]]:
    for state, (verb, what, op, stage) in OURS.items():
        if actor.scope.may(verb):
            rows = Case.objects.filter(state=state, enterprise__in=visible(actor.scope, verb)).select_related("handler")
            for case in rows.prefetch_related("lines"):
                yield case, _case_said(case, what, op, stage, _last(case))


def _plans(actor: Actor) -> Iterator[tuple[Any, dict[str, Any]]]:
    """整改方案 that a unit sent: to be read."""
    if not actor.scope.may("rectify.review"):
        return
    rows = plans.waiting(visible(actor.scope, "rectify.review")).select_related("case__handler")
    for plan in rows.prefetch_related("case__lines"):
        said = _case_said(plan.case, _("审阅整改方案"), _("审阅"), _("整改"), _last(plan.case))
        form = reverse("warn:warning", args=[plan.case.warning_id]) + "#plan"
        yield plan.case, said | {"due": plan.due, "url": form}


def _owed(actor: Actor, today: date) -> Iterator[tuple[Any, dict[str, Any]]]:
    """The unit has to act: for whoever may urge it, when the day is near or over; else it is only being waited for."""
    if not actor.scope.may("rectify.urge"):
        return
    rows = Case.objects.filter(state__in=WITH_ENTERPRISE, enterprise__in=visible(actor.scope, "rectify.urge"))
    for case in rows.select_related("handler").prefetch_related("lines"):
        near = case.due is not None and case.due <= today + SOON
        late = case.due is not None and case.due < today
        what = _("整改报告逾期未交") if late else _("整改报告快到期，尚未上交") if near else _("等单位整改")
        yield case, _case_said(case, what, _("催办") if near else _("查看"), _("整改"), _last(case), "mine" if near else "started")


def _unsigned(actor: Actor, today: date) -> Iterator[tuple[Any, dict[str, Any]]]:
    """催送达, 催签收: the day of it is over; no more once the case has gone on without the receipt. Who delivers has the
    row of the delivery itself."""
    if not actor.scope.may("rectify.urge"):
        return
    wanted = ("delivered",) if actor.scope.may("warn.deliver") else ("issued", "delivered")
    rows = Warning.objects.filter(state__in=wanted, due__lt=today, enterprise__in=visible(actor.scope, "rectify.urge"))
    rows = rows.exclude(pk__in=Case.objects.filter(MOVED_ON).values("warning"))
    for row in rows.select_related("handler").order_by("due", "pk"):
        yield row, {"due": row.due, "what": _("催签收：文书送达后还没有签收") if row.state == "delivered" else _("催送达：文书发出后还没有送达"),
                    "op": _("催办"), "stage": row.state_title, "url": reverse("warn:warning", args=[row.pk]), "level": row.level,
                    "before": _("发出 %(day)s") % {"day": _short(timezone.localdate(row.issued))} if row.issued else "",
                    "holder": row.handler.name if row.handler else "", "tab": "mine"}  # fmt: skip


def _interviews(actor: Actor, today: date) -> Iterator[tuple[Any, dict[str, Any]]]:
    """A talk beside the report: nobody has arranged it, its day has come, or the next one (定期约谈) is near."""
    if not actor.scope.may("rectify.refer"):
        return
    rows = Case.objects.filter(state__in=OPEN, needs_interview=True, enterprise__in=visible(actor.scope, "rectify.refer"))
    talks = Interview.objects.filter(case=OuterRef("pk")).exclude(state="absent").order_by("-pk")
    rows = rows.annotate(newest=Subquery(talks.values("state")[:1]), at=Subquery(talks.values("planned")[:1]), again=Subquery(talks.values("next_due")[:1]))
    for case in rows.exclude(state="interview").select_related("handler", "warning__paper").prefetch_related("lines"):
        if told := _talk(case, today):
            due, what, op = told
            form = reverse("warn:warning", args=[case.warning_id]) + "#interview"
            yield case, _case_said(case, what, op, _("约谈"), _last(case)) | {"due": due, "url": form}


def _talk(case: Any, today: date) -> tuple[date | None, Any, Any] | None:
    """The day, the matter and what to do of a case's talk; none where nothing is to be done about it yet."""
    if case.newest is None and hasattr(case.warning, "paper"):
        return None  # 接续纸质件: what was asked on paper is done on paper
    if case.newest is None:
        clock = clocks.of_case(rules_of(case.warning), "interview", case.warning)
        return clock.due if clock else None, _("约谈主要负责人，还没有约定"), _("约定约谈")
    if case.newest == "planned":
        day = timezone.localdate(case.at)
        return (day, _("约谈主要负责人，到日登记"), _("登记约谈")) if day <= today else None
    near = case.newest == "held" and case.again and case.again <= today + SOON
    return (case.again, _("定期约谈，到期再约"), _("约定约谈")) if near else None


def _last(case: Case) -> str:
    """上一手 of a case: its newest line."""
    line = case.lines.first()
    return f"{line.name} {_short(timezone.localdate(line.at))}" if line else _("送达 %(day)s") % {"day": _short(case.delivered)}


def _short(day: date) -> str:
    return _("%(m)d月%(d)d日") % {"m": day.month, "d": day.day}


def _referral_said(row: Referral, what: Any, op: Any, before: str, tab: str) -> dict[str, Any]:
    return {"due": row.reply_by, "what": what, "op": op, "stage": _("转办"), "before": before, "tab": tab,
            "url": reverse("rectify:referral", args=[row.pk]), "level": row.warning.level if row.warning else "",
            "holder": row.handler.name if row.handler else ""}  # fmt: skip


def _referrals(actor: Actor) -> Any:
    return Referral.objects.select_related("to", "sent_by__department", "handler", "warning")


def _asked_of_us(actor: Actor) -> Iterator[tuple[Any, dict[str, Any]]]:
    """To the actor's department: accept it, or answer it."""
    if actor.user is None or not actor.scope.may("rectify.answer_referral"):
        return
    for row in _referrals(actor).filter(state__in=("sent", "accepted"), to=actor.user.department_id):
        op = _("接收") if row.state == "sent" else _("反馈")
        sender = row.sent_by.department.short_name if row.sent_by and row.sent_by.department else ""
        before = _("%(who)s转来 %(day)s") % {"who": sender, "day": _short(timezone.localdate(row.sent))}
        yield row, _referral_said(row, row.kind_title, op, before, "mine")


def _sent_by_us(actor: Actor) -> Any:
    """Sent by the actor's department, or by the platform for a warning it handles or (当即移送) for no warning at all."""
    rows = _referrals(actor).filter(enterprise__in=visible(actor.scope, "rectify.refer"))
    if actor.user is None or actor.user.department_id is None:
        return rows.none()
    unit = actor.user.department_id
    by_platform = Q(sent_by=None) & (Q(warning__handler__department=unit) | Q(warning=None))
    return rows.filter(Q(sent_by__department=unit) | by_platform).exclude(to=unit)


def _answers(actor: Actor) -> Iterator[tuple[Any, dict[str, Any]]]:
    """What came back to the department that sent it: sent back (改派), or answered (核验)."""
    if not actor.scope.may("rectify.refer"):
        return
    for row in _sent_by_us(actor).filter(state__in=("sent_back", "answered")):
        back = row.state == "sent_back"
        what = _("%(who)s退回改派：%(kind)s") if back else _("%(who)s已反馈：%(kind)s")
        said = what % {"who": row.to.short_name, "kind": row.kind_title}
        yield row, _referral_said(row, said, _("改派") if back else _("核验"), row.to.short_name, "mine")


def _passed(actor: Actor, today: date) -> Iterator[tuple[Any, dict[str, Any]]]:
    """已转出: with another department; over its day it comes back as something to urge."""
    if not actor.scope.may("rectify.refer"):
        return
    for row in _sent_by_us(actor).filter(state__in=("sent", "accepted")):
        what = _("转办%(who)s：%(kind)s，%(state)s") % {"who": row.to.short_name, "kind": row.kind_title, "state": row.state_title}
        late = row.reply_by < today
        what = _("催办：%(what)s") % {"what": what} if late else what
        yield row, _referral_said(row, what, _("催办"), _short(timezone.localdate(row.sent)), "mine" if late else "passed")


def _corrections(actor: Actor) -> Iterator[tuple[Any, dict[str, Any]]]:
    if not actor.scope.may("rectify.answer_correction"):
        return
    mine = visible(actor.scope, "rectify.answer_correction")
    rows = CorrectionRequest.objects.filter(answer="", enterprise__in=mine).select_related("warning")
    for row in rows:
        before = _("单位申请 %(day)s") % {"day": _short(timezone.localdate(row.asked))}
        yield row, {"due": row.due, "what": _("答复数据核对申请：%(kind)s") % {"kind": row.kind_title}, "op": _("答复"),
                    "stage": _("核对"), "url": reverse("rectify:corrections"), "level": row.warning.level,
                    "before": before, "holder": "", "tab": "mine"}  # fmt: skip


def _doubted(actor: Actor) -> Iterator[tuple[Any, dict[str, Any]]]:
    """退回报送单位核对: to look again at what the own department handed in, until the unit has its answer."""
    if actor.user is None or actor.user.department_id is None or not actor.scope.may("collect.upload"):
        return
    rows = CorrectionRequest.objects.filter(answer="", returned_to=actor.user.department_id).select_related("warning")
    for row in rows:
        before = _("退回 %(day)s") % {"day": _short(timezone.localdate(row.returned))} if row.returned else ""
        yield row, {"due": row.due, "what": _("核对报送数据：%(kind)s") % {"kind": row.kind_title}, "op": _("核对"), "stage": _("核对"),
                    "url": reverse("collect:batches"), "level": row.warning.level, "before": before, "holder": "",
                    "tab": "mine"}  # fmt: skip


def _todo(row: Any, said: dict[str, Any], units: _Units, towns: dict[str, str]) -> Todo:
    unit = units.known.get(row.enterprise_id)
    name, town = (unit.name, towns.get(unit.region, "")) if unit else ("", "")
    before = said.pop("before")
    if name and before.startswith(name):  # the unit itself acted: its name stands beside already
        before = _("单位 %(day)s") % {"day": before.rsplit(" ", 1)[-1]}
    return Todo(name=name, town=town, before=before, op_url=said["url"], **said)
