"""A piece → Word for editing, in the same layout as the PDF (GB/T 9704-2012)."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor

from wushang.warn.piece import Attachment, Block, Piece

# Names by which the receiving office's Word finds its own licensed faces; none is embedded.
BODY, TITLE, HEADING, SONG = "仿宋_GB2312", "方正小标宋简体", "黑体", "宋体"
RED = RGBColor(0xC0, 0x00, 0x00)
PITCH = Pt(28.95)
CHARACTER = 15.75  # points: 28 characters across 156 mm


def letter_word(piece: Piece) -> bytes:
    """A written piece → docx."""
    document: Any = Document()
    _page(document, piece)
    _head(document, piece)
    for block in piece.blocks:
        _block(document, block)
    _notes(document, piece)
    _signature(document, piece)
    for number, attachment in enumerate(piece.attachments, 1):
        _attachment(document, attachment, number if len(piece.attachments) > 1 else None)
    _tail(document, piece)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Any, piece: Piece) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(21)
    document.settings.odd_and_even_pages_header_footer = True
    if (grid := section._sectPr.find(qn("w:docGrid"))) is not None:
        section._sectPr.remove(grid)  # lines have an exact pitch of their own
    _normal(document.styles["Normal"])
    if piece.form == "letter":
        _letter_frame(section, piece)
    _page_number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)
    if piece.band:
        for header in (section.header, section.even_page_header):
            _band(header.paragraphs[0], piece)


def _normal(style: Any) -> None:
    """仿宋三号, 28 to a line by closer setting (a character grid is read differently by other word processors)."""
    style.font.size = Pt(16)
    properties = style.element.get_or_add_rPr()
    _face(properties, BODY)
    spacing = OxmlElement("w:spacing")
    _attributes(spacing, val=str(round((CHARACTER - 16) * 20)))
    properties.insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:lang")
    language = properties.find(qn("w:lang"))
    _attributes(language if language is not None else _element(properties, "w:lang"), val="en-US", eastAsia="zh-CN")


def _letter_frame(section: Any, piece: Piece) -> None:
    """信函格式: the red mark 30 mm from the top with thick-over-thin line, thin-over-thick 20 mm from the foot."""
    section.different_first_page_header_footer = True
    section.header_distance, section.footer_distance = Mm(12 if piece.band else 28), Mm(18)
    header = section.first_page_header
    mark = header.paragraphs[0]
    if piece.band:
        _band(mark, piece)
        mark.paragraph_format.space_after = Mm(10)
        mark = header.add_paragraph()
    _run(mark, piece.issuer, TITLE, min(30.0, 430 / len(piece.issuer)), RED)
    mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _across(mark)
    _border(mark, "bottom", "thickThinSmallGap", 18, 11)
    foot = section.first_page_footer.paragraphs[0]
    _across(foot)
    _border(foot, "top", "thinThickSmallGap", 18, 1)


def _across(paragraph: Any) -> None:
    """170 mm wide: 8 mm beyond the text on the left, 6 mm on the right."""
    paragraph.paragraph_format.left_indent, paragraph.paragraph_format.right_indent = Mm(-8), Mm(-6)


def _head(document: Any, piece: Piece) -> None:
    if piece.form == "letter":
        number = _paragraph(document, piece.number, indent=False)
        number.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    else:
        mark_text = piece.issuer + "文件"
        mark = _paragraph(document, "", indent=False)
        mark.paragraph_format.space_before, mark.paragraph_format.line_spacing_rule = Mm(35), WD_LINE_SPACING.SINGLE
        mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(mark, mark_text, TITLE, min(42.0, 430 / len(mark_text)), RED)
        _paragraph(document, "", indent=False)
        number = _paragraph(document, piece.number, indent=False)
        number.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _border(number, "bottom", "single", 12, 11)
    _paragraph(document, "", indent=False)
    _title(document, piece.heading)
    _paragraph(document, "", indent=False)
    _paragraph(document, piece.to, indent=False)


def _title(document: Any, lines: tuple[str, ...]) -> None:
    title = _paragraph(document, "", indent=False)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.line_spacing = Pt(34)
    for number, line in enumerate(lines):
        run = _run(title, line, TITLE, 22)
        if number < len(lines) - 1:
            run.add_break()


def _block(document: Any, block: Block) -> None:
    if block.kind == "table":
        _table(document, block)
    else:
        _paragraph(document, block.text, face=HEADING if block.kind == "heading" else BODY)


def _table(document: Any, block: Block) -> None:
    """As wide as the text; columns by their longest entry, as in the PDF; a row is never cut by a page."""
    rows = (block.columns, *block.rows)
    weights = [max(5, *(len(row[n]) for row in rows)) for n in range(len(block.columns))]
    table = document.add_table(rows=0, cols=len(block.columns))
    table.style, table.autofit = "Table Grid", False
    widths = [Emu(int(Mm(156) * weight / sum(weights))) for weight in weights]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for number, row in enumerate(rows):
        line = table.add_row()
        _element(line._tr.get_or_add_trPr(), "w:cantSplit")
        for cell, text, width in zip(line.cells, row, widths, strict=True):
            cell.width, cell.vertical_alignment = width, WD_ALIGN_VERTICAL.CENTER
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(4)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _run(paragraph, text, HEADING if number == 0 else BODY, 12)


def _notes(document: Any, piece: Piece) -> None:
    if notes := piece.notes():
        _paragraph(document, "", indent=False)
        for note in notes:
            _paragraph(document, note)


def _signature(document: Any, piece: Piece) -> None:
    """Date four characters from the right edge, the name centred over it."""
    half = max(4 * CHARACTER + _width(piece.signed) / 2, _width(piece.signer) / 2)
    for _ in range(2):
        _paragraph(document, "", indent=False)
    for text in (piece.signer, piece.signed):
        line = _paragraph(document, "", indent=False)
        line.paragraph_format.tab_stops.add_tab_stop(Emu(Mm(156) - Pt(half)), WD_TAB_ALIGNMENT.CENTER)
        line.paragraph_format.keep_together = line.paragraph_format.keep_with_next = text == piece.signer
        _run(line, "\t" + text, BODY, 16)


def _width(text: str) -> float:
    return sum(16.0 if ord(c) > 0x2E7F else 8.0 for c in text)


def _attachment(document: Any, attachment: Attachment, number: int | None) -> None:
    label = _paragraph(document, f"附件{number or ''}", indent=False, face=HEADING)
    label.paragraph_format.page_break_before = True
    _paragraph(document, "", indent=False)
    _title(document, (attachment.title,))
    _paragraph(document, "", indent=False)
    for place, line in enumerate(attachment.lines, 1):
        _paragraph(document, f"{place}. {line}")


def _tail(document: Any, piece: Piece) -> None:
    """版记; a letter's has no lines. The verify code stands last."""
    lines = [f"抄送：{piece.copies}。"] if piece.copies else []
    if piece.form == "document":
        lines.append(f"{piece.issuer}\t{piece.signed}印发")
    _paragraph(document, "", indent=False)
    for number, text in enumerate(lines):
        line = _paragraph(document, "", indent=False)
        line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(14)
        line.paragraph_format.tab_stops.add_tab_stop(Emu(Mm(156) - Pt(14)), WD_TAB_ALIGNMENT.RIGHT)
        _run(line, text, BODY, 14)
        if piece.form == "document":
            _border(line, "top", "single", 8 if number == 0 else 6, 1)
            if number == len(lines) - 1:
                _border(line, "bottom", "single", 8, 1)
    if piece.code:
        _run(_paragraph(document, "", indent=False), f"核验码 {piece.code}", BODY, 10.5)


