from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy as _

from wushang.judge.models import PolicyVersion
from wushang.people.deed import Deed, Place

if TYPE_CHECKING:
    from wushang.judge.run import Looked


@dataclass
class RunPolicy(Deed):
    """研判: judge all units of a region by one version, as of a day. looked: what it says, where several were asked at once."""

    version: PolicyVersion
    as_of: date
    looked: Looked | None = None

    verb: ClassVar[str] = "judge.run"
    title: ClassVar[Any] = _("研判")

    def where(self) -> tuple[Place, ...]:
        return ((self.version.region, "", None),)

    def act(self):
        from wushang.judge.run import run

        self.outcome = run(self.version, self.as_of, self.at, self.looked)
        return self.outcome

    def subject(self) -> str:
        return f"policy:{self.version.pk}"

    def said(self) -> dict[str, Any]:
        told = self.outcome.to_json()
        return {key: told[key] for key in ("as_of", "commit", "findings", "changes", "digest", "recorded")}
