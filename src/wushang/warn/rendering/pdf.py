"""A piece → PDF (or pictures of its pages), set by typst in the measures of GB/T 9704-2012."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import segno

from wushang.warn.piece import Piece
from wushang.warn.rendering import typeset

FOLDER = Path(__file__).parent


def letter_pdf(piece: Piece, font_folder: str = "") -> bytes:
    """A written piece → its PDF."""
    return typeset.pdf(FOLDER / "letter.typ", _letter_data(piece), font_folder)


def letter_pages(piece: Piece, font_folder: str = "", ppi: int = 96) -> list[bytes]:
    """A written piece → one PNG a page, for the preview."""
    return typeset.pages(FOLDER / "letter.typ", _letter_data(piece), font_folder, ppi)


def sheet_pdf(sheet: dict[str, Any], font_folder: str = "") -> bytes:
    """A form with rows of labels and values (签批单, 签收回执) → its PDF."""
    return typeset.pdf(FOLDER / "sheet.typ", sheet, font_folder)


def _letter_data(piece: Piece) -> dict[str, Any]:
    picture = segno.make(piece.link, error="m").svg_inline(border=0, dark="#000") if piece.link else ""
    return {**asdict(piece), "notes": piece.notes(), "qr": picture}
