"""待办: what waits for somebody, room by room: each room's `todo.py` lists it (`items(actor, today)`), found by being there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Literal

from django.apps import apps

from wushang.people.actor import Actor

Tab = Literal["mine", "started", "passed"]  # 我的待办 | 我发起的（在别人手里） | 已转出（转给别的单位）


@dataclass(frozen=True)
class Todo:
    """One row of the desk. `url` opens the thing, `op_url` the act; `before` is whose hand it comes from."""

    due: date | None
    what: Any
    name: str
    url: str
    stage: Any
    op: Any
    op_url: str
    level: str = ""
    town: str = ""
    before: str = ""
    holder: str = ""
    tab: Tab = "mine"


Items = Callable[[Actor, date], list[Todo]]


def rooms() -> Iterator[Items]:
    """The `items` of every room that gives people work."""
    names = [app.name for app in apps.get_app_configs() if app.name.startswith("wushang.")]
    for name in names:
        if f"{name}.todo" != __name__ and find_spec(f"{name}.todo"):
            yield import_module(f"{name}.todo").items


def todos(actor: Actor, today: date) -> list[Todo]:
    """Everything that waits for the actor or comes from the actor, by due date; what has no date comes last."""
    found = [todo for items in rooms() for todo in items(actor, today)]
    return sorted(found, key=lambda todo: (todo.due is None, todo.due or today, str(todo.what), todo.name))
