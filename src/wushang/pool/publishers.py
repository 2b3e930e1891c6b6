"""All rooms' publications, found by being there (`<room>/published.py`); the pool imports no room below it by name."""

from __future__ import annotations

import functools
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from django.apps import apps

if TYPE_CHECKING:
    from wushang.pool.published import Publication


@functools.cache
def publications() -> dict[str, Publication]:
    rooms = [app.name for app in apps.get_app_configs() if app.name.startswith("wushang.")]
    modules = [import_module(f"{room}.published") for room in rooms if find_spec(f"{room}.published")]
    return {publication.table: publication for module in modules for publication in module.PUBLISHED}
