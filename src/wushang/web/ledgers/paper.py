"""A ledger → PDF for the printer: A4 or A3 landscape, header on every page, 第 n 页 共 m 页 (a browser cannot number pages)."""

from __future__ import annotations

import json
import threading
from functools import cache
from pathlib import Path

import typst
from django.conf import settings
from django.utils.translation import gettext as _

from wushang.pool.ledger import Ledger, Paper, fitted
from wushang.warn.rendering.fonts import font_map
from wushang.web.ledgers.page import sheet

SIDES = {"date": "center", "count": "right", "rate": "right", "text": "left"}
_ONE_AT_A_TIME = threading.Lock()  # a Compiler keeps its inputs between calls


def pdf(ledger: Ledger, paper: Paper, band: str = "") -> bytes:
    """All rows on this paper; `band` is what practice and trial print on each page."""
    columns, size = fitted(ledger.columns, paper)
    told = sheet(ledger)
    said = {
        "title": told.title, "under": told.under, "head": [text for text, _kind in told.head], "rows": [[text for text, _kind in row] for row in told.rows],
        "total": told.total, "note": told.note, "paper": paper.lower(), "size": size, "widths": [column.width for column in columns],
        "sides": [SIDES[column.kind] for column in columns], "band": band, "unit": ledger.heading.unit,
        "pages": _("第 {n} 页 共 {m} 页"), "on": ledger.heading.on.isoformat(),
        "fonts": font_map(settings.WUSHANG_FONT_DIR).as_data(),
    }  # fmt: skip
    with _ONE_AT_A_TIME:
        compiler = _compiler(settings.WUSHANG_FONT_DIR)
        data = compiler.compile(format="pdf", sys_inputs={"data": json.dumps(said, ensure_ascii=False)}, timestamp=0)
    assert isinstance(data, bytes)  # a PDF is one file, however many pages
    return data


@cache
def _compiler(fonts: str) -> typst.Compiler:
    here = Path(__file__).parent
    return typst.Compiler(str(here / "ledger.typ"), root=str(here), font_paths=font_map(fonts).fonts)
