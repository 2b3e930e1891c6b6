"""Whose word counts for a field of an injury, by the day of the event (precedence.yaml), checked against the sources."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from wushang.collect.source import shipped

ANY = "*"  # any source of injury reports that the list does not name
LINKED = {"Visit": {"part"}, "Disease": {"post"}, "Accident": {"hour", "kind", "severity"}}  # what their rows say of an injury


@dataclass(frozen=True)
class Order:
    """Source ids, the first goes first; and why so."""

    sources: tuple[str, ...]
    because: str


@dataclass(frozen=True)
class Voice:
    """What one row says of an injury: of which source, how new, its values; and the fact itself."""

    source: str
    newness: int
    values: dict[str, Any]
    fact: Any
    linked: bool = False


@dataclass(frozen=True)
class Dated:
    """Orders in force from a day on, by field; what they do not name holds from before."""

    start: date
    fields: dict[str, Order]
    default: Order

    def of(self, field: str) -> Order:
        return self.fields.get(field, self.default)


@functools.cache
def dated() -> list[Dated]:
    """The shipped orders, the newest first."""
    return read((Path(__file__).parent / "precedence.yaml").read_text(encoding="utf-8"))


def read(text: str) -> list[Dated]:
    """The orders of a file, each with those before it; ValueError where a name is wrong."""
    found: list[Dated] = []
    for one in sorted(yaml.safe_load(text), key=lambda one: one["from"]):
        said = {name: _order(name, order) for name, order in one.get("fields", {}).items()}
        default = _order("", one["default"]) if "default" in one else found[-1].default
        found.append(Dated(one["from"], {**(found[-1].fields if found else {}), **said}, default))
    return found[::-1]


def _order(field: str, said: dict[str, Any]) -> Order:
    """One order, its names checked against the sources and what their rows can say."""
    names, lands = said["order"], {source.id: source.lands for source in shipped().values()}
    for name in names:
        if name != ANY and name not in lands:
            raise ValueError(f"precedence of {field or 'default'}: there is no source {name!r}")
        if name != ANY and lands[name] != "Report" and field not in LINKED.get(lands[name], ()):
            raise ValueError(f"precedence of {field or 'default'}: {name} says nothing of it")
    if ANY not in names or len(set(names)) != len(names) or not said.get("because"):
        raise ValueError(f"precedence of {field or 'default'}: each name once, {ANY!r} among them, and because")
    return Order(tuple(names), said["because"])


def order_for(field: str, occurred: date) -> Order:
    return next(one for one in dated() if one.start <= occurred).of(field)


def ranked(field: str, voices: Iterable[Voice], occurred: date) -> list[Voice]:
    """Those that may speak of the field, the one that counts most first; of one source the newest."""
    place = {source: rank for rank, source in enumerate(order_for(field, occurred).sources)}
    heard = [voice for voice in voices if voice.source in place or not voice.linked]
    return sorted(heard, key=lambda voice: (place.get(voice.source, place[ANY]), -voice.newness))


def speaker(field: str, voices: Iterable[Voice], occurred: date) -> Voice | None:
    """Whose value the field has; nobody where nobody says anything."""
    return next((voice for voice in ranked(field, voices, occurred) if voice.values.get(field) not in (None, "")), None)
