"""A ledger → PDF for the printer: A4 or A3 landscape, header on every page, 第 n 页 共 m 页 (a browser cannot number pages)."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from wushang.pool.ledger import Ledger, Paper, fitted
from wushang.warn.rendering import typeset
from wushang.web.ledgers.page import sheet

SIDES = {"date": "center", "count": "right", "rate": "right", "text": "left"}


def pdf(ledger: Ledger, paper: Paper, band: str = "") -> bytes:
    """All rows on this paper; `band` is what practice and trial print on each page."""
    columns, size = fitted(ledger.columns, paper)
    told = sheet(ledger)
    said = {
        "title": told.title, "under": told.under, "head": [text for text, _kind in told.head], "rows": [[text for text, _kind in row] for row in told.rows],
        "total": told.total, "note": told.note, "paper": paper.lower(), "size": size, "widths": [column.width for column in columns],
        "sides": [SIDES[column.kind] for column in columns], "band": band, "unit": ledger.heading.unit,
        "pages": _("第 {n} 页 共 {m} 页"), "on": ledger.heading.on.isoformat(),
    }  # fmt: skip
    return typeset.pdf(Path(__file__).with_name("ledger.typ"), said, settings.WUSHANG_FONT_DIR)
