"""Which months have come of the tables that no figure can do without: what was never delivered is unknown and not nought, so that no
page compares anything with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from wushang.collect.models import Batch
from wushang.collect.source import Source, shipped
from wushang.pool import models as pool
from wushang.terms.period import Period, add_months

INJURIES, HEADCOUNTS = "injury_recognition", "insurance_monthly"
NEEDED = (INJURIES, HEADCOUNTS)  # without these no figure is shown


def delivered(source: Source, commit: int | None = None) -> set[date]:
    """First days of the months that are in the ledger: by the deliveries' own periods, and where facts came without a
    delivery (a hand entry, a test) by the rows."""
    landed = Batch.objects.filter(version__source=source.id, state=Batch.LANDED, start__isnull=False)
    if commit is not None:
        landed = landed.filter(Q(commit=None) | Q(commit__number__lte=commit))  # without a commit: nothing was new
    spans = [Period(start, end) for start, end in landed.values_list("start", "end")]
    if spans:
        return {month for span in spans for month in span.months()}
    rows = getattr(pool, source.lands).objects.filter(source=source.id)
    rows = rows.as_of(commit) if commit is not None else rows.current()
    periods = rows.exclude(period="").values_list("period", flat=True).distinct()
    return {date.fromisoformat(f"{period}-01") for period in periods}


def came(commit: int) -> dict[str, set[date]]:
    """Source id → the months that have come, of the tables that no figure can do without."""
    return {name: delivered(shipped()[name], commit) for name in NEEDED}


def gone(period: Period, there: Mapping[str, set[date]]) -> dict[str, list[date]]:
    """The months of a period that have not come, asked once for several periods."""
    found = {name: [month for month in period.months() if month not in months] for name, months in there.items()}
    return {name: months for name, months in found.items() if months}


def said(months: Iterable[date]) -> str:
    """2025年3月、2025年6—8月: months that follow each other in one year stand together."""
    runs: list[list[date]] = []
    for month in sorted(months):
        follows = runs and month == add_months(runs[-1][-1], 1) and month.year == runs[-1][-1].year
        runs[-1].append(month) if follows else runs.append([month])
    return "、".join(_run(run[0], run[-1]) for run in runs)


def _run(first: date, last: date) -> str:
    if first == last:
        return _("%(y)d年%(m)d月") % {"y": first.year, "m": first.month}
    return _("%(y)d年%(a)d—%(b)d月") % {"y": first.year, "a": first.month, "b": last.month}
