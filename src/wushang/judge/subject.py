"""What a policy judges: enterprises, whose findings warn; or what is none (one case, a township, a trade, a department, the whole area),
which is assessed (评定): kept, shown and explained, and no warning follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

ENTERPRISE, CASE, AREA = "enterprise", "case", "area"


@dataclass(frozen=True)
class Subject:
    """Its name on pages, the word one counts it by, and the dimension of the cube whose keys are its units ('': the whole area is one,
    and a case is no group)."""

    title: Any
    counter: Any
    dimension: str


SUBJECTS = {
    ENTERPRISE: Subject(_("单位"), _("家"), "enterprise"),
    CASE: Subject(_("案件"), _("件"), ""),
    AREA: Subject(_("全域"), _("个"), ""),
    "region": Subject(_("镇（街道、区）"), _("个"), "town"),
    "industry": Subject(_("行业"), _("个"), "division"),
    "department": Subject(_("监管部门"), _("个"), "regulator"),
}


def no_trial(subject: str) -> tuple[str, str]:
    """Why a rule that judges no units is not tried on past months, and what to do instead."""
    what = SUBJECTS[subject].title
    why = _now("这条规则评定%(what)s，不发预警，没有“预警过的单位后来怎样”可比，所以不作历史试算") % {"what": what}
    return why, _now("要看过去某一天的评定结果，请用 wushang policy reckon --as-of")


@dataclass(frozen=True)
class Input:
    """A number of a group that the pool does not hold and the place reports itself."""

    code: str
    title: str
    unit: str
    note: str = ""
    line: int = 0
