"""A cell of a csv that leaves: no program takes it for a formula, and our own reader reads what was meant."""

from __future__ import annotations

import re

FORMULA = re.compile(r"^[\s'\"]*[=+\-@\t\r]")
NUMBER = re.compile(r"^[+-]?[\d.,]+(?:[%‰]|万?元)?$")


def harmless(cell: str) -> str:
    """'=cmd()' → "'=cmd()": the apostrophe makes it a text, and reading takes it off again. Numbers stay as they are."""
    return f"'{cell}" if FORMULA.match(cell) and not NUMBER.match(cell) else cell
