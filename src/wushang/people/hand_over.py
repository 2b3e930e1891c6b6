"""What somebody holds, room by room: each room's `in_hand.py` lists open items (`items(user)`), found by being there."""

from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from wushang.people.models import User

Item = dict[str, str]  # what, title, url


def holders() -> Iterator[tuple[Callable[[User], list[Item]], Callable[[User, User], int]]]:
    """(items, pass_on) of every room that gives people work."""
    for app in apps.get_app_configs():
        if app.name.startswith("wushang.") and find_spec(f"{app.name}.in_hand"):
            module = import_module(f"{app.name}.in_hand")
            yield module.items, module.pass_on


def items_of(user: User) -> list[Item]:
    return [item for items, _ in holders() for item in items(user)]


def pass_on(giver: User, taker: User) -> int:
    """Everything open goes to the taker; returns how many items."""
    return sum(give(giver, taker) for _, give in holders())