def _paragraph(document: Any, text: str, *, indent: bool = True, face: str = BODY) -> Any:
    paragraph = document.add_paragraph()
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, PITCH
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):  # no gap between characters and figures
        off = OxmlElement(name)
        _attributes(off, val="0")
        paragraph._p.get_or_add_pPr().insert_element_before(off, *_AFTER_BORDERS[_AFTER_BORDERS.index(name) + 1 :])
    if indent:
        shape.first_line_indent = Pt(2 * CHARACTER)
        _attributes(paragraph._p.get_or_add_pPr().get_or_add_ind(), firstLineChars="200")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    if text:
        _run(paragraph, text, face, 16)
    return paragraph


def _run(paragraph: Any, text: str, face: str, size: float, colour: RGBColor | None = None) -> Any:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    if colour is not None:
        run.font.color.rgb = colour
    _face(run._r.get_or_add_rPr(), face)
    return run


def _face(properties: Any, face: str) -> None:
    fonts = properties.get_or_add_rFonts()
    _attributes(fonts, ascii=face, hAnsi=face, eastAsia=face, cs=face)


def _band(paragraph: Any, piece: Piece) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, piece.band, HEADING, 12)


def _page_number(paragraph: Any, side: Any) -> None:
    """— 1 — in half-width 四号宋体, odd pages right, even pages left, one character in."""
    paragraph.alignment = side
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
    _run(paragraph, "— ", SONG, 14)
    run = _run(paragraph, "", SONG, 14)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = _element(run._r, "w:fldChar" if kind else "w:instrText")
        if kind:
            _attributes(part, fldCharType=kind)
        else:
            part.text = text
    _run(paragraph, " —", SONG, 14)


def _border(paragraph: Any, side: str, kind: str, eighths: int, space: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.insert_element_before(borders, *_AFTER_BORDERS)
    colour = "000000" if kind == "single" and eighths < 12 else "C00000"
    _attributes(_element(borders, f"w:{side}"), val=kind, sz=str(eighths), space=str(space), color=colour)


# The schema wants a paragraph's properties in this order after its borders.
_AFTER_BORDERS = (
    "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct", "w:topLinePunct",
    "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind",
    "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment",
    "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip


def _element(parent: Any, name: str) -> Any:
    child = OxmlElement(name)
    parent.append(child)
    return child


def _attributes(element: Any, **values: str) -> None:
    for name, value in values.items():
        element.set(qn(f"w:{name}"), value)
