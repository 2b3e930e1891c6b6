"""Parts of warn in the pages of rooms above it, which know them by template name alone."""

from typing import Any

from django import template
from django.conf import settings

from wushang.warn import pushing

register = template.Library()


@register.inclusion_tag("warn/_pushes_said.html")
def batch_pushes(injuries: list[dict[str, Any]]) -> dict[str, Any]:
    """推送 n 条 of a delivery that is not landed yet, and what becomes of them in this deployment."""
    return {"n": pushing.expected(injuries), "mode": settings.WUSHANG_MODE, "minutes": settings.WUSHANG_PUSH_HOLD_MINUTES}
