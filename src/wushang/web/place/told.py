"""Every variable of the environment in the office's words: its value, its unit, what it does. Secrets never show."""

from __future__ import annotations

import functools
import os
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from wushang.web import environment, figures

FILE = Path(__file__).with_name("settings.yaml")


@functools.cache
def groups() -> list[dict[str, Any]]:
    """settings.yaml as written: [{title, rows: [{name, title, unit, says, words, secret}]}]."""
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def settings_of_place() -> list[dict[str, Any]]:
    """[{title, rows: [{name, title, value, unit, says, own}]}]; what nobody described stands last, without its value."""
    told = [{"title": group["title"], "rows": [_row(row) for row in group["rows"]]} for group in groups()]
    named = {row["name"] for group in groups() for row in group["rows"]}
    rest = sorted(name for name in environment.ASKED if name.startswith("WUSHANG_") and name not in named)
    if rest:
        told.append({"title": _("其他"), "rows": [_row({"name": name, "title": name, "says": "", "secret": True}) for name in rest]})
    return told


def _row(row: dict[str, Any]) -> dict[str, Any]:
    name = row["name"]
    own = name in os.environ or f"{name}_FILE" in os.environ
    hidden = _("已设，不显示") if own else _("没有另设")
    value = hidden if row.get("secret") else _value(name, row.get("words", {}), bool(row.get("unit")))
    told = {"name": name, "title": row["title"], "value": value, "unit": row.get("unit", ""), "says": row["says"], "own": own}
    return told | {"default": not own and not row.get("secret")}


def _value(name: str, words: dict[str, str], counts: bool) -> str:
    value = environment.text(name, environment.ASKED[name])
    if counts and value.isdigit():
        return figures.count(int(value))
    return words.get(value, value) or figures.NO_VALUE
