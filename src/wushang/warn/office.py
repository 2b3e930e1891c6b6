"""The office's telephone, as letters print it and the unit's page offers it."""

from __future__ import annotations

from django.conf import settings

from wushang.people.models import Department
from wushang.warn.models import Letter

LOOKED_BACK = 20  # letters


def telephone(bureau: Department | None) -> str:
    """What the place has set (本单位), else what the bureau printed last in a signed letter; '' where it never printed one."""
    if settings.WUSHANG_OFFICE_PHONE or bureau is None:
        return settings.WUSHANG_OFFICE_PHONE
    printed = Letter.objects.filter(bureau=bureau).exclude(signed=None).order_by("-pk").values_list("values", flat=True)
    return next((held["contact_phone"] for held in printed[:LOOKED_BACK] if held.get("contact_phone")), "")
