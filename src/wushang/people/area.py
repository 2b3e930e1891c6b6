"""全市, 全县, 全区: how a place is called as a whole, from the region's own name (永康 is a county, but a 市)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wushang.people.models import Region


def whole(code: str) -> str:
    """The word for all of a region; 全市 where the region is not known."""
    name = Region.objects.filter(code=code).values_list("name", flat=True).first() or ""
    words = {"县": _("全县"), "区": _("全区"), "旗": _("全旗"), "州": _("全州"), "盟": _("全盟"), "省": _("全省")}
    return words.get(name[-1:], _("全市"))
