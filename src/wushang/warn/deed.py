"""The base of every deed on a warning: where it lies, what it is called, how it is recorded."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wushang.people.deed import Deed, Place, refuse
from wushang.warn import clocks, issuing, states
from wushang.warn.models import Entry, Letter, SignStep, Warning
from wushang.warn.units import place_of


@dataclass
class WarningDeed(Deed):
    """A deed on one warning. `move` names its row in states.MOVES."""

    warning: Warning
    further: Letter | None = field(default=None, kw_only=True)  # 另发文书: the act is on this letter, not on the warning's own

    move = ""
    verb_by_state: ClassVar[dict[str, str]] = {}  # states in which the act is somebody else's

    def __post_init__(self) -> None:
        self.seen = self.piece.state
        self.verb = self.verb_by_state.get(self.seen, self.verb)  # type: ignore[misc]

    @property
    def piece(self) -> Any:
        """Whose state the act moves: a 另发文书 has its own, the first letter moves with its warning."""
        return self.further or self.warning

    @property
    def paper(self) -> Any:
        """The letter that the act is on."""
        return self.further or self.warning.letter

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)

    def where(self) -> tuple[Place, ...]:
        return (place_of(self.warning.enterprise_id),)

    def check(self) -> None:
        Warning.objects.select_for_update().get(pk=self.warning.pk)  # two acts on one piece come one after the other
        self.warning.refresh_from_db()
        if self.further is not None:
            self.further.refresh_from_db()
        states.must_allow(self.piece, self.move)
        if self.verb_by_state and self.piece.state != self.seen:  # the right was checked for the other state
            raise refuse("state", _("本件刚刚被别人办理过。"), _("请刷新本页再办。"))

    def step(self, *fields: str) -> None:
        """Make the move, set the new step's deadline, save the fields the deed has changed."""
        before = self.piece.state
        states.move(self.piece, self.move)
        if self.piece.state != before:
            self.piece.due = self.until()
        self.piece.save(update_fields=["due", *(fields if self.further is None else ())])

    def until(self) -> date | None:
        """The last day of the step that begins now."""
        return clocks.due(self.piece.state, self.today)

    def record(self, text: Any) -> None:
        Entry.objects.create(warning=self.warning, at=self.at, name=self.actor.name, text=str(text))

    def signature(self, step: str, remark: str = "", *, agreed: bool = True) -> None:
        of: dict[str, Any] = {"letter": self.further} if self.further else {"warning": self.warning}
        SignStep.objects.create(
            **of, step=step, who=self.actor.user, name=self.actor.name, at=self.at, agreed=agreed, remark=remark
        )

    def must_be_another_person(self) -> None:
        """经办、审核、签发 are three people."""
        before = self.piece.steps.filter(live=True, who=self.actor.user).first()
        if self.actor.user is not None and before is not None:
            raise refuse(
                "same_person",
                _("您已经在本件上办过“%(step)s”，不能再由您%(title)s。")
                % {"step": states.MOVES[before.step].title, "title": self.title},
                _("请由另一位有权限的同事办理；出差时可以在“交接”里指定代理人。"),
            )

    def must_be_of_the_issuer(self) -> None:
        """A letter is reviewed and signed in the department that issues it."""
        house = self.paper.bureau
        if self.actor.user is not None and not issuing.of_house(self.actor.user, house):
            raise refuse(
                "issuer", _("本件由%(house)s发文，您不在该单位。") % {"house": house or self.paper.issuer or "—"},
                _("请由发文单位有权限的同志%(title)s。") % {"title": self.title},
            )  # fmt: skip

    def must_give_reason(self, reason: str) -> None:
        if len(reason.strip()) < 4:
            raise refuse(
                "reason", _("没有写理由。"), _("请写明理由（至少四个字），理由记入办理记录。"), column=str(_("理由"))
            )

    def subject(self) -> str:
        return f"warning:{self.warning.pk}"

    def said(self) -> dict:
        return {"state": self.warning.state, "level": self.warning.level}
