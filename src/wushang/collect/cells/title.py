"""Header names: the plain form in which titles are compared, and the unit a title carries."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from wushang.terms.script import simplified

UNITS = ("万元", "亿元", "元", "%", "‰", "人", "名", "月末", "期末", "岁", "必填")
UNIT = re.compile(r"\((?:单位[::]?)?(" + "|".join(UNITS) + r")\)|[,,/]?单位[::](万元|亿元|元|%|‰|人)")


SAID = re.compile(r"(?:^|[(\s、,;]|金额|货币|计量|费率)单\s*位\s*[::]\s*([^::]*)")  # not 填报单位:
UNCLEAR = "单位不一"  # no number can be read by it
SAID_KINDS = {"万元": "money", "亿元": "money", "元": "money", "%": "rate", "‰": "rate"}
BARE = re.compile(r"^\(?(?:单位[::]?)?(" + "|".join(UNITS) + r")\)?$")


def spaceless(text: str) -> str:
    """Text in half width without blanks, zero-width characters and the star of required columns."""
    flat = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff*]+", "", flat).replace("_x000D_", "")


@lru_cache(maxsize=4096)
def plain_title(text: str) -> str:
    """A header as it is compared: simplified, no blanks, no unit, no colons (其中:農民工 is 其中农民工)."""
    return UNIT.sub("", simplified(spaceless(text))).replace(":", "")


def unit_of(text: str) -> str:
    """The unit written in a header, or nothing."""
    found = UNIT.search(simplified(spaceless(text)))
    unit = (found.group(1) or found.group(2)) if found else ""
    return unit if unit in {"万元", "亿元", "元", "%", "‰"} else ""


def bare_unit(text: str) -> str:
    """A cell that says a unit and nothing else: '(万元)' → '万元'."""
    found = BARE.match(simplified(spaceless(text)))
    return found[1] if found else ""


def said_units(titles: list[str]) -> dict[str, str]:
    """Units that the titles above a table say for all its columns: '单位：万元、人' → {'money': '万元'}; two different
    units of money leave it open, in one word that no number can be read by."""
    found: dict[str, set[str]] = {}
    for title in titles:
        for said in SAID.findall(simplified(unicodedata.normalize("NFKC", title))):
            for word in re.split(r"[、,/;。()\s和及]+", said):
                unit = word.removeprefix("人民币")
                if unit in SAID_KINDS:
                    found.setdefault(SAID_KINDS[unit], set()).add(unit)
    return {kind: units.pop() if len(units) == 1 else UNCLEAR for kind, units in found.items()}
