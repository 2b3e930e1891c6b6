"""From likely pairs to links: one for a clear report, proposals for a person where it is likely, nothing for the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings

from wushang.integrate.linkage import records
from wushang.integrate.linkage.injury import names_the_worker, near_in_time, same_day, same_number
from wushang.integrate.linkage.linker import Pair
from wushang.integrate.linkage.records import Row
from wushang.integrate.models import Link, LinkModel

SHOWN = 3  # pairs of one report that a person sees
Clear = Callable[[list[Pair]], bool]


@dataclass(frozen=True)
class Found:
    """Pairs report by report, the likeliest first; what makes the first clear; the model that weighed them."""

    pairs: Iterable[Pair]
    clear: Clear
    model: LinkModel | None = None


def decide(pairs: Iterable[Pair], rows: dict[str, Row], refused: set, clear: Clear) -> Iterator[Link]:
    """Links that are not written yet."""
    for unique, group in groupby(pairs, key=lambda one: one.right):
        row = rows[unique]
        some = [pair for pair in group if (*row.natural, int(pair.left)) not in refused]
        if row.what == "report":
            some = _of_others(row, some)
        sure = bool(some) and clear(some) and (row.what != "report" or same_day(some[0].levels))
        for pair in some[: 1 if sure else SHOWN]:
            yield _link(row, pair, Link.LINKED if sure else Link.OPEN)


def _of_others(row: Row, pairs: list[Pair]) -> list[Pair]:
    """A report joins an injury that is claimed, or one that was reported before; never itself."""
    others = [pair for pair in pairs if int(pair.left) != row.own]
    claims = records.claimed(int(pair.left) for pair in others)
    return [pair for pair in others if int(pair.left) in claims or int(pair.left) < row.own]


def is_clear(some: list[Pair]) -> bool:
    """By the settings of this moment: very likely, near in time, two things that say who it is, no other as near."""
    best = some[0]
    leads = len(some) == 1 or best.weight - some[1].weight >= settings.WUSHANG_LINK_LEAD
    return best.probability >= settings.WUSHANG_LINK_ACCEPT and leads and near_in_time(best.levels) and names_the_worker(best.levels)


def _link(row: Row, pair: Pair, state: str) -> Link:
    return Link(
        what=row.what, source=row.source, sender=row.sender, key=row.key, injury_id=int(pair.left), state=state,
        how="exact" if same_number(pair.levels) else "model", probability=pair.probability, weight=pair.weight, levels=pair.levels,
    )  # fmt: skip
