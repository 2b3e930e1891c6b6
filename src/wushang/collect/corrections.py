"""订正表 filled in by the department: its rows known again by line and mark, what was changed in each."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from wushang.collect.deeds.check_batch import secret
from wushang.collect.models import Batch, QuarantinedRow
from wushang.collect.reading import Sheet, read
from wushang.people.deed import refuse

MARK = "核对码（请勿改动）"
LINE = "文件行号"
FORM = re.compile(r"^(\d{1,12})-(\d{1,9})-([0-9a-f]{10})$")
MOST = 2_000  # rows of one workbook


def mark(row: QuarantinedRow) -> str:
    """The delivery, the line, and a digest of the row as the file has it: a row is known again even after sorting."""
    key = hashlib.blake2b(secret(), digest_size=32).digest()
    said = hashlib.blake2b(f"{row.batch_id}|{row.row}|{row.raw}".encode(), digest_size=5, key=key).hexdigest()
    return f"{row.batch_id}-{row.row}-{said}"


@dataclass
class Filled:
    """A workbook as it came back: row → field → new text; rows without a change; lines that cannot be matched."""

    batch: int
    changed: dict[int, dict[str, str]] = field(default_factory=dict)
    same: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)


def batch_of(content: bytes, file_name: str) -> int:
    """The delivery that a 订正表 belongs to; 0 where the file is none."""
    found = _table(read(content, file_name))
    if found is None:
        return 0
    sheet, top, place = found
    marks = (FORM.match(sheet.line(i)[place]) for i in range(top + 1, sheet.cells.height))
    return next((int(one[1]) for one in marks if one), 0)


def _table(sheets: list[Sheet]) -> tuple[Sheet, int, int] | None:
    """The sheet, its header line and the column of marks."""
    for sheet in sheets:
        for top in range(min(5, sheet.cells.height)):
            line = sheet.line(top)
            if MARK in line and LINE in line:
                return sheet, top, line.index(MARK)
    return None


def filled(batch: Batch, content: bytes, file_name: str) -> Filled:
    """What the workbook says of this delivery's rows; Refused where it is another delivery's or none."""
    found = _table(read(content, file_name))
    if found is None:
        why = _("这不是平台下载的订正表：找不到“%(a)s”和“%(b)s”两列。") % {"a": LINE, "b": MARK}
        raise refuse("not_corrections", why, _("请在本页下载订正表，在原来的列里改好，再上传。"), value=file_name)
    sheet, top, place = found
    if sheet.cells.height - top > MOST:
        why = _("订正表超过 %(n)d 行。") % {"n": MOST}
        raise refuse("large_file", why, _("请分几份上传，或直接改好原文件重新报送。"), value=file_name)
    said = Filled(batch.pk)
    rows = {row.row: row for row in batch.quarantined.all()} if batch.quarantined.count() <= MOST else None
    for index in range(top + 1, sheet.cells.height):
        _line(said, batch, sheet, top, index, place, rows)
    return said


def _line(said: Filled, batch: Batch, sheet: Sheet, top: int, index: int, place: int, rows) -> None:
    cells = sheet.line(index)
    form = FORM.match(cells[place].strip())
    if not form:
        if any(cells):
            said.unknown.append(index + 1)
        return
    number = int(form[2])
    row = rows.get(number) if rows is not None else batch.quarantined.filter(row=number).first()
    if row is None or mark(row) != cells[place].strip():
        said.unknown.append(index + 1)
        return
    changed = _changes(batch, row, dict(zip(sheet.line(top), cells, strict=True)))
    if changed:
        said.changed[number] = changed
    else:
        said.same.append(number)


def _changes(batch: Batch, row: QuarantinedRow, cells: dict[str, str]) -> dict[str, str]:
    """Field → the new text, for every column whose cell is not what the workbook went out with."""
    raw = dict.fromkeys(batch.absent.values(), "") | json.loads(row.raw)
    titles = batch.absent | batch.header.get("titles", {})
    fields: dict[str, list[str]] = {}
    for name, title in titles.items():
        fields.setdefault(title, []).append(name)
    moved = [title for title in raw if title in cells and cells[title].strip() != str(raw[title]).strip()]
    return {name: cells[title].strip() for title in moved for name in fields.get(title, [])}
