"""Which letters there are (文书): a policy's case names one. They are written by the room `warn`, above; here their files are only
looked up by name."""

from functools import cache
from importlib.resources import files

import yaml


@cache
def letters() -> dict[str, str]:
    """Name → title: risk_letter → 《工伤事故风险提示函》."""
    folder = files("wushang") / "warn" / "letters"
    found = sorted((one for one in folder.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name)
    return {one.name.removesuffix(".yaml"): yaml.safe_load(one.read_text(encoding="utf-8"))["title"] for one in found}
