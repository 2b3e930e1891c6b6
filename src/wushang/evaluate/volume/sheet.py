"""A page of the record (记录页) as data: labels with values, tables, text; and its PDF."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from wushang.warn.rendering import typeset

NOTHING = "—"


def day(value: date | None) -> str:
    """2026-03-05."""
    return (timezone.localdate(value) if isinstance(value, datetime) else value).isoformat() if value else NOTHING


def moment(value: datetime | None) -> str:
    """2026-03-05 08:30, in local time."""
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else NOTHING


def heading(text: Any) -> dict[str, Any]:
    return {"kind": "heading", "text": str(text)}


def text(said: Any) -> dict[str, Any]:
    return {"kind": "text", "text": str(said)}


def facts(*rows: tuple[Any, Any]) -> dict[str, Any]:
    """Labels with values; what has no value is left out."""
    return {
        "kind": "facts",
        "rows": [[str(label), str(value)] for label, value in rows if value not in (None, "", NOTHING)],
    }


def table(head: Sequence[Any], widths: Sequence[float], rows: Iterable[Sequence[Any]]) -> dict[str, Any]:
    """`widths`: shares of the page's width."""
    said = [[str(cell) if cell not in (None, "") else NOTHING for cell in row] for row in rows]
    return {"kind": "table", "head": [str(one) for one in head], "widths": list(widths), "rows": said}


def pdf(title: Any, blocks: Iterable[dict[str, Any]], *, under: str = "", band: str = "", foot: str = "") -> bytes:
    """The page's PDF; the same page gives the same bytes. `band` is what practice and trial print on every page."""
    said = {"title": str(title), "blocks": list(blocks), "under": under, "band": band, "foot": foot}
    return typeset.pdf(Path(__file__).with_name("record.typ"), said, settings.WUSHANG_FONT_DIR)
