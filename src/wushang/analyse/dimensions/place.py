"""Where: province to township, as the code of the place at the time of the event says (GB/T 2260 and local townships)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wushang.analyse.dimensions import Dimension
from wushang.people.models import Region


def _start(length: int):
    """A key of the first digits; a place that is known less exactly than asked for is not told."""
    def key(rows):
        return (rows.region.length() >= length).ifelse(rows.region.substr(0, length), "")

    return key


def name(code: str) -> str:
    """A place's name; its code where the list does not know it."""
    full = code.ljust(6, "0") if len(code) < 6 else code
    return Region.objects.filter(code=full).values_list("name", flat=True).first() or code


def _level(code: str, title, title_en: str, length: int, deeper: str = "") -> Dimension:
    return Dimension(code, title, title_en, _start(length), name, _start(length), deeper=deeper)


DIMENSIONS = (
    _level("province", _("省（区、市）"), "Province", 2, "city"),
    _level("city", _("市（州）"), "City", 4, "county"),
    _level("county", _("县（市、区）"), "County", 6, "town"),
    _level("town", _("镇（街道、区）"), "Township", 9, "enterprise"),
)
