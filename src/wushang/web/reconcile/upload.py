"""A small file of another department: one line a month, the month and its count; titles and other lines are passed over."""

from __future__ import annotations

import re
from datetime import date

from django.utils.translation import gettext as _

from wushang.collect.reading import read
from wushang.people.deed import refuse

MONTH = re.compile(r"(20\d\d)\s*[-年./]?\s*(0?[1-9]|1[0-2])\s*月?(?:份)?(?:[-./]0?1)?(?:\s+00:00:00)?")


def months_of(content: bytes, name: str) -> dict[date, int]:
    """Month → count; Refused with a sentence where nothing can be read or a month stands there twice unlike."""
    found: dict[date, int] = {}
    for sheet in read(content, name):
        for index in range(sheet.cells.height):
            line = sheet.line(index)
            for place, cell in enumerate(line):
                month, count = _month(cell), _count(line[place + 1 :])
                if month and count is not None:
                    if found.setdefault(month, count) != count:
                        raise refuse(
                            "twice", _("%(month)s 在文件里有两个不同的数。") % {"month": f"{month:%Y-%m}"},
                            _("请核对后只留一个，再上传。"), value=name,
                        )  # fmt: skip
                    break
    if not found:
        raise refuse("nothing", _("文件里没有认出“月份、数量”。"), _("每行写一个月份（2026年3月）和一个数，再上传；也可以直接填写。"), value=name)
    return found


def _month(cell: str) -> date | None:
    match = MONTH.fullmatch(cell.strip())
    return date(int(match[1]), int(match[2]), 1) if match else None


def _count(cells: list[str]) -> int | None:
    for cell in cells:
        plain = cell.replace(",", "").strip()
        if re.fullmatch(r"\d+(?:\.0+)?", plain):
            return int(float(plain))
    return None
