"""From a letter row to paper: the piece as it stands, drawn as PDF, picture or Word, and kept under its digest."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils.translation import gettext as _

from wushang.people.models import User
from wushang.terms.level import Level
from wushang.warn import forms as sheets
from wushang.warn import wording
from wushang.warn.models import Letter, LetterFile
from wushang.warn.pictures import plain
from wushang.warn.piece import Piece, digest
from wushang.warn.rendering import pdf, word

BANDS = {"demo": "练习数据，不会发送", "trial": "试运行", "live": ""}


def piece(letter: Letter, *, seal: str = "sample") -> Piece:
    """The letter as it is written now; with link and code once it has a number."""
    paper = wording.letter(letter.kind).fill(
        letter.values,
        issuer=letter.issuer,
        number=letter.number,
        signed=letter.signed,
        seal=seal,
        band=BANDS[letter.warning.mode if letter.warning else settings.WUSHANG_MODE],
    )
    if not letter.number:
        return paper
    code = letter.code or verify_code(letter, paper)
    return paper.stamped(link(code), letter.salt)


def verify_code(letter: Letter, paper: Piece) -> str:
    return digest(paper, letter.salt)[:16].upper()


def link(code: str) -> str:
    """The address behind the QR code: verifies the letter and leads the enterprise on."""
    return settings.WUSHANG_ADDRESS.rstrip("/") + reverse("warn:door", args=[code])


def letter_pdf(letter: Letter, *, seal: str = "sample") -> bytes:
    return pdf.letter_pdf(piece(letter, seal=seal), settings.WUSHANG_FONT_DIR)


def letter_pages(letter: Letter) -> list[bytes]:
    """Pictures of the pages, for the preview."""
    return pdf.letter_pages(piece(letter), settings.WUSHANG_FONT_DIR)


def letter_word(letter: Letter) -> bytes:
    return word.letter_word(piece(letter))


def sign_off_pdf(letter: Letter, steps: list[str]) -> bytes:
    """签批单 with a box for every step."""
    handler = letter.warning.handler if letter.warning else None
    level = Level(letter.warning.level).zh if letter.warning else ""
    sheet = sheets.sign_off_sheet(piece(letter), level=level, drafted_by=handler.name if handler else "", steps=steps)
    return pdf.sheet_pdf(sheet, settings.WUSHANG_FONT_DIR)


def receipt_pdf(letter: Letter) -> bytes:
    """签收回执, empty, to be signed at the enterprise."""
    slip = sheets.receipt_slip(piece(letter), enterprise=letter.values.get("enterprise", ""))
    return pdf.sheet_pdf(slip, settings.WUSHANG_FONT_DIR)


def keep(letter: Letter, kind: str, name: str, data: bytes, by: User | None, at: datetime) -> LetterFile:
    """Store a file under its SHA-256; a photographed page without what the telephone wrote into it."""
    data = plain(data)
    row = LetterFile(
        letter=letter, kind=kind, sha256=hashlib.sha256(data).hexdigest(), size=len(data), name=name, by=by, at=at
    )
    row.file.save(name, ContentFile(data), save=False)
    row.save()
    return row


def finish(letter: Letter, by: User | None, at: datetime) -> None:
    """Fix the wording of a letter that leaves: its code, its PDF (without a seal where a stamped scan counts) and its Word file."""
    letter.code = verify_code(letter, piece(letter))
    letter.save(update_fields=["code"])
    seal = "none" if letter.official == "scan" else "sample"
    keep(letter, "pdf", file_name(letter, "pdf"), letter_pdf(letter, seal=seal), by, at)
    keep(letter, "docx", file_name(letter, "docx"), letter_word(letter), by, at)


def official_file(letter: Letter) -> LetterFile | None:
    """The file that counts: the stamped scan where there is one, else the issued PDF."""
    return letter.files.filter(kind=letter.official).order_by("-pk").first()


def file_name(letter: Letter, ending: str) -> str:
    """《风险提示函》 云人社预〔2026〕37号.pdf"""
    return f"{letter.title} {letter.number or _('未编号')}.{ending}"


SCAN_KINDS: dict[bytes, str] = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n": "png"}
SCAN_LIMIT = 20 * 1024 * 1024


def scan_ending(data: bytes) -> str:
    """What a brought-in file really is, by its first bytes; '' when it is neither PDF nor JPEG nor PNG."""
    return next((ending for head, ending in SCAN_KINDS.items() if data.startswith(head)), "")


def check_scan(data: bytes, what: Any) -> str:
    """The ending of a scan or photo that may be kept; refuses others with what to do."""
    from wushang.people.deed import refuse

    if not data:
        raise refuse("empty_file", _("%(what)s是空文件。") % {"what": what}, _("请重新扫描或拍照后上传。"))
    if len(data) > SCAN_LIMIT:
        raise refuse("large_file", _("%(what)s超过 20 MB。") % {"what": what}, _("请降低扫描分辨率后再上传。"))
    if not (ending := scan_ending(data)):
        raise refuse(
            "file_kind", _("%(what)s不是 PDF、JPG 或 PNG 文件。") % {"what": what}, _("请另存为 PDF 或照片后再上传。")
        )
    return ending
