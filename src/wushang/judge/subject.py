"""What a policy judges: enterprises, whose findings are kept and warn; or groups of them, which are only reckoned and shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

ENTERPRISE = "enterprise"


@dataclass(frozen=True)
class Subject:
    """Its name on pages, and the dimension of the cube whose keys are its units ('': the whole area is one)."""

    title: Any
    dimension: str


SUBJECTS = {
    ENTERPRISE: Subject(_("单位"), "enterprise"),
    "area": Subject(_("全域"), ""),
    "region": Subject(_("镇（街道、区）"), "town"),
    "industry": Subject(_("行业"), "division"),
    "department": Subject(_("监管部门"), "regulator"),
}


@dataclass(frozen=True)
class Input:
    """A number of a group that the pool does not hold and the place reports itself."""

    code: str
    title: str
    unit: str
    note: str = ""
    line: int = 0
