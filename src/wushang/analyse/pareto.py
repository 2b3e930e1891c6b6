"""Which few groups make up most of the accidents (S0.13 一企一查): the greatest first, the others as 其他, all of them together
a hundred per cent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from wushang.analyse.dimensions.worker import band, band_name
from wushang.analyse.injuries import REACHED
from wushang.analyse.measures import Ask
from wushang.pool.models import InjuryVersion
from wushang.statistics.shares import rank_bands, shares

NAMED, REST, UNKNOWN = "named", "rest", "unknown"  # a row is one group, all that are not named (其他), or 不详


@dataclass(frozen=True)
class Row:
    """A group, its cases, its share and that of all rows down to it, in per cent as printed; the exact 95 % interval of the share, and
    the places that chance leaves a named group (1 is the most)."""

    name: str
    cases: int
    share: Decimal
    down_to: Decimal
    part: str = NAMED
    band: tuple[Decimal, Decimal] = (Decimal(0), Decimal(100))
    places: tuple[int, int] | None = None


BY: dict[str, tuple[str, Callable[[Any], str]]] = {  # word → column of an injury, and its group's name
    "workshop": ("workshop", str.strip),
    "post": ("post", str.strip),
    "tenure": ("tenure_days", lambda days: band_name(band(days))),
}


def pareto(groups: Iterable[str], shown: int = 5, decimals: int = 2) -> list[Row]:
    """The group of each case in ('' where nobody says: 不详), rows out. What rounding leaves goes to the last, 不详 or 其他,
    so that the printed shares add up."""
    counts = Counter(groups)
    total, unknown = counts.total(), counts.pop("", 0)
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    named = ranked[:shown]
    rest = [(_("其他"), sum(n for _name, n in ranked[shown:]), REST), (_("不详"), unknown, UNKNOWN)]
    places = rank_bands([n for _name, n in ranked]) if ranked else []
    return _rows([*((name, n, NAMED) for name, n in named), *(one for one in rest if one[1])], total, decimals, places)


def _rows(groups: list[tuple[str, int, str]], total: int, decimals: int, places: list[tuple[int, int]]) -> list[Row]:
    """Shares of the whole; the last row takes what is left of the hundred where it is 其他 or 不详. A group's own share stays as it
    is (three equal ones are 33.33 each), and down to the last row all is a hundred."""
    rows, down_to, hundred = [], Decimal(0), _share(1, 1, decimals)
    bands = shares([cases for _name, cases, _part in groups])
    for place, (name, cases, part) in enumerate(groups):
        last = place == len(groups) - 1
        share = hundred - down_to if last and part != NAMED else _share(cases, total, decimals)
        down_to = hundred if last else down_to + share
        low, high = (_printed(end * 100, decimals) for end in bands[place])
        rows.append(Row(name, cases, share, down_to, part, (low, high), places[place] if part == NAMED else None))
    return rows


def _share(part: int, whole: int, decimals: int) -> Decimal:
    return _printed(Decimal(part * 100) / whole, decimals)


def _printed(value: Decimal | float, decimals: int) -> Decimal:
    return Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def of_unit(unit: int, by: str, ask: Ask, commit: int, shown: int = 5) -> list[Row]:
    """One unit's cases by workshop, post or tenure, counted as its measures count them, as known at `commit`."""
    column, name = BY[by]
    return pareto([name(value) for value in _at(unit, ask, commit).values_list(column, flat=True)], shown)


def behind(unit: int, by: str, ask: Ask, commit: int, part: str, name: str = "", shown: int = 5) -> list[InjuryVersion]:
    """The injuries that one row of `of_unit` counts, newest first."""
    column, named = BY[by]
    rows = list(_at(unit, ask, commit).order_by("-occurred", "-injury"))
    groups = [named(getattr(row, column)) for row in rows]
    others = {row.name for row in pareto(groups, shown) if row.part == NAMED} | {""}
    holds = {NAMED: lambda group: group and group == name, UNKNOWN: lambda group: not group, REST: lambda group: group not in others}
    return [row for row, group in zip(rows, groups, strict=True) if holds[part](group)]


def _at(unit: int, ask: Ask, commit: int) -> QuerySet[InjuryVersion]:
    return InjuryVersion.objects.as_of(commit).annotate(at=Coalesce("host_id", "employer_id")).filter(_asked(ask), at=unit)


def _asked(ask: Ask) -> Q:
    """The same rows as analyse.injuries.counted: by date, window, scope and state of the claim."""
    period = ask.period
    asked = Q(**{f"{ask.basis}__range": (period.start, period.end)}, status__in=REACHED[ask.status])
    if ask.not_before:
        asked &= Q(occurred__gte=ask.not_before)
    if ask.scope == "at_work":
        asked &= Q(at_work=True)
    return asked & ~Q(injury__in=sorted(ask.without)) if ask.without else asked
