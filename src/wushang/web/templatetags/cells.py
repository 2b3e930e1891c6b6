"""{% load cells %}: how a cell of _table.html stands."""

from __future__ import annotations

import re
from typing import Any

from django import template

register = template.Library()
SHORT = 6  # characters: a town, a verb, a state
WHOLE = re.compile(r"\d{4}-\d{2}(-\d{2})?( \d{2}:\d{2})?|\d{1,2}月\d{1,2}日.{0,12}|[0-9A-Z]{18}|[^〔〕]{1,20}〔\d{4}〕\d+号")


@register.filter
def unbroken(cell: Any) -> bool:
    """Whether a cell keeps to one line: a date, a 文号, a 信用代码, a short word."""
    text = str(cell.get("text", "") if isinstance(cell, dict) else cell)
    return len(text) <= SHORT or bool(WHOLE.fullmatch(text))
