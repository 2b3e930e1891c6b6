"""What they do: GB/T 4754 from section to class, and the three sectors (三次产业)."""

from __future__ import annotations

import ibis
from django.utils.translation import gettext_lazy as _

from wushang.analyse.dimensions import Dimension
from wushang.terms import codes


def _start(length: int):
    def key(rows):
        return (rows.industry.length() >= length).ifelse(rows.industry.substr(0, length), "")

    return key


def sector(rows):
    """The sector by the rule of terms.codes, written as one expression over the divisions that the list has."""
    of = {entry.code[:3]: codes.sector(entry.code[:3]) for entry in codes.all("industry") if len(entry.code) == 3}
    division = rows.industry.substr(0, 3)
    held = {number: sorted(code for code, found in of.items() if found == number) for number in "123"}
    return ibis.cases(*[(division.isin(some), number) for number, some in held.items()], else_="")


def _level(code: str, title, title_en: str, length: int, deeper: str = "") -> Dimension:
    return Dimension(
        code, title, title_en, _start(length), lambda key: codes.name("industry", key), _start(length), deeper=deeper
    )


DIMENSIONS = (
    Dimension("sector", _("三次产业"), "Sector", sector, lambda key: codes.name("sector", key), sector, deeper="section"),
    _level("section", _("行业门类"), "Section", 1, "division"),
    _level("division", _("行业大类"), "Division", 3, "group"),
    _level("group", _("行业中类"), "Group", 4, "class"),
    _level("class", _("行业小类"), "Class", 5, "enterprise"),
)
