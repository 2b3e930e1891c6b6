"""Letters on paper: pictures for the preview, PDF, Word, 签批单, 签收回执, kept files with their digests."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from wushang.people import audit
from wushang.people.page import allowed
from wushang.warn import papers, signing
from wushang.warn.inbox import READERS
from wushang.warn.models import DeliveryReceipt, Letter, LetterFile
from wushang.warn.piece import Piece
from wushang.warn.rendering import pdf
from wushang.warn.views._answers import letter_in_scope, letter_to_read, warning_in_scope

KINDS = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
PDF, WORD = "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@lru_cache(maxsize=64)
def _pages(piece: Piece, code: str, font_folder: str) -> tuple[bytes, ...]:
    return tuple(pdf.letter_pages(piece, font_folder))


def pages_of(letter: Letter) -> tuple[bytes, ...]:
    """PNG pages of the letter as it is now; drawn once for the same wording."""
    from django.conf import settings

    piece = papers.piece(letter)
    return _pages(piece, piece.code, settings.WUSHANG_FONT_DIR)


@allowed("warn.see")
def page(request: HttpRequest, pk: int, page: int) -> HttpResponse:
    drawn = pages_of(letter_in_scope(request, pk))
    if not 1 <= page <= len(drawn):
        raise Http404
    answer = HttpResponse(drawn[page - 1], content_type="image/png")
    answer["Cache-Control"] = "private, no-cache"
    return answer


def _print(letter: Letter) -> tuple[bytes, str, str]:
    return papers.letter_pdf(letter, seal="none"), papers.file_name(letter, "pdf"), PDF


def _pdf(letter: Letter) -> tuple[bytes, str, str]:
    """As issued, once it is: the kept file, not one drawn anew from today's wording."""
    kept = papers.official_file(letter) if letter.code else None
    if kept is not None:
        with kept.file.open("rb") as held:
            return held.read(), kept.name, KINDS.get(kept.name.rsplit(".", 1)[-1].lower(), PDF)
    return papers.letter_pdf(letter), papers.file_name(letter, "pdf"), PDF


def _word(letter: Letter) -> tuple[bytes, str, str]:
    return papers.letter_word(letter), papers.file_name(letter, "docx"), WORD


def _sign_off(letter: Letter) -> tuple[bytes, str, str]:
    steps = [str(signing.TITLES[step]) for step in signing.steps()]
    return papers.sign_off_pdf(letter, steps), f"签批单 {papers.file_name(letter, 'pdf')}", PDF


def _receipt(letter: Letter) -> tuple[bytes, str, str]:
    return papers.receipt_pdf(letter), f"签收回执 {papers.file_name(letter, 'pdf')}", PDF


PAPERS: dict[str, Callable[[Letter], tuple[bytes, str, str]]] = {
    "pdf": _pdf, "print": _print, "word": _word, "sign_off": _sign_off, "receipt": _receipt,
}  # fmt: skip


@allowed(*READERS)
def paper(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """`what`: pdf (样章), print (for stamping), word, sign_off, receipt. Every download is in the audit log."""
    letter = letter_to_read(request, pk) if what == "pdf" else letter_in_scope(request, pk)
    if what not in PAPERS:
        raise Http404
    data, name, kind = PAPERS[what](letter)
    _log(request, f"letter:{letter.pk}", what)
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(what == "word", name)
    return answer


@allowed("warn.see")
def file(request: HttpRequest, pk: int) -> Any:
    """A kept file: the issued PDF, the stamped scan."""
    row = LetterFile.objects.select_related("letter").filter(pk=pk).first()
    if row is None:
        raise Http404
    letter_in_scope(request, row.letter_id)
    _log(request, f"letter:{row.letter_id}", row.kind)
    return FileResponse(row.file.open("rb"), filename=row.name)


@allowed("warn.see")
def photo(request: HttpRequest, pk: int) -> Any:
    """The photo of a delivery."""
    receipt = DeliveryReceipt.objects.filter(pk=pk).exclude(photo="").first()
    if receipt is None:
        raise Http404
    warning_in_scope(request, receipt.warning_id)
    _log(request, f"warning:{receipt.warning_id}", "photo")
    return FileResponse(receipt.photo.open("rb"))


def _log(request: Any, subject: str, what: str) -> None:
    audit.write(request.actor, request.now, "warn.download", subject, {"what": what})
