"""The fields of the 挂牌督办通知书 from a re-check."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from wushang.evaluate.models import Recheck
from wushang.people import area
from wushang.people.models import Department
from wushang.rectify.policy import pack_of
from wushang.warn.units import regulator_of, version_of


def values(recheck: Recheck, today: date, until: date, house: Department | None = None) -> dict[str, Any]:
    """What the wording asks for; empty where nothing is known (it prints a blank line). The first letter's contact is the notice's
    only where the same department (`house`) issues both."""
    now, first = version_of(recheck.enterprise_id), recheck.case.warning.letter
    assert now is not None  # nothing is evaluated without a version
    same = first is not None and (house is None or house.name == first.issuer)
    regulator, held = regulator_of(now), first.values if same else {}
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
        "target": _target(recheck.rule, area.whole(recheck.case.warning.version.region)),
    }


def _target(rule: dict[str, Any], whole: str) -> str:
    """What the rule itself asks for: the fall, and the average it compares with, of the place where the rule holds."""
    fall = _("工伤事故起数比上年同期下降 %(n)s%%以上") % {"n": f"{rule['fall_percent']:g}"}
    means = {"pooled": _("%(whole)s平均") % {"whole": whole}, "mean": _("各单位平均"), "industry": _("同行业平均")}
    mean = means.get(rule["compare_with"])
    return fall + (_("，且工伤事故发生率不高于%(mean)s") % {"mean": mean} if mean else "")


def _title(title: str) -> str:
    return title if title.startswith("《") else f"《{title}》"
