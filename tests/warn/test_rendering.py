"""Letters on paper: every field is on it in PDF and in Word, and the layout keeps the standard's measures."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from io import BytesIO

import pytest
from docx import Document
from docx.shared import Mm
from pypdf import PdfReader

from wushang.warn import forms, wording
from wushang.warn.piece import Piece
from wushang.warn.rendering import pdf, word

ISSUER, NUMBER = "云溪市人力资源和社会保障局", "云人社预〔2026〕37号"
LINK = "https://yunxi.example.cn/warn/door/AB12CD34EF56"


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@cache
def piece(name: str, band: str = "") -> Piece:
    letter = wording.letter(name)
    paper = letter.fill(letter.example["given"], issuer=ISSUER, number=NUMBER, signed=date(2026, 3, 19), band=band)
    return paper.stamped(LINK, "salt")


def pdf_text(data: bytes) -> str:
    return bare("".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages))


def word_text(data: bytes) -> str:
    document = Document(BytesIO(data))
    parts = [p.text for p in document.paragraphs]
    parts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    for section in document.sections:
        parts += [p.text for p in (*section.first_page_header.paragraphs, *section.header.paragraphs)]
    return bare("".join(parts))


def pieces_of(name: str) -> list[str]:
    """What must be readable on the paper, line by line."""
    paper = piece(name)
    cells = [c for b in paper.blocks if b.kind == "table" for row in (b.columns, *b.rows) for c in row]
    lines = [b.text for b in paper.blocks if b.kind != "table"]
    extra = [line for a in paper.attachments for line in (a.title, *a.lines)]
    return [bare(t) for t in (*paper.heading, paper.to, *lines, *cells, *extra, ISSUER, NUMBER, paper.signed) if t]


@pytest.mark.parametrize("name", wording.names())
def test_the_pdf_holds_every_line_and_no_open_field(name: str) -> None:
    text = pdf_text(pdf.letter_pdf(piece(name)))
    # lines that cross a page are cut by the page number: compare them by their halves
    assert [t for t in pieces_of(name) if t not in text and not (t[:8] in text and t[-8:] in text)] == []
    assert "{" not in text and piece(name).code in text


@pytest.mark.parametrize("name", wording.names())
def test_the_word_file_holds_every_line_and_no_open_field(name: str) -> None:
    text = word_text(word.letter_word(piece(name)))
    assert [t for t in pieces_of(name) if t not in text] == []
    assert "{" not in text and piece(name).code in text


def test_a_page_holds_22_lines_of_28_characters() -> None:
    letter = wording.letter("revocation")
    given = letter.example["given"] | {"effect": "工" * 2000}
    data = pdf.letter_pdf(letter.fill(given, issuer=ISSUER, number=NUMBER, signed=None))
    lines = [line for line in PdfReader(BytesIO(data)).pages[1].extract_text().splitlines() if "工" in line]
    assert [len(line) for line in lines] == [28] * 22


def test_the_pdf_is_a4_and_the_letter_has_no_page_number_on_its_first_page() -> None:
    pages = PdfReader(BytesIO(pdf.letter_pdf(piece("risk_letter")))).pages
    width, height = (round(float(x) / 72 * 25.4) for x in (pages[0].mediabox.width, pages[0].mediabox.height))
    assert (width, height) == (210, 297)
    assert "—1—" not in bare(pages[0].extract_text()) and "—2—" in bare(pages[1].extract_text())


def test_a_document_numbers_its_first_page_and_ends_with_who_printed_it() -> None:
    pages = PdfReader(BytesIO(pdf.letter_pdf(piece("circular")))).pages
    assert "—1—" in bare(pages[0].extract_text())
    assert "抄送：市委办公室，市人大常委会办公室，市政协办公室。" in bare(pages[-1].extract_text())
    assert "2026年3月19日印发" in bare(pages[-1].extract_text())


def test_the_seal_is_only_a_sample_and_can_be_left_out_for_stamping() -> None:
    letter = wording.letter("revocation")
    paper = {"issuer": ISSUER, "number": NUMBER, "signed": date(2026, 3, 19)}
    sample = letter.fill(letter.example["given"], **paper)
    for_stamp = letter.fill(letter.example["given"], **paper, seal="none")
    assert "样章" in pdf_text(pdf.letter_pdf(sample))
    assert "样章" not in pdf_text(pdf.letter_pdf(for_stamp))


def test_practice_is_printed_on_every_page_of_pdf_and_word() -> None:
    band = "练习数据，不会发送"
    paper = piece("risk_letter", band)
    pages = PdfReader(BytesIO(pdf.letter_pdf(paper))).pages
    assert [band in p.extract_text() for p in pages] == [True] * len(pages)
    assert band in word_text(word.letter_word(paper))


def test_the_same_piece_gives_the_same_bytes() -> None:
    assert pdf.letter_pdf(piece("revocation")) == pdf.letter_pdf(piece("revocation"))


def test_the_word_page_has_the_standards_margins() -> None:
    section = Document(BytesIO(word.letter_word(piece("risk_letter")))).sections[0]
    margins = (section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)
    assert [round(m / Mm(1)) for m in margins] == [37, 28, 26, 35]


def test_the_sign_off_sheet_has_a_box_for_every_step() -> None:
    steps = ["审核", "会签", "签发"]
    sheet = forms.sign_off_sheet(piece("risk_letter"), level="黄色预警", drafted_by="王丽", steps=steps)
    text = pdf_text(pdf.sheet_pdf(sheet))
    for said in (NUMBER, "关于云溪市恒岳杯业有限公司工伤事故的风险提示函", "审核", "会签", "签发", "王丽", "黄色预警"):
        assert said in text


def test_the_receipt_slip_offers_the_five_ways_of_delivery() -> None:
    text = pdf_text(pdf.sheet_pdf(forms.receipt_slip(piece("risk_letter"), enterprise="云溪市恒岳杯业有限公司")))
    for said in (NUMBER, "《风险提示函》", "□当面", "□手机签收", "□邮寄", "□留置", "□公告", "签收人", "见证人"):
        assert said in text


def test_a_place_without_fonts_of_its_own_prints_with_the_open_ones() -> None:
    from wushang.warn.rendering.fonts import font_map

    assert font_map().families["body"] == "Noto Serif SC"
    assert font_map().families["heading"] == "Noto Sans SC"
