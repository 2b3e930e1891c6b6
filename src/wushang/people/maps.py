"""The map of a region that holds now, ready to be drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wushang.people import outline
from wushang.people.models import AreaMap

ENDINGS = ("街道", "镇", "乡")
SHAPE_TEXT = 30  # units of the sheet


@dataclass(frozen=True)
class Held:
    """`kept` is None where nothing was uploaded: then the tiles say nothing of where a place lies."""

    drawn: outline.Drawn
    kept: AreaMap | None
    missing: list[str]  # names of regions that the map has not


def map_of(region: str, names: Mapping[str, str]) -> Held:
    """The map of a region's parts (code → name)."""
    kept = AreaMap.objects.filter(region__code=region).first()
    if kept is None:
        return Held(outline.grid(names), None, [])
    return Held(outline.drawn(kept.content, names), kept, outline.missing(kept.content, names))


def cell(part: outline.Part, name: str, figure: str = "", **more: Any) -> dict[str, Any]:
    """What `people/_map.html` draws of one part: its short name on one line or two, and a figure below."""
    short = short_of(name)
    words = [short] if len(short) < 4 else [short[: len(short) // 2], short[len(short) // 2 :]]
    lines = [("name", word) for word in words] + ([("figure", figure)] if figure else [])
    size = part.size / (3.7 if len(lines) < 3 else 4.5) if part.size else SHAPE_TEXT
    first = part.y - (len(lines) - 1) * size * 0.6 + size * 0.35
    text = [{"kind": kind, "said": said, "size": size, "y": first + n * size * 1.2} for n, (kind, said) in enumerate(lines)]
    side = part.size * 0.94
    return {"part": part, "name": name, "text": text, "side": side, "left": part.x - side / 2, "top": part.y - side / 2, **more}


def short_of(name: str) -> str:
    """石塘 for 石塘镇: what everybody in the place says."""
    return next((name.removesuffix(end) for end in ENDINGS if name.endswith(end) and len(name) > len(end) + 1), name)
