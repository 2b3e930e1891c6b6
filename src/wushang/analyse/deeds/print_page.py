"""印发: keep which version a page was printed from, and its files for ever, so that it can be printed again alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from wushang.analyse.models import Print
from wushang.people.deed import Deed
from wushang.pool import snapshot
from wushang.terms.period import Period


@dataclass
class PrintPage(Deed):
    """`manifest` is the snapshot the figures were read from; `area` the region prefixes they cover."""

    page: str
    period: Period
    area: list[str]
    manifest: snapshot.Manifest
    figures: dict[str, Any] = field(default_factory=dict)

    verb = "analyse.meeting"
    title = _("印发")

    def act(self) -> Print:
        snapshot.seal(self.manifest)
        return Print.objects.create(
            page=self.page, start=self.period.start, end=self.period.end, area=self.area, commit=self.manifest.commit,
            figures=self.figures, name=self.actor.name, by=self.actor.user, at=self.at,
        )  # fmt: skip

    def subject(self) -> str:
        return f"page:{self.page}"

    def said(self) -> dict:
        return {"start": str(self.period.start), "end": str(self.period.end), "commit": self.manifest.commit}
