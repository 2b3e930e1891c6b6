"""导出留底: which figures left by a file (台账, 汇报稿) and from which version of the data, so that a later correction can
say who holds the old ones. The file itself is not kept: it can be drawn again as of that version."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from wushang.analyse.models import Print
from wushang.people.deed import Deed
from wushang.terms.period import Period


@dataclass
class KeepExport(Deed):
    page: str  # ledger | brief
    period: Period
    area: list[str]
    commit: int
    figures: dict[str, Any] = field(default_factory=dict)
    right: str = "ledger.print"  # the verb of the page that exports
    about: str = ""  # subject of the audit row: an export leaves one

    title = _("导出留底")

    def __post_init__(self) -> None:
        self.verb = self.right  # type: ignore[misc]

    def act(self) -> Print:
        return Print.objects.create(
            page=self.page, start=self.period.start, end=self.period.end, area=self.area, commit=self.commit,
            figures=self.figures, name=self.actor.name, by=self.actor.user, at=self.at,
        )  # fmt: skip

    def subject(self) -> str:
        return self.about or f"page:{self.page}"

    def said(self) -> dict:
        plain = {name: value for name, value in self.figures.items() if not isinstance(value, dict)}
        return {"from": str(self.period.start), "to": str(self.period.end), "commit": self.commit, **plain}
