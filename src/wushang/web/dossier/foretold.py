"""What the month's model expects of the unit (工伤事故风险), for who may see it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from wushang.judge.risk import words
from wushang.judge.risk.models import Forecast, RiskVersion
from wushang.web.dossier.known import Unit


def panel(unit: Unit) -> dict[str, Any] | None:
    """None where nothing is foretold of it, where one may not see it, or where an earlier day is asked for."""
    if unit.known.asked or not unit.may("judge.see_risk"):
        return None
    version = RiskVersion.objects.first()
    row = Forecast.objects.filter(version=version, enterprise=unit.id).first() if version else None
    if version is None or row is None:
        return None
    month = {"y": version.start.year, "m": version.start.month}
    return {
        "sentence": words.sentence(row), "reasons": words.reasons(row), "url": reverse("judge:risk"),
        "note": _("自 %(y)d年%(m)d月起；只用来安排走访、检查的先后，不作为处罚、定级的依据") % month,
    }  # fmt: skip
