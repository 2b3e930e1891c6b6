"""What is told to whom when a case moves: short, plain, without personal data."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from wushang.people.models import Department
from wushang.rectify.policy import words_of
from wushang.terms.actions import actions
from wushang.warn import tell, units


def said_day(day: date) -> str:
    return _("%(m)d月%(d)d日") % {"m": day.month, "d": day.day}


def unit_name(enterprise: int) -> str:
    """The unit's present name."""
    now = units.version_of(enterprise)
    return now.name if now else _("单位 %(id)d") % {"id": enterprise}


def interview_name(warning: Any) -> str:
    """What the rule calls the interview at this level: “一对一”警示约谈 where it says `interview`, else 约谈."""
    return actions()["interview"].title if "interview" in words_of(warning) else _("约谈")


def tell_enterprise(at: datetime, warning: Any, title: str, text: str) -> None:
    """To the unit's inbox and its contact, with the way in."""
    from wushang.rectify.access import address_of

    tell.enterprise(
        at, warning.enterprise, unit_name(warning.enterprise_id), warning=warning, purpose="notice", title=title, text=text,
        link=address_of(warning),
    )  # fmt: skip


def tell_department(at: datetime, unit: Department, title: str, text: str, link: str, warning: Any = None) -> None:
    tell.department(at, unit, warning=warning, purpose="notice", title=title, text=text, link=link)
