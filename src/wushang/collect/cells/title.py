"""Header names: the plain form in which titles are compared, and the unit a title carries."""

from __future__ import annotations

import re
import unicodedata

UNITS = ("万元", "亿元", "元", "%", "‰", "人", "名", "月末", "期末", "岁", "必填")
UNIT = re.compile(r"\((?:单位[::]?)?(" + "|".join(UNITS) + r")\)|[,,/]?单位[::](万元|亿元|元|%|‰|人)")


def spaceless(text: str) -> str:
    """Text in half width without blanks, zero-width characters and the star of required columns."""
    flat = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s\u200b-\u200f\u2060\ufeff*]+", "", flat)


def plain_title(text: str) -> str:
    """A header as it is compared: no blanks, no unit, no colons (其中:农民工 is 其中农民工)."""
    return UNIT.sub("", spaceless(text)).replace(":", "")


def unit_of(text: str) -> str:
    """The unit written in a header, or nothing."""
    found = UNIT.search(spaceless(text))
    unit = (found.group(1) or found.group(2)) if found else ""
    return unit if unit in {"万元", "亿元", "元", "%", "‰"} else ""
