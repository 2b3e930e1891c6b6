"""A place of an earlier correction as it stands at a later version of the data: what was told there and is otherwise now. Writes
nothing. Places of other rooms (prints, exported ledgers, 对账) are web's."""

from __future__ import annotations

from wushang.warn import printed
from wushang.warn.corrected import Use, of_paper, push_use, pushed, versions
from wushang.warn.models import Letter, Push, Warning


def letter(ref: int, number: int) -> list[Use] | None:
    """All figures of an issued letter, or of a 更正说明, that hold no longer; None where it is gone."""
    found = Letter.objects.filter(pk=ref).exclude(warning=None).values_list("warning", flat=True).first()
    return _of(found, ref, number) if found else None


def piece(ref: int, number: int) -> list[Use] | None:
    """The same of a piece that has not left."""
    return _of(ref, None, number)


def _of(warning: int, letter: int | None, number: int) -> list[Use] | None:
    held = Warning.objects.filter(pk=warning).select_related("finding__version").prefetch_related("letters__deliveries", "letters__receipts").first()
    if held is None:
        return None
    now = printed.told(held, number)
    of_it = (paper for paper in printed.papers(held, number) if (paper.letter.pk if paper.letter else None) == letter)
    return [use for paper in of_it for use in of_paper(held, paper, paper.told, now)]


def push(ref: int, number: int) -> list[Use] | None:
    """The one injury of which a push told."""
    held = Push.objects.filter(pk=ref).prefetch_related("deliveries").first()
    if held is None:
        return None
    was, now = (pushed(versions([held.injury_id], known).get(held.injury_id), held) for known in (held.commit, number))
    return [push_use(held, was, now)] if was != now else []


OF_KIND = {"letter": letter, "warning": piece, "push": push}
