"""The fields of the 挂牌督办通知书 from a re-check."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from wushang.evaluate.models import Recheck
from wushang.rectify.policy import pack_of
from wushang.warn.units import regulator_of, version_of


def values(recheck: Recheck, today: date, until: date) -> dict[str, Any]:
    """What the wording asks for; empty where nothing is known (it prints a blank line)."""
    now, first = version_of(recheck.enterprise_id), recheck.case.warning.letter
    assert now is not None  # nothing is evaluated without a version
    regulator, held = regulator_of(now), first.values if first else {}
    pack = pack_of(recheck.case.warning)
    return {
        "enterprise": now.name,
        "uscc": now.uscc,
        "basis": _title(pack.title if pack else ""),
        "findings": [said for said in recheck.sentences[:2] if said],
        "from": today.isoformat(),
        "until": until.isoformat(),
        "supervisor": regulator.name if regulator else "",
        "contact": held.get("contact", ""),
        "contact_phone": held.get("contact_phone", ""),
        "target": _("工伤事故起数比上年同期下降 %(n)s%%以上，且工伤事故发生率不高于全市平均") % {"n": f"{recheck.rule['fall_percent']:g}"},
    }


def _title(title: str) -> str:
    return title if title.startswith("《") else f"《{title}》"
