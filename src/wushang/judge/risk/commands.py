"""What `wushang risk` answers: plain values."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from wushang.judge.risk import words
from wushang.judge.risk.models import RiskVersion
from wushang.judge.risk.monthly import learn_monthly
from wushang.judge.risk.views import named
from wushang.people.deed import refuse


def told(at: datetime, learn: bool, top: int) -> dict[str, Any]:
    """The newest version; Refused where there is none."""
    if learn:
        learn_monthly(at)
    version = RiskVersion.objects.first()
    if version is None:
        raise refuse("no_version", _("还没有推算过"), _("工伤台账和参保人数入库以后，用 --learn 推算"))
    return {
        "month": version.month.isoformat(), "start": version.start.isoformat(), "commit": version.commit, "data_to": version.data_to.isoformat(), "months": version.months,
        "units": version.units, "top": version.top, "missing": version.missing, "watch": version.watch,
        "why": "" if version.units else words.short(version), "learnt": version.learnt,
        "forecasts": [_row(row) for row in named(version.forecasts.all()[: max(0, top)])],
    }  # fmt: skip


def _row(row: Any) -> dict[str, Any]:
    names = ("year", "low", "high", "quarter", "quarter_low", "quarter_high", "usual", "excess", "chance")
    return {"enterprise": row.enterprise_id, "name": row.name, "region": row.region, "heads": row.heads, "reasons": words.reasons(row),
            "parts": row.parts} | {name: round(getattr(row, name), 4) for name in names}  # fmt: skip
