"""What many systems call xls and is text: a page with a table (HTML), or the XML workbook of 2003. Nothing in it is run."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import polars as pl

from wushang.collect.reading.sheet import MARKS, Sheet, blanks_to_null, refuse

LARGEST = 100_000_000  # bytes
WIDEST = 2_000  # columns
HEAD = re.compile(rb"^[\xef\xbb\xbf\xff\xfe\s]*<(?:!doctype|!--|\?xml|html|head|meta|style|body|div|table|workbook)", re.I)
CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?([\w-]+)""", re.I)
NOTHING_TO_READ = ("script", "style", "title")


def is_markup(start: bytes) -> bool:
    """Whether the first bytes of a file are those of a page or of XML."""
    return bool(HEAD.match(start.replace(b"\x00", b"")))


def markup(content: bytes, file_name: str) -> list[Sheet]:
    """Every table or worksheet with a filled cell; Refused where there is none."""
    if len(content) > LARGEST:
        raise refuse("large_file", "文件", file_name, "网页格式的文件太大", "请用 WPS 或 Excel 另存为 xlsx 后再上传")
    reader = _Tables()
    reader.feed(_text(content, file_name))
    reader.close()
    found = [table.sheet(f"表{number}") for number, table in enumerate(reader.tables, 1)]
    sheets = [sheet for sheet in found if sheet.cells.height]
    if not sheets:
        why = "这是网页或 XML，里面没有表格"
        raise refuse("not_a_table", "文件", file_name, why, "请上传 xlsx、xls 或 csv 文件")
    return sheets


def _text(content: bytes, file_name: str) -> str:
    """By its mark, else as it says of itself, else UTF-8, else GB18030; a wrong byte is not guessed over."""
    said = CHARSET.search(content[:4000])
    name = said[1].decode().lower() if said else ""
    tries = ["utf-16"] if content[:2] in (b"\xff\xfe", b"\xfe\xff") else [name, "utf-8-sig", "gb18030"]
    for encoding in tries:
        try:
            return content.decode("gb18030" if encoding.startswith("gb") else encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    why = "文件里有既不是 UTF-8 也不是 GB18030 的字节"
    raise refuse("unreadable_file", "文件", file_name, why, "请用 WPS 或 Excel 打开后另存为 xlsx，再上传")


@dataclass
class _Cell:
    at: int  # the column it asks for, -1: the next free one
    wide: int
    high: int
    words: list[str] = field(default_factory=list)


@dataclass
class _Table:
    """Rows of cells as they come; `sheet` lays them out."""

    name: str = ""
    rows: list[list[_Cell]] = field(default_factory=list)
    hidden: int = 0

    def sheet(self, name: str) -> Sheet:
        grid, marks = self._laid_out()
        width = max((place for _, place in grid), default=-1) + 1
        columns = {str(p): [grid.get((line, p)) for line in range(len(self.rows))] for p in range(width)}
        cells = blanks_to_null(pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))) if columns else pl.DataFrame()
        notes = (f"有 {self.hidden} 行在原表中是隐藏的，也已读取",) if self.hidden else ()
        return Sheet(self.name or name, cells, notes, pl.DataFrame(marks, schema=MARKS, orient="row"))

    def _laid_out(self) -> tuple[dict[tuple[int, int], str], list[tuple[int, int, str, str]]]:
        """Text by line and column; a cell over several lines or columns says the same in each."""
        grid: dict[tuple[int, int], str] = {}
        marks = []
        for line, row in enumerate(self.rows):
            place = 0
            for cell in row:
                place = max(place, cell.at)
                while (line, place) in grid:
                    place += 1
                text, bottom = "".join(cell.words).strip(), min(line + cell.high, len(self.rows))
                for down in range(line, bottom) if place + cell.wide <= WIDEST else ():
                    grid |= {(down, right): text for right in range(place, place + cell.wide)}
                    if bottom - line > 1:
                        marks += [(down, right, "merged", f"{line + 1}—{bottom}") for right in range(place, place + cell.wide)]
                place += cell.wide
        return grid, marks


class _Tables(HTMLParser):
    """HTML and the XML of 2003 differ in names only: table or worksheet, tr or row, td or cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self.open: list[_Table] = []
        self.cell: list[_Cell | None] = []  # the open cell of each open table
        self.silent = 0
        self.sheet_name = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag, said = tag.rpartition(":")[2], {name.rpartition(":")[2]: value or "" for name, value in attrs}
        if tag == "worksheet":
            self.sheet_name = said.get("name", "")
        elif tag == "table":
            self.tables.append(_Table(self.sheet_name))
            self.open.append(self.tables[-1])
            self.cell.append(None)
        elif tag in ("tr", "row") and self.open:
            self._row(said)
        elif tag in ("td", "th", "cell") and self.open and self.open[-1].rows:
            self._cell(said)
        elif tag == "br":
            self.handle_data("\n")
        self.silent += tag in NOTHING_TO_READ

    def _row(self, said: dict[str, str]) -> None:
        table, self.cell[-1] = self.open[-1], None
        while len(table.rows) < min(_count(said.get("index"), 0) - 1, 1_000_000):
            table.rows.append([])  # the XML of 2003 leaves empty rows out
        table.rows.append([])
        style = said.get("style", "").replace(" ", "").lower()
        table.hidden += "display:none" in style or said.get("hidden") == "1"

    def _cell(self, said: dict[str, str]) -> None:
        wide = _count(said.get("colspan"), 1) if "colspan" in said else 1 + _count(said.get("mergeacross"), 0)
        high = _count(said.get("rowspan"), 1) if "rowspan" in said else 1 + _count(said.get("mergedown"), 0)
        cell = _Cell(_count(said.get("index"), 0) - 1, max(wide, 1), max(high, 1))
        self.open[-1].rows[-1].append(cell)
        self.cell[-1] = cell

    def handle_endtag(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        self.silent -= tag in NOTHING_TO_READ and self.silent > 0
        if tag == "table" and self.open:
            self.open.pop()
            self.cell.pop()
        elif tag in ("td", "th", "cell", "tr", "row") and self.cell:
            self.cell[-1] = None

    def handle_data(self, data: str) -> None:
        if self.cell and self.cell[-1] and not self.silent:
            self.cell[-1].words.append(data)


def _count(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else otherwise
