"""One piece (件) of a volume: what it is, who made it, when, and its bytes when somebody asks for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

LONGEST = 80  # characters of a file's name, without its ending
NOT_IN_NAMES = dict.fromkeys(map(ord, '\\/:*?"<>|\r\n\t'), " ")


@dataclass(frozen=True)
class Piece:
    """`original`: kept as it was issued, signed or sent in; else printed from what the ledger holds."""

    key: str  # 'letter-12', unique in its volume
    title: Any  # 题名
    by: str  # 责任者
    day: date | None
    make: Callable[[], bytes]
    ending: str = "pdf"
    number: str = ""  # 文号
    original: bool = False
    note: Any = ""  # 备注

    def name(self, place: int) -> str:
        """The plain name of its file: 03 整改建议书 云人社预〔2026〕37号.pdf"""
        said = f"{self.title} {self.number}".translate(NOT_IN_NAMES).strip()
        return f"{place:02d} {said[:LONGEST]}.{self.ending}"
