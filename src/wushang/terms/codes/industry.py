"""GB/T 4754-2017 industries: how codes are written, the three sectors (三次产业), the risk class (行业风险类别)."""

import re
from datetime import date
from functools import cache

from wushang.terms.codes.code import Code, entries, normal, table

_WRITTEN = re.compile(r"([a-t]?)(\d{2,4})")
_THIRD = {"A05", "B11", "C43"}  # auxiliary activities and repair count as services since the 2012 rule


@cache
def _letters() -> dict[str, str]:
    """Division (33) → section (C), read off the list itself."""
    return {entry.code[1:]: entry.code[0] for entry in entries("industry") if len(entry.code) == 3}


@cache
def _codes() -> frozenset[str]:
    return frozenset(entry.code for entry in entries("industry"))


def spelled(text: str) -> str | None:
    """“3382”, “33”, “c3382” in, “C3382” out; None when it is no code, or an unclear or contradictory one."""
    found = _WRITTEN.fullmatch(normal(text))
    if not found or unclear(text):
        return None
    letter = _letters().get(found[2][:2])
    return f"{letter}{found[2]}" if letter and found[1].upper() in ("", letter) else None


def unclear(text: str) -> str | None:
    """The reason when a bare three-digit code may be a four-digit one that lost its leading 0 (111: B111 or A0111)."""
    plain = normal(text)
    if not re.fullmatch(r"\d{3}", plain):
        return None
    section, shorter = _letters().get("0" + plain[0]), _letters().get(plain[:2])
    as_class, as_group = f"{section}0{plain}", f"{shorter}{plain}"
    if section is None or as_class not in _codes() or as_group not in _codes():
        return None
    return f"“{text}”可能是{as_group}，也可能是丢了前导0的{as_class}，请写成带字母的代码"


def sector(industry_code: str) -> str | None:
    """An industry code in, “1”, “2” or “3” out (统计局 2012 rule, 2018); None where the section alone cannot tell."""
    section, division = industry_code[:1], industry_code[:3]
    if section not in "ABCDEFGHIJKLMNOPQRST" or not section:
        return None
    if section in "ABC" and len(industry_code) < 3:
        return None
    if division in _THIRD or section > "E":
        return "3"
    return "1" if section == "A" else "2"


@cache
def _classes() -> dict[str, tuple[tuple[date, date | None, str], ...]]:
    classes: dict[str, list[tuple[date, date | None, str]]] = {}
    for row in table("industry_risk_class"):
        until = date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
        classes.setdefault(row["code"], []).append((date.fromisoformat(row["valid_from"]), until, row["risk_class"]))
    return {code: tuple(periods) for code, periods in classes.items()}


def risk_class(industry_code: str, on: date) -> Code | None:
    """An industry code in, its class 1–8 out (extra["base_rate"]: millionths; 人社部发〔2015〕71号, by division).

    The longest code that the table knows decides (G591 装卸搬运 before G59); the national table, before local ones.
    """
    for length in range(len(industry_code), 2, -1):
        for start, until, number in _classes().get(industry_code[:length], ()):
            if start <= on and (until is None or on <= until):
                return next(entry for entry in entries("risk_class") if entry.code == number)
    return None


def base_rate(risk: Code) -> int:
    """The national base rate of a risk class in millionths: 一类 2000 (0.2 %) to 八类 19000 (1.9 %)."""
    return int(risk.extra["base_rate"])
