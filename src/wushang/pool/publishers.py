"""What the rooms below do for the snapshot, found by being there; the pool imports no room below it by name: the tables that they
fill (`<room>/published.py`), and what they make ready of a new version (`<room>/prepared.py`)."""

from __future__ import annotations

import functools
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING

from django.apps import apps

if TYPE_CHECKING:
    from datetime import datetime

    from wushang.pool.published import Publication
    from wushang.pool.snapshot import Manifest


@functools.cache
def publications() -> dict[str, Publication]:
    return {publication.table: publication for module in _named("published") for publication in module.PUBLISHED}


@functools.cache
def preparers() -> tuple[Callable[[Manifest, datetime], object], ...]:
    return tuple(prepare for module in _named("prepared") for prepare in module.PREPARED)


def _named(name: str) -> list[ModuleType]:
    rooms = [app.name for app in apps.get_app_configs() if app.name.startswith("wushang.")]
    return [import_module(f"{room}.{name}") for room in rooms if find_spec(f"{room}.{name}")]
