"""What warn does for the words of `then:`, one file each, found by being there (terms/actions.yaml: done_by: warn).

`letter` names the letter the word asks for, '' for none; `issued` tells whom else, when the letter goes out.
"""

from __future__ import annotations

import functools
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from wushang.people.models import Department


@functools.cache
def owned() -> dict[str, ModuleType]:
    """Word → its module."""
    stems = sorted(p.stem for p in Path(__file__).parent.glob("*.py") if not p.stem.startswith("_"))
    return {stem: import_module(f"wushang.warn.actions.{stem}") for stem in stems}


def letter_of(words: list[str]) -> str:
    """The letter that these words ask for; '' when none of them does (a list, a referral)."""
    return next((owned()[w].letter for w in words if w in owned() and owned()[w].letter), "")


def also_told(words: list[str], warning: Any) -> list[Department]:
    """The departments that the words want told when the letter goes out, each once."""
    found = [unit for w in words if w in owned() for unit in owned()[w].issued(warning)]
    return list({unit.pk: unit for unit in found}.values())
