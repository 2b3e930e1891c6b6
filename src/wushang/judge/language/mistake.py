"""What is wrong with an expression: what, where, and what to write instead."""

from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Mistake(Exception):
    """One mistake in an expression; line and column count from 1."""

    what: str
    remedy: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        place = _("第%(line)d行第%(column)d字") % {"line": self.line, "column": self.column}
        return f"{place}：{self.what}。{self.remedy}"


def nearest(word: str, known: list[str]) -> list[str]:
    """At most three known words that look like the given one, best first."""
    return get_close_matches(word.lower(), known, n=3, cutoff=0.5)
