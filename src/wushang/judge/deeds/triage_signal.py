"""核查异常提示: 属实, 排除, 转办, and the answer of whom it was handed on to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wushang.judge.signals.models import Signal
from wushang.judge.signals.takers import takers
from wushang.people.deed import Deed, Place, refuse
from wushang.people.models import Department, one_at_a_time


@dataclass
class TriageSignal(Deed):
    """What a person found is written down; a decision stays."""

    signal: Signal
    note: str

    verb: ClassVar[str] = "judge.triage_signals"
    becomes: ClassVar[str] = ""
    of: ClassVar[tuple[str, ...]] = ("new",)

    def where(self) -> tuple[Place, ...]:
        return ((self.signal.region, self.signal.industry, None),)

    def check(self) -> None:
        one_at_a_time("signals")
        self.signal.refresh_from_db()
        if self.actor.user is None:
            raise refuse("person", str(_("异常提示须由人核查")), str(_("请登录后办理")))
        if self.signal.state not in self.of:
            raise refuse("state", str(_("这条提示已经核查过")), str(_("请刷新本页")))
        if len(self.note.strip()) < 4:
            raise refuse("note", str(_("没有写明情况")), str(_("请写至少四个字：核查了什么，看到什么")), "note")

    def act(self) -> Signal:
        self.signal.state, self.signal.note = self.becomes, self.note.strip()[:300]
        self.signal.decided, self.signal.decider = self.at, self.actor.user
        self.signal.save()
        return self.signal

    def subject(self) -> str:
        return f"signal:{self.signal.pk}"

    def said(self) -> dict[str, Any]:
        return {"state": self.signal.state}


@dataclass
class VerifySignal(TriageSignal):
    title: ClassVar[Any] = _("核查属实")
    becomes: ClassVar[str] = "verified"


@dataclass
class DismissSignal(TriageSignal):
    title: ClassVar[Any] = _("排除异常提示")
    becomes: ClassVar[str] = "dismissed"


@dataclass
class RaiseSignal(TriageSignal):
    """转办: it is real, and a department there is asked to do something; it stands on that department's desk."""

    to: Department | None

    title: ClassVar[Any] = _("转办异常提示")
    of: ClassVar[tuple[str, ...]] = ("new", "verified")

    def check(self) -> None:
        super().check()
        if self.to is None or self.to not in takers(self.signal, timezone.localdate(self.at)):
            raise refuse("to", str(_("没有选转给谁")), str(_("请从列出的部门里选一个")), "to")

    def act(self) -> Signal:
        before = self.signal
        before.state, before.to, before.asked = "raised", self.to, self.note.strip()[:300]
        if before.decided is None:
            before.decided, before.decider = self.at, self.actor.user
        before.save()
        return before

    def said(self) -> dict[str, Any]:
        return {"state": "raised", "department": self.to.code if self.to else ""}


@dataclass
class AnswerSignal(TriageSignal):
    """反馈: what the department did."""

    verb: ClassVar[str] = "judge.answer_signals"
    title: ClassVar[Any] = _("反馈异常提示")
    of: ClassVar[tuple[str, ...]] = ("raised",)

    def check(self) -> None:
        super().check()
        user = self.actor.user
        if user is None or user.department_id != self.signal.to_id:
            raise refuse("to", str(_("这条提示没有转给您的部门")), str(_("请由受转部门反馈")))
        if self.signal.answered:
            raise refuse("twice", str(_("已经反馈过")), str(_("请刷新本页")))

    def act(self) -> Signal:
        self.signal.answer, self.signal.answered, self.signal.answerer = self.note.strip()[:300], self.at, self.actor.user
        self.signal.save()
        return self.signal

    def said(self) -> dict[str, Any]:
        return {"state": "answered"}
