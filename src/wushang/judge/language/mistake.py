"""What is wrong with an expression: what, where, and what to write instead."""

from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True)
class Mistake(Exception):
    """One mistake in an expression; line and column count from 1."""

    what: str
    remedy: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"第{self.line}行第{self.column}字：{self.what}。{self.remedy}"


def nearest(word: str, known: list[str]) -> list[str]:
    """At most three known words that look like the given one, best first."""
    return get_close_matches(word.lower(), known, n=3, cutoff=0.5)
