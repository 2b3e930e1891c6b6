"""An old xls written by hand: a compound file around BIFF8 records. Just enough for tests; Excel and WPS write the same."""

from __future__ import annotations

import struct

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
ERRORS = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42}
PLAIN, DAY, PERCENT = 0, 1, 2  # cell styles


class Formula:
    """A formula with the result that the file holds: a number, an error or a text."""

    def __init__(self, result: float | str) -> None:
        self.result = result


class Day(float):
    """A day number shown as a date."""


class Percent(float):
    """A number shown as percent."""


def xls(*lines: list, sheets=(), merged=(), hidden_rows=(), hidden_columns=(), since_1904=False, vba=False, name="Sheet1") -> bytes:
    """`sheets` are further ones: (name, lines). Cells: str, number, Formula, Day, Percent, "#N/A"."""
    book = [(name, _sheet(lines, merged, hidden_rows, hidden_columns))]
    book += [(other, _sheet(rows, (), (), ())) for other, rows in sheets]
    head = [_record(0x0809, struct.pack("<4H2I", 0x0600, 5, 0x0DBB, 0x07CC, 0, 6))]
    head += [_record(0x0042, struct.pack("<H", 1200)), _record(0x0022, struct.pack("<H", since_1904))]
    head += [_record(0x0031, struct.pack("<5H4B", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + b"\x05\x00Arial")] * 4
    head += [_record(0x041E, struct.pack("<H", 164) + _wide("yyyy-mm-dd", 2)), _record(0x041E, struct.pack("<H", 165) + _wide("0.00%", 2))]
    head += [_record(0x00E0, struct.pack("<3H", 0, form, 0) + bytes(14)) for form in (0, 164, 165)]
    size = sum(map(len, head)) + sum(4 + 6 + len(_wide(n, 1)) for n, _ in book) + 4
    places = b""
    for title, body in book:
        places += _record(0x0085, struct.pack("<IBB", size, 0, 0) + _wide(title, 1))
        size += len(body)
    stream = b"".join(head) + places + _record(0x000A, b"") + b"".join(body for _, body in book)
    return _compound([("Workbook", stream), *([("_VBA_PROJECT_CUR", b"\x01" * 4096)] if vba else [])])


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<2H", kind, len(data)) + data


def _wide(text: str, length: int) -> bytes:
    return struct.pack("<B" if length == 1 else "<H", len(text)) + b"\x01" + text.encode("utf-16-le")


def _sheet(lines, merged, hidden_rows, hidden_columns) -> bytes:
    width = max((len(line) for line in lines), default=1)
    out = [_record(0x0809, struct.pack("<4H2I", 0x0600, 0x10, 0x0DBB, 0x07CC, 0, 6))]
    out += [_record(0x007D, struct.pack("<6H", place, place, 2000, 0, 1, 0)) for place in hidden_columns]
    out.append(_record(0x0200, struct.pack("<2I3H", 0, len(lines), 0, width, 0)))
    out += [_record(0x0208, struct.pack("<6HI", row, 0, width, 255, 0, 0, 0x20 | 0x100)) for row in hidden_rows]
    for row, line in enumerate(lines):
        out += [_cell(row, place, cell) for place, cell in enumerate(line) if cell != ""]
    if merged:
        areas = b"".join(struct.pack("<4H", *area) for area in merged)
        out.append(_record(0x00E5, struct.pack("<H", len(merged)) + areas))
    return b"".join(out) + _record(0x000A, b"")


def _cell(row: int, place: int, cell) -> bytes:
    if isinstance(cell, Formula):
        return _formula(row, place, cell.result)
    if isinstance(cell, str) and cell in ERRORS:
        return _record(0x0205, struct.pack("<3H2B", row, place, PLAIN, ERRORS[cell], 1))
    if isinstance(cell, str):
        return _record(0x0204, struct.pack("<3H", row, place, PLAIN) + _wide(cell, 2))
    style = DAY if isinstance(cell, Day) else PERCENT if isinstance(cell, Percent) else PLAIN
    return _record(0x0203, struct.pack("<3Hd", row, place, style, float(cell)))


def _formula(row: int, place: int, result: float | str) -> bytes:
    if isinstance(result, str) and result in ERRORS:
        held = struct.pack("<6BH", 2, 0, ERRORS[result], 0, 0, 0, 0xFFFF)
    elif isinstance(result, str):
        held = struct.pack("<6BH", 0, 0, 0, 0, 0, 0, 0xFFFF)
    else:
        held = struct.pack("<d", result)
    head = _record(0x0006, struct.pack("<3H", row, place, PLAIN) + held + struct.pack("<HI", 0, 0) + struct.pack("<H", 3) + b"\x1e\x01\x00")
    text = isinstance(result, str) and result not in ERRORS
    return head + (_record(0x0207, _wide(result, 2)) if text else b"")


def _compound(streams: list[tuple[str, bytes]]) -> bytes:
    """Streams in 512-byte sectors: theirs first, then the folder, then the table of sectors."""
    chains: list[int] = []
    body, starts = b"", []
    for _, data in streams:
        data = data.ljust(max(4096, -(-len(data) // 512) * 512), b"\0")
        starts.append((len(chains), len(data)))
        chains += [*range(len(chains) + 1, len(chains) + len(data) // 512), END]
        body += data
    entries = [_entry("Root Entry", 5, END, 0, child=1)]
    for number, ((name, _), (first, size)) in enumerate(zip(streams, starts, strict=True)):
        entries.append(_entry(name, 2, first, size, right=number + 2 if number + 1 < len(streams) else None))
    folder = b"".join(entries).ljust(512, b"\0")
    at = len(chains)
    chains.append(END)
    many = 1
    while (len(chains) + many) * 4 > many * 512:
        many += 1
    table = [len(chains) + n for n in range(many)]
    chains += [FAT] * many
    fat = struct.pack(f"<{len(chains)}I", *chains).ljust(many * 512, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9I", 0, many, at, 0, 4096, END, 0, END, 0)
    head += struct.pack("<109I", *(table + [FREE] * (109 - many)))
    return head + body + folder + fat


def _entry(name: str, kind: int, first: int, size: int, right: int | None = None, child: int | None = None) -> bytes:
    wide = name.encode("utf-16-le").ljust(64, b"\0")
    links = struct.pack("<3I", FREE, FREE if right is None else right, FREE if child is None else child)
    return wide + struct.pack("<H2B", 2 * len(name) + 2, kind, 1) + links + bytes(36) + struct.pack("<2IQ", 0, 0, 0)[:0] + struct.pack("<3I", first, size, 0)
