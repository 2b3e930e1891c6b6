"""A deed is one act: who may, what must hold, what changes, what is logged, in one transaction.

Pages, the API, commands and the worker call the same deed, so that they behave alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wushang.people import audit
from wushang.people.actor import Actor
from wushang.terms.problem import Problem, Refused

Place = tuple[str, str, int | None]  # region code, industry code, enterprise id


class NotAllowed(Refused):
    """The actor lacks the verb, or the thing lies outside the actor's scope."""


@dataclass
class Deed:
    """Base of every act. Subclasses are dataclasses with `verb`, `title`, `act` and, where needed, the rest."""

    actor: Actor
    at: datetime

    verb: ClassVar[str] = ""
    title: ClassVar[Any] = ""

    def do(self) -> Any:
        """Authorise, then check and act in one transaction with the audit row. Raises Refused or NotAllowed."""
        self.authorise()
        with transaction.atomic():
            self.check()
            result = self.act()
            self._leave_trace(self.said())
        return result

    def authorise(self) -> None:
        scope = self.actor.scope
        allowed = scope.may(self.verb) and all(scope.covers(self.verb, *place) for place in self.where())
        if not allowed:
            self._leave_trace({"refused": True})
            raise NotAllowed(
                Problem(
                    code="not_allowed",
                    column="",
                    value=str(self.title),
                    why=str(_("您没有“%(title)s”的权限，或者该单位不在您的管辖范围内。") % {"title": self.title}),
                    remedy=str(_("请联系本单位的系统管理员核对岗位和管辖范围。")),
                )
            )

    def _leave_trace(self, said: dict) -> None:
        """The audit row; `act` tells which deed it was, since several deeds may share a verb."""
        audit.write(self.actor, self.at, self.verb, self.subject(), {"act": type(self).__name__, **said})

    def where(self) -> tuple[Place, ...]:
        """The places the deed touches; all must lie in the actor's scope. Empty: the verb alone suffices."""
        return ()

    def check(self) -> None:
        """Raise Refused when the state of things forbids the act."""

    def act(self) -> Any:
        raise NotImplementedError(f"{type(self).__name__} must say what it does")

    def subject(self) -> str:
        """What the audit row is about, 'warning:12'."""
        return ""

    def said(self) -> dict:
        """Details for the audit row; no personal data."""
        return {}


def refuse(code: str, why: str, remedy: str = "", column: str = "", value: str = "") -> Refused:
    """A Refused with its one Problem; `raise refuse(...)`."""
    return Refused(Problem(code=code, column=column, value=value, why=str(why), remedy=str(remedy)))
