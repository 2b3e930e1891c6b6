"""The base of every deed on a case: where it lies, what it is called, how it is recorded and published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wushang.judge.pack import Case as Rules
from wushang.people.actor import Actor
from wushang.people.deed import Deed, Place, refuse
from wushang.people.scope import Grant, Scope
from wushang.rectify import clocks, states
from wushang.rectify.models import Case, CaseLine
from wushang.rectify.policy import rules_of
from wushang.rectify.publish import publish
from wushang.warn.units import place_of


@dataclass
class CaseDeed(Deed):
    """A deed on one case. `move` names its row in states.MOVES; '' leaves the state alone."""

    case: Case

    move = ""

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)

    @property
    def rules(self) -> Rules | None:
        return rules_of(self.case.warning)

    def where(self) -> tuple[Place, ...]:
        return (place_of(self.case.enterprise_id),)

    def check(self) -> None:
        Case.objects.select_for_update().get(pk=self.case.pk)  # two acts on one case come one after the other
        self.case.refresh_from_db()
        if self.move:
            states.must_allow(self.case, self.move)

    def step(self, *fields: str, to: str = "", clock: str = "", start: date | None = None) -> None:
        """Make the move, start the new step's clock, save the fields the deed has changed, publish the version."""
        states.move(self.case, self.move, to)
        found = clocks.deadline(self.rules, clock, start or self.today) if clock else None
        self.case.due, self.case.clause = (found.due, found.said) if found else (None, "")
        self.case.save(update_fields=["due", "clause", *fields])
        publish(self.case, self.actor, self.at)

    def record(self, text: Any) -> None:
        CaseLine.objects.create(case=self.case, at=self.at, name=said_name(self.actor), text=str(text))

    def subject(self) -> str:
        return f"case:{self.case.pk}"

    def said(self) -> dict:
        return {"state": self.case.state, "warning": self.case.warning_id}


def said_name(actor: Actor) -> str:
    """Who, as the record says it: the unit is “单位”, the record stands on its own page; the audit row has the name."""
    return str(_("单位")) if actor.via == "link" else actor.name


def on_behalf(actor: Actor, enterprise: int, *verbs: str) -> Actor:
    """The same person for another room's deed that is part of one whose right was checked already: with the verbs of that
    part, over this one unit, and nothing else."""
    scope = Scope((Grant(frozenset(verbs), regions=("",), enterprises=frozenset({enterprise})),))
    return Actor(actor.user, actor.name, scope, actor.via)


def must_give(text: str, column: Any, least: int = 4) -> None:
    """A reason, an answer or minutes that say nothing are refused."""
    if len(text.strip()) < least:
        raise refuse(
            "empty", _("没有写“%(column)s”。") % {"column": column}, _("请写明（至少 %(n)d 个字），记入办理记录。") % {"n": least},
            column=str(column),
        )  # fmt: skip
