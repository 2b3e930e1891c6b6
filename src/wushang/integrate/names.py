"""Company names: a plain form for exact look-up. Names whose plain forms differ are put before a person, never merged."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable

from wushang.terms.script import simplified

_UNSEEN = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
_NOT_NAME = re.compile(r"[()\[\]{}【】〔〕〖〗「」『』<>《》〈〉\"'“”‘’`´·•・．.,，。、;；:：!！?？*#~\-‐‑–—_―/\\|&+]+")
# One legal form written two ways; the longer comes first.
_FORMS = (
    ("股份有限责任公司", "股份有限公司"), ("有限责任股份公司", "股份有限公司"), ("有限责任公司", "有限公司"),
    ("有限股份公司", "股份有限公司"), ("(个体工商户)", ""), ("个体工商户", ""), ("(个人独资)", ""), ("(自然人独资)", ""),
)  # fmt: skip
_SHORT_SHARES = re.compile(r"股份公司")
_FORMER = re.compile(r"\((?:原名?|曾用名|原名称|更名前)[:为]?([^()]{4,})\)")
_OWN_PART = r"(.{0,16}?(?:分公司|分店|分厂|分行|支行|分社|营业部|办事处|项目部|分理处|分部))$"
_BRANCHES = [re.compile(rf"^(.+?(?:{parent})){_OWN_PART}") for parent in ("公司", "合作社|银行|集团|厂|中心")]
_OF_THE_PLACE = re.compile(
    r"(?:农村)?(?:商业|合作|信用)?(?:银行|联社|医院|学校|大学|中学|小学|烟草|自来水|水务|供水|供电|电力|燃气|公交|交通|建设|城建|城投|投资|旅游|文化|"
    r"发展|国有资产经营|建筑|粮食|供销|环卫|园林|市政|保安|人力资源|劳务|物业|运输|汽车运输|新华书店|人民医院|中医院)*"
)  # what a town has one of: the place is its name
_LEGAL = re.compile(r"(?:集团)?(?:股份)?(?:有限)?(?:公司|合伙企业)$|(?:合伙企业)?(?:有限合伙|普通合伙)$|个人独资企业$")


def written(name: str) -> str:
    """One script and one width, the legal form written one way; brackets still stand."""
    text = simplified(unicodedata.normalize("NFKC", name).upper()).replace("〔", "(").replace("〕", ")")
    text = _UNSEEN.sub("", text)
    text = _FORMER.sub("", text.replace("【", "(").replace("】", ")").replace("[", "(").replace("]", ")"))
    for long, short in _FORMS:
        if len(text) > len(long):
            text = text.replace(long, short)
    return _SHORT_SHARES.sub("股份有限公司", text)


def plain_name(name: str, places: Iterable[str] = ()) -> str:
    """What a name is looked up by: one script, no blanks, marks or brackets, no place of `places` before it or in brackets.

    '雲溪市恒岳杯業（云溪）有限責任公司' with places ['云溪市', '云溪'] → '恒岳杯业有限公司'
    """
    text = written(name)
    bracketed, leading = _places(tuple(places))
    if bracketed:
        text = bracketed.sub("", text)
    text = _NOT_NAME.sub("", text)
    while leading and (found := leading.match(text)) and _has_own_name(text[found.end() :]):
        text = text[found.end() :]
    return text


def _has_own_name(rest: str) -> bool:
    """Whether something names the unit beside its place: not so in 云溪市城建, 云溪市自来水有限公司."""
    return len(rest) > 3 and not _OF_THE_PLACE.fullmatch(core(rest))


@functools.lru_cache(maxsize=64)
def _places(places: tuple[str, ...]) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """A place in brackets anywhere; a place at the beginning (市 may follow the bare name)."""
    longest_first = sorted({simplified(place) for place in places if place}, key=len, reverse=True)
    if not longest_first:
        return None, None
    any_place = "|".join(re.escape(place) for place in longest_first)
    return re.compile(rf"\((?:中国)?(?:{any_place})+\)"), re.compile(rf"(?:{any_place})")


def former_names(name: str) -> list[str]:
    """'恒岳杯业有限公司(原名:恒悦五金厂)' → ['恒悦五金厂']."""
    return _FORMER.findall(unicodedata.normalize("NFKC", name))


def branch(plain: str) -> tuple[str, str] | None:
    """A branch's plain name → its parent's and its own part: '恒岳杯业有限公司东城分公司' → ('恒岳杯业有限公司', '东城分公司')."""
    found = next((hit for pattern in _BRANCHES if (hit := pattern.match(plain))), None)
    return (found[1], found[2]) if found else None


def core(plain: str) -> str:
    """A plain name without its legal form: '恒岳杯业股份有限公司' → '恒岳杯业'; never empty."""
    return _LEGAL.sub("", plain) or plain
