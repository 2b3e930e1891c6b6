"""Stretches of days around some days: what a correction of an old year touches is looked at without the years between."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q

Window = tuple[date, date]
AT_MOST = 100  # of one question to the ledger; of more the narrowest gaps are closed


def around(days: Iterable[date], before: int, after: int) -> list[Window]:
    """Days → their stretches from `before` days earlier to `after` days later, those that touch made one."""
    found = _joined([(day - timedelta(before), day + timedelta(after)) for day in sorted(set(days))])
    widest = sorted(range(1, len(found)), key=lambda n: found[n][0] - found[n - 1][1], reverse=True)
    cuts = sorted(widest[: AT_MOST - 1])
    return [(found[a][0], found[b - 1][1]) for a, b in zip([0, *cuts], [*cuts, len(found)], strict=True) if found]


def _joined(spans: list[Window]) -> list[Window]:
    """Stretches in order → those that touch made one."""
    found: list[Window] = []
    for first, last in spans:
        if found and (first - found[-1][1]).days <= 1:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


def within(field: str, windows: Iterable[Window]) -> Q:
    """Rows whose day lies in one of the stretches; of none, no row."""
    wanted = Q(pk__in=())
    for window in windows:
        wanted |= Q(**{f"{field}__range": window})
    return wanted
