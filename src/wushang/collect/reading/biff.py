"""What an xls (BIFF) says beside its values: errors, formulas, percent formats, hidden rows and columns, 1904 days, macros."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from wushang.collect.reading import box
from wushang.collect.reading.oddities import Anatomy, Oddities, Place
from wushang.collect.reading.ole import Compound, Torn
from wushang.collect.reading.sheet import refuse

BOF, EOF, BOUNDSHEET, DATEMODE, FILEPASS, FORMAT, XF = 0x0809, 0x000A, 0x0085, 0x0022, 0x002F, 0x041E, 0x00E0
FORMULA, BOOLERR, NUMBER, RK, MULRK, ROW, COLINFO, SUPBOOK = (
    0x0006, 0x0205, 0x0203, 0x027E, 0x00BD, 0x0208, 0x007D, 0x01AE,
)  # fmt: skip
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
OWN = (0x0401, 0x3A01)  # a reference to this very workbook, to an add-in
Record = tuple[int, bytes]


def anatomy(content: bytes, file_name: str) -> Anatomy:
    """What the workbook says beside its values; Refused where it is locked or torn."""
    try:
        file = Compound(content)
        book = file.read("Workbook", "Book")
        return _anatomy(file.names(), book, file_name)
    except (Torn, struct.error, IndexError):
        raise box.torn(file_name) from None


def _anatomy(names: set[str], book: bytes, file_name: str) -> Anatomy:
    globals_ = list(_records(book, 0))
    if "EncryptedPackage" in names or any(kind == FILEPASS for kind, _ in globals_):
        raise refuse("locked", "文件", file_name, "文件加了密码，打不开", "请去掉密码，另存后再上传")
    found = Anatomy(
        macros=any(name.upper().startswith(("_VBA_PROJECT", "MACROS")) for name in names),
        since_1904=any(kind == DATEMODE and data[:1] == b"\x01" for kind, data in globals_),
        links=any(kind == SUPBOOK and _number(data, 2) not in OWN for kind, data in globals_),
    )
    wide = bool(globals_) and _number(globals_[0][1], 0) >= 0x0600
    percent = _percent_styles(globals_)
    for kind, data in globals_:
        if kind == BOUNDSHEET and data[5:6] == b"\x00":
            start = struct.unpack_from("<I", data)[0]
            found.sheets[_name(data[6:], wide)] = _sheet(_records(book, start), percent)
    return found


def _records(book: bytes, at: int) -> Iterator[Record]:
    """Records from `at` to the end of that part; charts inside it are passed over."""
    depth = 0
    while at + 4 <= len(book):
        kind, size = struct.unpack_from("<2H", book, at)
        data = book[at + 4 : at + 4 + size]
        at += 4 + size
        depth += (kind == BOF) - (kind == EOF)
        if depth == 1 or kind == BOF:
            yield kind, data
        if depth <= 0:
            return


def _number(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<H", data, at)[0]) if len(data) >= at + 2 else 0


def _name(data: bytes, wide: bool) -> str:
    """The name of a sheet: its length, whether two bytes a letter, its letters."""
    if not wide:
        return data[1 : 1 + data[0]].decode("gb18030", "replace")
    if data[1] & 1:
        return data[2 : 2 + 2 * data[0]].decode("utf-16-le", "replace")
    return data[2 : 2 + data[0]].decode("latin-1")


def _percent_styles(records: list[Record]) -> set[int]:
    """Numbers of the cell styles that show a number as percent."""
    formats = {9, 10} | {_number(data, 0) for kind, data in records if kind == FORMAT and b"%" in data[2:]}
    styles = [_number(data, 2) for kind, data in records if kind == XF]
    return {at for at, form in enumerate(styles) if form in formats}


def _sheet(records: Iterator[Record], percent: set[int]) -> Oddities:
    found = Oddities()
    empty: set[Place] = set()  # formulas whose result is no text at all
    for kind, data in records:
        if kind in (FORMULA, BOOLERR, NUMBER, RK):
            _cell(found, kind, data, percent, empty)
        elif kind == MULRK:
            line, place = struct.unpack_from("<2H", data)
            styles = [_number(data, at) for at in range(4, len(data) - 2, 6)]
            found.percents.update((line, place + n) for n, style in enumerate(styles) if style in percent)
        elif kind == ROW and _number(data, 12) & 0x20:
            found.hidden_rows.add(_number(data, 0))
        elif kind == COLINFO and _number(data, 8) & 1:
            found.hidden_columns.update(range(_number(data, 0), min(_number(data, 2), 255) + 1))
    if len(empty) == found.formulas:  # none has a result: the program that wrote the file never reckoned
        found.bare = dict.fromkeys(empty, "=公式")
    return found


def _cell(found: Oddities, kind: int, data: bytes, percent: set[int], empty: set[Place]) -> None:
    line, place, style = struct.unpack_from("<3H", data)
    if style in percent and kind != BOOLERR:
        found.percents.add((line, place))
    if kind == BOOLERR and data[7]:
        found.errors[line, place] = ERRORS.get(data[6], "#N/A")
    elif kind == FORMULA:
        found.formulas += 1
        if data[12:14] == b"\xff\xff":  # the result is no number
            found.percents.discard((line, place))
            if data[6] == 2:
                found.errors[line, place] = ERRORS.get(data[8], "#N/A")
            elif data[6] == 3:
                empty.add((line, place))
