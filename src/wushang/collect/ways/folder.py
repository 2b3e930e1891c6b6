"""收件文件夹: what departments drop by SFTP or carry across networks (跨网摆渡): DIR/<department>/<table>/file.

A file is taken when it has stopped growing, or when `<name>.ok` stands beside it. What was taken goes to done/, what was
not to refused/, each with a .txt that says what came of it. A row of Drop remembers every step, so that a worker killed at
any instant takes nothing twice and loses nothing: the file moves only after its delivery is kept.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from wushang.collect.deeds.cancel_upload import UNCHECKED
from wushang.collect.deeds.check_batch import check
from wushang.collect.deeds.receive_file import refuse_large
from wushang.collect.models import Batch, Drop
from wushang.collect.pieces import Piece, opened
from wushang.collect.shelf import CHANGED
from wushang.collect.ways import slips
from wushang.collect.ways.arriving import Brought, platform, receive
from wushang.collect.ways.dropped import AWAY, Dropped, addressed, files_in
from wushang.people.deed import refuse
from wushang.people.lease import held, renew
from wushang.people.models import Department
from wushang.terms.problem import Problem, Refused

log = logging.getLogger(__name__)


def take_files(at: datetime) -> int:
    """One round over the inbox; returns how many files were settled. One worker at a time."""
    if not settings.WUSHANG_INBOX:
        return 0
    root = Path(settings.WUSHANG_INBOX)
    with held("inbox", at) as mine:
        if not mine or not root.is_dir():
            return 0
        found = list(files_in(root))
        _forget(found)
        return sum(_alone(file, at) for file in found)


def _forget(found: list[Dropped]) -> None:
    """Rows of files that are gone: moved away in a round that was killed, or taken back by their sender."""
    there = {file.place for file in found}
    for drop in Drop.objects.filter(over=False):
        if drop.place not in there and drop.state == Drop.SEEN:
            drop.delete()
        elif drop.place not in there:
            Drop.objects.filter(pk=drop.pk).update(over=True)


def _alone(file: Dropped, at: datetime) -> bool:
    """A file that fails waits for the next round; it does not hold up the others."""
    renew()
    try:
        return _look(file, at)
    except FileNotFoundError:  # its sender took it back meanwhile
        return False
    except Exception:
        log.exception("file in the inbox could not be settled: %s", file.place)
        return False


def _look(file: Dropped, at: datetime) -> bool:
    drop = _seen(file, at)
    still = at - drop.since >= timedelta(seconds=settings.WUSHANG_INBOX_STILL)
    if drop.state == Drop.SEEN and (still or file.marked):
        _take(file, drop, at)
    return drop.state != Drop.SEEN and _settle(file, drop, at)


def _seen(file: Dropped, at: datetime) -> Drop:
    """The row of this file as it looks now; another look is another file."""
    stat = file.path.lstat()
    look = {"size": stat.st_size, "changed": stat.st_mtime_ns}
    drop = Drop.objects.filter(place=file.place, over=False).first()
    if drop and (drop.size, drop.changed) == (stat.st_size, stat.st_mtime_ns):
        return drop
    if drop and drop.state == Drop.SEEN:
        drop.size, drop.changed, drop.since = stat.st_size, stat.st_mtime_ns, at
        drop.save(update_fields=["size", "changed", "since"])
        return drop
    with transaction.atomic():
        Drop.objects.filter(place=file.place, over=False).update(over=True)
        return Drop.objects.create(place=file.place, since=at, **look)


def _take(file: Dropped, drop: Drop, at: datetime) -> None:
    """Keep the file as its deliveries, and that it was taken, in one transaction."""
    try:
        sender, source = addressed(file, at)
        content = _content(file, drop)
        if content is None:
            return
        found = opened(content, file.parts[-1], source, at)
        left = [problem.to_json() for problem in found.left]
        with transaction.atomic():
            batches = [batch for piece in found.pieces if (batch := _received(piece, sender, source, at, left))]
            if not _unchanged(file, drop):
                raise Refused(CHANGED)
            if not batches:
                raise Refused(Problem.from_json(left[0]))
            drop.state, drop.batches, drop.left = Drop.TAKEN, batches, left
            drop.save(update_fields=["state", "batches", "left"])
    except Refused as refused:
        if refused.problem.code == CHANGED.code:  # it is written to still: the next round looks again
            return
        drop.state, drop.problem, drop.batches, drop.left = Drop.REFUSED, refused.problem.to_json(), [], []
        drop.save(update_fields=["state", "problem", "batches", "left"])


def _received(piece: Piece, sender: Department, source: str, at: datetime, left: list[dict[str, str]]) -> int | None:
    """The delivery of one piece; what is refused of it, or was there before, is noted."""
    name = _("收件文件夹（%(who)s）") % {"who": sender.short_name}
    bringer = platform(name, "folder", sender, settings.WUSHANG_INBOX_CONFIRM)
    try:
        batch, again = receive(bringer, at, Brought(piece.content, piece.file_name, sender, source, sheet=piece.sheet))
    except Refused as refused:
        if refused.problem.code == CHANGED.code:
            raise
        left.append(refused.problem.to_json())
        return None
    if again:
        left.append(_again(batch))
    return batch.pk


def _content(file: Dropped, drop: Drop) -> Path | None:
    """Where the file lies, to be read as it goes; None where it has grown meanwhile. Raises Refused."""
    if file.path.is_symlink():
        raise refuse("link", _("这是快捷方式，不是文件。"), _("请放入文件本身。"), value=file.parts[-1])
    refuse_large(drop.size, file.parts[-1])
    return file.path if _unchanged(file, drop) else None


def _unchanged(file: Dropped, drop: Drop) -> bool:
    stat = file.path.lstat()
    return (stat.st_size, stat.st_mtime_ns) == (drop.size, drop.changed)


def _again(batch: Batch) -> dict[str, str]:
    why = _("以前报送过（批次号 %(number)s），没有改动任何数据。") % {"number": batch.number}
    return {
        "code": "same_file",
        "column": "",
        "value": batch.file_name,
        "why": why,
        "remedy": _("没有变动就不用再报。"),
    }


def _settle(file: Dropped, drop: Drop, at: datetime) -> bool:
    """Once it is known what came of it: the slip is written, the file moved, the row closed. Each step may be done again."""
    batches = list(Batch.objects.filter(pk__in=drop.batches).select_related("version").order_by("pk"))
    for batch in batches:
        if batch.state in UNCHECKED:
            check(batch, at)
            batch.refresh_from_db()
    if any(batch.state in UNCHECKED for batch in batches):  # another worker reads it: the next round
        return False
    if drop.state == Drop.TAKEN and all(batch.state == Batch.FAILED for batch in batches):
        drop.state, drop.problem = Drop.REFUSED, batches[0].problem if batches else _gone()
    refused = drop.state == Drop.REFUSED
    words = slips.refused(file.parts, drop.problem, at) if refused else slips.taken(file.parts, batches, drop.left, at)
    slips.move(file.path, AWAY[1] if refused else AWAY[0], words, at)
    file.mark.unlink(missing_ok=True)
    drop.over, drop.at = True, at
    drop.save(update_fields=["state", "problem", "over", "at"])
    return True


def _gone() -> dict[str, str]:
    """Its deliveries were deleted meanwhile."""
    return {
        "code": "gone",
        "column": "",
        "value": "",
        "why": _("这份文件的报送已被取消。"),
        "remedy": _("要报的请重新放入。"),
    }
