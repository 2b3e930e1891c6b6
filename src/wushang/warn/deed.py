"""The base of every deed on a warning: where it lies, what it is called, how it is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wushang.people.deed import Deed, Place, refuse
from wushang.warn import clocks, states
from wushang.warn.models import Entry, SignStep, Warning
from wushang.warn.units import place_of


@dataclass
class WarningDeed(Deed):
    """A deed on one warning. `move` names its row in states.MOVES."""

    warning: Warning

    move = ""
    verb_by_state: ClassVar[dict[str, str]] = {}  # states in which the act is somebody else's

    def __post_init__(self) -> None:
        self.seen = self.warning.state
        self.verb = self.verb_by_state.get(self.seen, self.verb)  # type: ignore[misc]

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)

    def where(self) -> tuple[Place, ...]:
        return (place_of(self.warning.enterprise_id),)

    def check(self) -> None:
        Warning.objects.select_for_update().get(pk=self.warning.pk)  # two acts on one piece come one after the other
        self.warning.refresh_from_db()
        states.must_allow(self.warning, self.move)
        if self.verb_by_state and self.warning.state != self.seen:  # the right was checked for the other state
            raise refuse("state", _("本件刚刚被别人办理过。"), _("请刷新本页再办。"))

    def step(self, *fields: str) -> None:
        """Make the move, set the new step's deadline, save the fields the deed has changed."""
        before = self.warning.state
        states.move(self.warning, self.move)
        if self.warning.state != before:
            self.warning.due = clocks.due(self.warning.state, self.today)
        self.warning.save(update_fields=["due", *fields])

    def record(self, text: Any) -> None:
        Entry.objects.create(warning=self.warning, at=self.at, name=self.actor.name, text=str(text))

    def signature(self, step: str, remark: str = "", *, agreed: bool = True) -> None:
        SignStep.objects.create(
            warning=self.warning, step=step, who=self.actor.user, name=self.actor.name, at=self.at, agreed=agreed,
            remark=remark,
        )  # fmt: skip

    def must_be_another_person(self) -> None:
        """经办、审核、签发 are three people."""
        before = SignStep.objects.filter(warning=self.warning, live=True, who=self.actor.user).first()
        if self.actor.user is not None and before is not None:
            raise refuse(
                "same_person",
                _("您已经在本件上办过“%(step)s”，不能再由您%(title)s。")
                % {"step": states.MOVES[before.step].title, "title": self.title},
                _("请由另一位有权限的同事办理；出差时可以在“交接”里指定代理人。"),
            )

    def must_give_reason(self, reason: str) -> None:
        if len(reason.strip()) < 4:
            raise refuse(
                "reason", _("没有写理由。"), _("请写明理由（至少四个字），理由记入办理记录。"), column=str(_("理由"))
            )

    def subject(self) -> str:
        return f"warning:{self.warning.pk}"

    def said(self) -> dict:
        return {"state": self.warning.state, "level": self.warning.level}
