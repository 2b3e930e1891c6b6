"""签批: two steps (审核, 签发) or three (with 复审 between), as WUSHANG_SIGN_STEPS says."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wushang.warn.models import Letter, Warning

TITLES: dict[str, Any] = {"review": _("审核"), "countersign": _("复审"), "sign": _("签发")}


def steps() -> tuple[str, ...]:
    """The signatures a letter needs, in order."""
    return ("review", "countersign", "sign") if settings.WUSHANG_SIGN_STEPS == 3 else ("review", "sign")


def waits_for(warning: Warning | Letter) -> str:
    """The next signature; '' when all are there."""
    done = {step.step for step in warning.steps.all() if step.live}
    return "" if "sign_offline" in done else next((step for step in steps() if step not in done), "")
