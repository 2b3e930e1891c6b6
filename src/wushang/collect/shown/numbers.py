"""The four numbers that tie, and the file's own totals beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from wushang.collect import counts
from wushang.collect.footers import ROWS
from wushang.collect.models import Batch

CHANGES = ("new", "changed", "same")


@dataclass(frozen=True)
class Numbers:
    """rows = taken + doubles + waiting, always; taken = same + new + changed where it can be compared."""

    rows: int
    taken: int
    doubles: int
    waiting: int  # open and returned
    returned: int
    new: int
    changed: int
    same: int
    gone: int

    @property
    def open(self) -> int:
        return self.waiting - self.returned


def numbers(batch: Batch) -> Numbers:
    """The numbers of a delivery as it stands now, from the counts kept on it."""
    kept = counts.of(batch)
    settled = kept.get("mended", 0) + kept.get("accepted", 0)
    returned = kept.get("returned", 0)
    known = {name: batch.difference.get(name, 0) + kept.get(name, 0) for name in CHANGES}
    waiting, gone = kept.get("open", 0) + returned, batch.difference.get("gone", 0)
    return Numbers(batch.rows, batch.taken + settled, batch.doubled, waiting, returned, gone=gone, **known)


def tallies(batches: Iterable[Batch]) -> dict[int, Numbers]:
    """The numbers of several deliveries by their pk, without a further query."""
    return {batch.pk: numbers(batch) for batch in batches}


@dataclass(frozen=True)
class Tie:
    """One footer line of the file against its rows; `equal` is None where it cannot be compared."""

    equal: bool | None
    said: str
    details: list[str]


def ties(batch: Batch) -> list[Tie]:
    """Footer lines in words: one figure is said at once, several are folded."""
    found = []
    for row in dict.fromkeys(footer["row"] for footer in batch.footers):
        mine = [footer for footer in batch.footers if footer["row"] == row]
        for equal in (False, True, None):
            some = [footer for footer in mine if footer["equal"] is equal]
            if some:
                found.append(_tie(equal, some))
    return found


def unequal(footer: dict[str, Any]) -> str:
    """A footer that its rows do not make, in one sentence."""
    if footer["column"] == ROWS:
        return _("第 %(row)s 行“%(label)s”写着 %(said)s 行，文件里数到的是 %(ours)s 行") % footer
    return _("第 %(row)s 行“%(label)s”的%(column)s写着 %(said)s，各行加起来是 %(ours)s") % footer


def _tie(equal: bool | None, some: list[dict[str, Any]]) -> Tie:
    each = {
        True: _("%(column)s与文件第 %(row)s 行“%(label)s”一致：%(said)s"),
        None: _("第 %(row)s 行“%(label)s”%(column)s %(said)s：%(why)s"),
    }
    said = [unequal(footer) if equal is False else each[equal] % footer for footer in some]
    if len(some) == 1:
        return Tie(equal, said[0], [])
    many = {
        True: _("%(n)s 列合计与文件第 %(row)s 行“%(label)s”一致"),
        False: _("第 %(row)s 行“%(label)s”有 %(n)s 列与各行相加不同"),
        None: _("第 %(row)s 行“%(label)s”有 %(n)s 列不能相比"),
    }[equal]
    return Tie(equal, many % {**some[0], "n": len(some)}, said)
