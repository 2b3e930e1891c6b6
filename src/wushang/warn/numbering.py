"""文号: how an official number is written and read."""

from __future__ import annotations

import re
from dataclasses import dataclass

PATTERN = re.compile(r"(?P<word>[\u4e00-\u9fffA-Za-z]{1,20})〔(?P<year>\d{4})〕(?P<number>[1-9]\d{0,5})号")


class NumberRefused(ValueError):
    """A text that is no 文号; the message says what to mend."""


@dataclass(frozen=True)
class Number:
    """云人社预〔2026〕37号: the issuer's word, the year, the running number."""

    word: str
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.word}〔{self.year}〕{self.number}号"


def read(text: str) -> Number:
    """A 文号 as typed → its three parts; six-sided brackets, no 第, no leading zero (GB/T 9704-2012, 7.2.5)."""
    typed = text.strip()
    found = PATTERN.fullmatch(typed)
    if found is None:
        raise NumberRefused(_why(typed))
    return Number(found["word"], int(found["year"]), int(found["number"]))


def _why(typed: str) -> str:
    if not typed:
        return "文号没有填写"
    if any(c in typed for c in "[]【】()（）［］"):
        return f"文号“{typed}”的年份应使用六角括号，例如 云人社预〔2026〕37号"
    if "第" in typed:
        return f"文号“{typed}”不加“第”字，例如 云人社预〔2026〕37号"
    if re.search(r"〕0", typed):
        return f"文号“{typed}”的序号不编虚位（不写 007），例如 云人社预〔2026〕7号"
    return f"文号“{typed}”的写法不对，应为 机关代字〔年份〕序号号，例如 云人社预〔2026〕37号"
