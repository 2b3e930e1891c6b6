"""The words that `then:` may say, as `terms/actions.yaml` lists them."""

import functools
from importlib.resources import files
from typing import Any

import yaml


@functools.cache
def actions() -> dict[str, Any]:
    """Word → what the list says of it."""
    said = yaml.safe_load((files("wushang.terms") / "actions.yaml").read_text(encoding="utf-8"))
    return said if isinstance(said, dict) else {one["code"]: one for one in said}
