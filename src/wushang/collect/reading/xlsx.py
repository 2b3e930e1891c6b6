"""What the parts of an xlsx say beside its values. A sheet is looked through quickly; only one with oddities is parsed."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from wushang.collect.reading import box
from wushang.collect.reading.extent import Extent
from wushang.collect.reading.oddities import Anatomy, Oddities
from wushang.collect.reading.sheet import refuse

# What is looked for, and a byte of it that plain cells hardly have: a piece without that byte need not be looked through.
ODD = {b't="e"': b"e", b"hidden=": b"d", b"='": b"'", b"\x00": b"\x00"}  # NUL: not UTF-8, so parse
FORMULA = {b"<f": (b"<f>", b"<f ", b"<f/"), b":f": (b":f>", b":f ")}  # looked for only where the shorter is
PERCENT_IDS = {9, 10}  # built-in formats 0% and 0.00%
COLUMNS = 16_384


def anatomy(content: bytes, file_name: str) -> Anatomy:
    """What the workbook says beside its values; Refused where it is a bomb or calls for things outside itself."""
    parts = _plain(box.parts(content, file_name), file_name)
    if any(name.lower().endswith(".bin") and "workbook" in name.lower() for name in parts):
        why = "这是二进制工作簿（xlsb），公式错误看不出来"
        raise refuse("xlsb", "文件", file_name, why, "请用 WPS 或 Excel 另存为 xlsx 后再上传")
    found = Anatomy(
        macros=any("vbaproject" in name.lower() for name in parts),
        links=any("externallinks/" in name.lower() for name in parts),
    )
    if "xl/workbook.xml" not in parts:  # errors would go unseen
        raise box.torn(file_name)
    _workbook(content, parts, file_name, found)
    return found


def _plain(parts: dict[str, zipfile.ZipInfo], file_name: str) -> dict[str, zipfile.ZipInfo]:
    """Parts by small letters and plain strokes, as readers look for them; two that would be one are no honest workbook."""
    found = {name.replace("\\", "/").lower(): part for name, part in parts.items()}
    if len(found) < len(parts):
        raise box.torn(file_name)
    return found


def _workbook(content: bytes, parts: dict[str, zipfile.ZipInfo], file_name: str, found: Anatomy) -> None:
    book = _elements(_part(content, parts, "xl/workbook.xml", file_name), file_name)
    links = _elements(_part(content, parts, "xl/_rels/workbook.xml.rels", file_name), file_name)
    targets = {a.get("Id", ""): a.get("Target", "") for name, a in links if name == "Relationship"}
    found.since_1904 = any(a.get("date1904") in ("1", "true") for name, a in book if name == "workbookPr")
    percent = _percent_styles(_part(content, parts, "xl/styles.xml", file_name), file_name)
    if "xl/sharedstrings.xml" in parts:  # measured before the reader takes it into memory
        for piece in box.opened(content, parts["xl/sharedstrings.xml"], file_name):
            _no_entities(piece, file_name)
    for name, said in book:
        target = targets.get(said.get("id", ""), "") if name == "sheet" else ""
        place = posixpath.normpath(posixpath.join("xl", target.replace("\\", "/"))).lstrip("/").lower()
        part = parts.get(place) if target else None
        if part is not None and _is_odd(content, part, percent, file_name):
            parsed = _Sheet(percent)
            found.sheets[said.get("name", "")] = parsed.read(box.opened(content, part, file_name), file_name)
            parsed.extent.refuse_far(file_name)


def _part(content: bytes, parts: dict[str, zipfile.ZipInfo], name: str, file_name: str) -> bytes:
    return box.whole(content, parts[name], file_name) if name in parts else b""


def _is_odd(content: bytes, part: zipfile.ZipInfo, percent: set[str], file_name: str) -> bool:
    """Whether the sheet has anything to parse for; all of it is unpacked, so that a false size is noticed. Refused where its
    few cells lie far apart."""
    needles, odd, rest = [f's="{style}"'.encode() for style in percent], False, b""
    extent = Extent()
    for piece in box.opened(content, part, file_name):
        text = rest + piece
        _no_entities(text, file_name)
        odd = odd or _has_odd(text) or any(needle in text for needle in needles) or _has_formula(text)
        whole = text.rfind(b">") + 1
        extent.add(text[:whole])
        rest = text[whole:]
    extent.refuse_far(file_name)
    return odd or not extent.plain


def _has_odd(text: bytes) -> bool:
    return any(rare in text and needle in text for needle, rare in ODD.items())


def _has_formula(text: bytes) -> bool:
    return b"f" in text and any(short in text and any(whole in text for whole in wholes) for short, wholes in FORMULA.items())


def _no_entities(text: bytes, file_name: str) -> None:
    if b"<!" in text and (b"<!DOCTYPE" in text or b"<!ENTITY" in text):
        why = "文件里夹带了表格以外的指令（XML 实体），没有打开"
        raise refuse("entities", "文件", file_name, why, "请用 WPS 或 Excel 另存为新的 xlsx 后再上传")


def _elements(text: bytes, file_name: str) -> list[tuple[str, dict[str, str]]]:
    """Elements of a small part in their order: name and attributes without prefixes."""
    found: list[tuple[str, dict[str, str]]] = []
    _no_entities(text, file_name)
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, said: found.append((_bare(name), {_bare(k): v for k, v in said.items()}))
    _fed(parser, [text] if text else [], file_name)
    return found


def _fed(parser: Any, pieces: Iterator[bytes] | list[bytes], file_name: str) -> None:
    try:
        fed = [parser.Parse(piece) for piece in pieces]
        if fed:
            parser.Parse(b"", True)
    except expat.ExpatError:
        raise box.torn(file_name) from None


def _bare(name: str) -> str:
    return name.rpartition(":")[2]


def _percent_styles(text: bytes, file_name: str) -> set[str]:
    """Numbers of the cell styles that show a number as percent."""
    formats, styles, inside = set(PERCENT_IDS), [], False
    for name, said in _elements(text, file_name):
        if name == "numFmt" and re.search(r'%(?=(?:[^"]*"[^"]*")*[^"]*$)', said.get("formatCode", "")):
            formats.add(int(said.get("numFmtId", "-1")))
        inside = name == "cellXfs" or (inside and name not in ("cellStyles", "dxfs", "cellStyleXfs"))
        if inside and name == "xf":
            styles.append(said.get("numFmtId", "0"))
    return {str(at) for at, number in enumerate(styles) if number.isdigit() and int(number) in formats}


class _Sheet:
    """One sheet, parsed cell by cell."""

    def __init__(self, percent: set[str]) -> None:
        self.percent, self.found, self.extent = percent, Oddities(), Extent()
        self.line, self.place = -1, -1
        self.kind, self.style = "", ""
        self.value: str | None = None
        self.formula: str | None = None
        self.text: list[str] | None = None

    def read(self, pieces: Iterator[bytes], file_name: str) -> Oddities:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.CharacterDataHandler = self.data
        _fed(parser, pieces, file_name)
        return self.found

    def start(self, name: str, said: dict[str, str]) -> None:
        name = _bare(name)
        if name == "c":
            self.place = _column(said["r"]) if "r" in said else self.place + 1
            self.kind, self.style, self.value, self.formula = said.get("t", "n"), said.get("s", ""), None, None
        elif name in ("v", "f"):
            self.text = []
        elif name == "row":
            self.line = int(said["r"]) - 1 if said.get("r", "").isdigit() else self.line + 1
            self.place = -1
            if said.get("hidden") in ("1", "true"):
                self.found.hidden_rows.add(self.line)
        elif name == "col" and said.get("hidden") in ("1", "true"):
            last = min(int(said.get("max", "0")), COLUMNS)
            self.found.hidden_columns.update(range(int(said.get("min", "1")) - 1, last))

    def data(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)

    def end(self, name: str) -> None:
        name = _bare(name)
        if name == "v":
            self.value, self.text = "".join(self.text or ()), None
        elif name == "f":
            self.formula, self.text = "".join(self.text or ()), None
        elif name == "c":
            self.cell((self.line, self.place))

    def cell(self, at: tuple[int, int]) -> None:
        if self.value or self.formula is not None:
            self.extent.filled += 1
            self.extent.bottom, self.extent.right = max(self.extent.bottom, at[0] + 1), max(self.extent.right, at[1] + 1)
        if self.formula is not None:
            self.found.formulas += 1
        if self.kind == "e":
            self.found.errors[at] = self.value or "#N/A"
        elif self.formula is not None and not self.value and self.kind != "str":
            self.found.bare[at] = f"={self.formula or '公式'}"
        if self.kind == "n" and self.style in self.percent and self.value:
            self.found.percents.add(at)


def _column(name: str) -> int:
    """'AB12' → 27."""
    number = 0
    for letter in name:
        if not letter.isalpha():
            break
        number = number * 26 + ord(letter.upper()) - 64
    return number - 1
