"""What a decision on a pair is worth: what hangs on the unit that is not sure. The worker reckons it; the queue is ordered by it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Max, Q, Sum

from wushang.integrate.models import Candidate
from wushang.people.lease import renew
from wushang.pool.models import Headcount, InjuryVersion
from wushang.pool.publishers import publications

SOME = 500


def reckon(today: date) -> int:
    """Bring the worth of all open pairs up to date; returns how many changed."""
    waiting = list(Candidate.objects.filter(state="open", commit__number__isnull=False).only("left_id", "right_id", "worth"))
    changed = 0
    for start in range(0, len(waiting), SOME):
        renew()
        changed += _some(waiting[start : start + SOME], today)
    return changed


def _some(pairs: list[Candidate], today: date) -> int:
    ids = {one for pair in pairs for one in (pair.left_id, pair.right_id)}
    injuries, heads, cases = injured(ids, today), insured(ids), open_cases(ids)
    other = []
    for pair in pairs:
        moved = settings.WUSHANG_WORTH_INJURY * injuries[pair.left_id] + heads[pair.left_id] // settings.WUSHANG_WORTH_HEADS
        worth = moved + settings.WUSHANG_WORTH_CASE * (cases[pair.left_id] + (cases[pair.right_id] if moved else 0))
        if worth != pair.worth:
            pair.worth = worth
            other.append(pair)
    Candidate.objects.bulk_update(other, ["worth"])
    return len(other)


def injured(ids: Iterable[int], today: date) -> Counter[int]:
    """Injuries of the last twelve months by the unit that employs or uses."""
    wanted, found = set(ids), Counter[int]()
    rows = InjuryVersion.objects.current().filter(Q(employer__in=wanted) | Q(host__in=wanted), occurred__gt=today - timedelta(days=365))
    for employer, host in rows.exclude(status__in=("refused", "withdrawn")).values_list("employer_id", "host_id"):
        found.update({employer, host} & wanted)
    return found


def insured(ids: Iterable[int]) -> Counter[int]:
    """参保人数 of each unit's latest month."""
    rows = Headcount.objects.current().filter(enterprise__in=set(ids))
    last = dict(rows.values_list("enterprise_id").annotate(last=Max("month")).order_by())
    by_month = rows.values_list("enterprise_id", "month").annotate(heads=Sum("insured")).order_by()
    return Counter({unit: heads or 0 for unit, month, heads in by_month if last[unit] == month})


def open_cases(ids: Iterable[int]) -> Counter[int]:
    """Warnings that are being put right, by the published table of cases (the room below fills it)."""
    cases = publications().get("cases")
    if cases is None:
        return Counter()
    unit, ended = cases.columns["enterprise"], cases.columns["ended"]
    rows = cases.rows().current().filter(cases.of(sorted(ids)), **{ended: None})
    return Counter(rows.values_list(unit, flat=True))
