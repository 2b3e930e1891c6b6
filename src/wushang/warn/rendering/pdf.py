"""A piece → PDF (or pictures of its pages), set by typst in the measures of GB/T 9704-2012."""

from __future__ import annotations

import json
import threading
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import segno
import typst

from wushang.warn.piece import Piece
from wushang.warn.rendering.fonts import font_map

FOLDER = Path(__file__).parent
_ONE_AT_A_TIME = threading.Lock()  # a Compiler keeps its inputs between calls


def letter_pdf(piece: Piece, font_folder: str = "") -> bytes:
    """A written piece → its PDF."""
    return _set("letter.typ", _letter_data(piece), font_folder)


def letter_pages(piece: Piece, font_folder: str = "", ppi: int = 96) -> list[bytes]:
    """A written piece → one PNG a page, for the preview."""
    pages = _set("letter.typ", _letter_data(piece), font_folder, format="png", ppi=float(ppi))
    return pages if isinstance(pages, list) else [pages]


def sheet_pdf(sheet: dict[str, Any], font_folder: str = "") -> bytes:
    """A form with rows of labels and values (签批单, 签收回执) → its PDF."""
    return _set("sheet.typ", sheet, font_folder)


def _letter_data(piece: Piece) -> dict[str, Any]:
    picture = segno.make(piece.link, error="m").svg_inline(border=0, dark="#000") if piece.link else ""
    return {**asdict(piece), "notes": piece.notes(), "qr": picture}


def _set(template: str, data: dict[str, Any], font_folder: str, **how: Any) -> Any:
    fonts = font_map(font_folder)
    said = json.dumps({**data, "fonts": fonts.as_data()}, ensure_ascii=False)
    with _ONE_AT_A_TIME:
        compiler = _compiler(template, font_folder)
        return compiler.compile(**({"format": "pdf"} | how), sys_inputs={"data": said}, timestamp=0)


@cache
def _compiler(template: str, font_folder: str) -> typst.Compiler:
    return typst.Compiler(str(FOLDER / template), root=str(FOLDER), font_paths=font_map(font_folder).fonts)
