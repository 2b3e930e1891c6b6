"""回执: the text file beside a file of the inbox that says what came of it, and the move to done/ or refused/."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.collect.models import Batch
from wushang.collect.shown import numbers

READ_ME = "说明.txt"
LINE = "\r\n"  # Windows' own editor reads it


def readable(name: str) -> str:
    """A file's name as people read it: names come in UTF-8, and from old machines in GB18030."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")


def refused(parts: tuple[str, ...], problem: dict[str, Any], at: datetime) -> str:
    lines = [
        _("没有接收这份文件。"), "",
        _("文件：%(name)s") % {"name": parts[-1]},
        _("原因：%(why)s") % {"why": problem.get("why", "")},
        _("怎么办：%(what)s") % {"what": problem.get("remedy", "")},
        _("改好后请重新放到：%(place)s") % {"place": "/".join(parts[:-1]) or "/"},
        _("时间：%(at)s") % {"at": _moment(at)},
    ]  # fmt: skip
    return LINE.join(lines) + LINE


def taken(parts: tuple[str, ...], batches: list[Batch], left: list[dict[str, Any]], at: datetime) -> str:
    """What was counted of each delivery; no row and no name is in it, because the folder is read by others."""
    known = all(batch.state != Batch.UNMAPPED for batch in batches)
    lines = [_("已接收。") if known else _("已收到，还没有核对完。"), "", _("文件：%(name)s") % {"name": parts[-1]}]
    lines += [line for batch in batches for line in _lines(batch)]
    lines += [f"{one['value']}：{one['why']}{one['remedy']}" for one in left]
    return LINE.join([*lines, _("时间：%(at)s") % {"at": _moment(at)}]) + LINE


def _lines(batch: Batch) -> list[str]:
    number = _("批次号：%(number)s（%(title)s）") % {"number": batch.number, "title": batch.title}
    if batch.state == Batch.UNMAPPED:
        why = _("原因：%(why)s") % {"why": batch.problem.get("why", "")}
        return [number, why, _("怎么办：经办人会在“数据报送”里指明哪一列是什么，然后继续核对。文件不用再放一次。")]
    if batch.state == Batch.FAILED:
        return [
            number,
            _("读不出：%(why)s") % {"why": batch.problem.get("why", "")},
            str(batch.problem.get("remedy", "")),
        ]
    tally = numbers(batch)
    said = {"rows": tally.rows, "taken": tally.taken, "doubles": tally.doubles, "waiting": tally.waiting}
    lines = [number, _("共 %(rows)d 行：接收 %(taken)d，重复 %(doubles)d，待订正 %(waiting)d。") % said]
    if tally.waiting:
        lines.append(_("待订正的行请登录平台，在“数据报送”里订正；也可以改好文件再放一次。"))
    return lines


def move(path: Path, folder: str, words: str, at: datetime) -> Path:
    """The slip first, then the file: one killed between the two is done again alike."""
    there = path.parent / folder
    there.mkdir(exist_ok=True)
    target = _free(there / path.name, at)
    part = target.with_name(f".{target.name}.part")
    part.write_text(words, encoding="utf-8-sig", newline="")
    part.replace(target.with_name(target.name + ".txt"))
    return path.rename(target)


def _free(target: Path, at: datetime) -> Path:
    """A name that no earlier file has."""
    stamp, n = f"{timezone.localtime(at):%Y%m%d-%H%M%S}", 0
    wanted = target
    while wanted.exists() or wanted.is_symlink():
        n += 1
        wanted = target.with_name(f"{target.stem} {stamp}{f'-{n}' if n > 1 else ''}{target.suffix}")
    return wanted


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
