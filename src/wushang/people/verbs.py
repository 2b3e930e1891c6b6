"""Rights in words: what a role may be given, room by room (verbs.yaml)."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

import yaml

AUDITOR = "people.audit"


@dataclass(frozen=True)
class Room:
    title: str
    verbs: dict[str, str]  # verb → what it allows


@functools.cache
def rooms() -> tuple[Room, ...]:
    said = yaml.safe_load((Path(__file__).parent / "verbs.yaml").read_text(encoding="utf-8"))
    return tuple(Room(one["room"], one["verbs"]) for one in said)


@functools.cache
def words() -> dict[str, str]:
    """Verb → what it allows, of all rooms."""
    return {verb: says for room in rooms() for verb, says in room.verbs.items()}
