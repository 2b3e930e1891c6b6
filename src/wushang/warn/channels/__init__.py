"""Ways to reach somebody, one file each, found by being there. A channel has `title`, `outside` and `send(parcel)`.

`outside` channels really send in live mode only; in demo and trial their parcels go to the practice box.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType


@dataclass(frozen=True)
class Parcel:
    """What a channel gets: `key` is the same at every attempt, so that a channel can drop a repetition."""

    key: str
    to: str
    recipient: str
    title: str
    text: str
    link: str = ""
    delivery: int = 0

    @property
    def whole(self) -> str:
        """Text with the link, as a short message carries it."""
        return f"{self.text} {self.link}".strip()


class Unsent(Exception):
    """The message did not go; `again` says whether trying later can help."""

    def __init__(self, why: str, *, again: bool):
        self.again = again
        super().__init__(why)


@functools.cache
def names() -> tuple[str, ...]:
    return tuple(sorted(p.stem for p in Path(__file__).parent.glob("*.py") if not p.stem.startswith("_")))


@functools.cache
def channel(name: str) -> ModuleType:
    """The channel's module; its name is the file's."""
    if name not in names():
        raise Unsent(f"没有名为 {name} 的发送渠道；现有：{'、'.join(names())}", again=False)
    return import_module(f"wushang.warn.channels.{name}")


@functools.cache
def outside() -> tuple[str, ...]:
    """Channels that leave the house."""
    return tuple(name for name in names() if channel(name).outside)
