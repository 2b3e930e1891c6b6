from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from wushang.judge.risk.models import Forecast, RiskVersion
from wushang.people.deed import Deed, refuse
from wushang.people.models import one_at_a_time

CHUNK = 2000  # rows put at once


@dataclass
class RecordRisk(Deed):
    """每月推算: what was learnt and what it says of each unit, in one transaction. Nothing else follows from it."""

    version: RiskVersion
    forecasts: Sequence[Forecast]

    verb: ClassVar[str] = "judge.run"
    title: ClassVar[Any] = _("每月推算事故风险")

    def check(self) -> None:
        one_at_a_time("risk")
        if RiskVersion.objects.filter(month=self.version.month).exists():
            raise refuse("twice", str(_("这个月已经推算过")), str(_("下个月再算")))

    def act(self) -> RiskVersion:
        self.version.at = self.at
        self.version.save(force_insert=True)
        for row in self.forecasts:
            row.version = self.version
        Forecast.objects.bulk_create(self.forecasts, batch_size=CHUNK)
        return self.version

    def subject(self) -> str:
        return f"risk:{self.version.month:%Y-%m}"

    def said(self) -> dict[str, Any]:
        return {"commit": self.version.commit, "n": len(self.forecasts)}
