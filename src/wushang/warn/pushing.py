"""三推送: each newly accepted injury is told to the enterprise's head, its township and its regulator, once.

A consumer of commits with a cursor. History and what is older than the 启用日期 are passed over; the injuries of a
provisional unit (待确认) wait, and are told with the commit that makes it certain. A commit that takes an injury away
(a delivery withdrawn, 不予认定, another unit) holds back what still waits of it; nothing having left, it may be told anew.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from wushang.pool.models import Commit, EnterpriseVersion, InjuryVersion
from wushang.terms import codes
from wushang.warn import failing, tell, units, words
from wushang.warn.models import Cursor, Push, StartDay

CURSOR = "push"
ACCEPTED = ("accepted", "recognised", "deemed")
AWAY = ("refused", "withdrawn")
TAKEN_BACK = "数据已撤回或更正，平台撤回"


def push_commits(at: datetime) -> int:
    """Those that failed and are due again, then those after the cursor, one transaction each; returns how many pushes
    were put into 待发箱."""
    made = sum(failing.again(_item(n), lambda n=n: _push_commit(n, at), at) for n in failing.due(CURSOR, at))
    while (number := _next()) is not None:
        made += failing.in_turn(_item(number), lambda n=number: _push_commit(n, at), at)
    return made


def _next() -> int | None:
    cursor, _new = Cursor.objects.get_or_create(name=CURSOR)
    later = Commit.objects.filter(number__gt=cursor.number).order_by("number")
    return later.values_list("number", flat=True).first()


def _item(number: int) -> failing.Item:
    return failing.Item(CURSOR, number, _("数据版本第 %(n)d 号的工伤三推送") % {"n": number})


def _push_commit(number: int, at: datetime) -> int:
    commit = Commit.objects.get(number=number)
    _hold_back(commit, at)
    return sum(_push(row, number, at) for row in _to_tell(commit))


def _hold_back(commit: Commit, at: datetime) -> None:
    """What still waits of injuries that this commit took away stays here."""
    changed = InjuryVersion.objects.filter(Q(recorded=commit) | Q(superseded=commit)).values("injury")
    for push in Push.objects.filter(withdrawn=None, injury__in=changed, deliveries__state="waiting").distinct():
        if not _holds(push, InjuryVersion.objects.current().filter(injury=push.injury_id).first()):
            left = push.deliveries.exclude(state="waiting").exists()
            push.deliveries.filter(state="waiting").update(state="withheld", finished=at)
            reason = _("%(why)s，其余已发出") % {"why": TAKEN_BACK} if left else TAKEN_BACK
            Push.objects.filter(pk=push.pk).update(withdrawn=at, reason=reason)


def _holds(push: Push, now: InjuryVersion | None) -> bool:
    """Whether the injury is still one that the push may tell this unit of."""
    if now is None or now.status in AWAY or not now.at_work:
        return False
    return (now.host_id or now.employer_id) == push.enterprise_id


def _to_tell(commit: Commit) -> list[InjuryVersion]:
    """Injuries accepted in this commit's rows, and those that waited for a unit it makes certain; none told before."""
    since = start_day()
    if since is None:
        return []
    own = [] if commit.historical else list(_accepted(since).filter(recorded=commit).order_by("pk"))
    rows = {row.injury_id: row for row in [*_waited_for(commit, since), *own]}
    skip = _told_or_old(list(rows))
    return [row for injury, row in rows.items() if injury not in skip and _since(row.reported, since)]


def _accepted(since: date) -> QuerySet[InjuryVersion]:
    return InjuryVersion.objects.filter(status__in=ACCEPTED, at_work=True, occurred__gte=since)


def _waited_for(commit: Commit, since: date) -> list[InjuryVersion]:
    """What stands accepted now of the units that this commit turned from provisional to certain."""
    unsure = set(EnterpriseVersion.objects.filter(superseded=commit, provisional=True).values_list("enterprise", flat=True))
    if not unsure:
        return []
    certain = EnterpriseVersion.objects.filter(recorded=commit, provisional=False).values_list("enterprise", flat=True)
    sure, found = sorted(unsure & set(certain)), []
    for some in (sure[start : start + 500] for start in range(0, len(sure), 500)):
        theirs = Q(host__in=some) | Q(host=None, employer__in=some)
        now = InjuryVersion.objects.current().filter(theirs).values("pk")
        found += list(_accepted(since).filter(pk__in=now).order_by("pk"))
    return found


def _told_or_old(injuries: list[int]) -> set[int]:
    """Injuries that were told before, or that came in as history."""
    found: set[int] = set()
    for some in (injuries[start : start + 500] for start in range(0, len(injuries), 500)):
        told = Push.objects.filter(injury__in=some).exclude(reason=TAKEN_BACK)
        found |= set(told.values_list("injury", flat=True))
        old = InjuryVersion.objects.filter(injury__in=some, recorded__historical=True)
        found |= set(old.values_list("injury", flat=True))
    return found


def _since(reported: date | None, since: date) -> bool:
    """Reported before the day of force: never pushed, even if accepted after it."""
    return reported is None or reported >= since


def expected(injuries: list[dict[str, Any]]) -> int:
    """How many pushes these rows of the table `injuries` would make, were they landed now; negative numbers are new."""
    since = start_day()
    if since is None:
        return 0
    rows = [r for r in injuries if r["status"] in ACCEPTED and r["at_work"] and r["occurred"] >= since]
    skip = _told_or_old([row["injury"] for row in rows])
    wanted = [r for r in rows if r["injury"] not in skip and _since(r["reported"], since)]
    named = [row["enterprise"] for row in wanted if row["enterprise"]]
    known = (units.version_of(enterprise) for enterprise in named if enterprise > 0)  # a new unit is unconfirmed
    return sum(1 for now in known if now and not now.provisional)


def start_day() -> date | None:
    held = StartDay.objects.filter(name="push").first()
    return held.day if held else None


def _push(row: InjuryVersion, number: int, at: datetime) -> int:
    enterprise = row.host_id or row.employer_id
    now = units.version_of(enterprise) if enterprise else None
    if now is None or now.provisional:
        return 0
    said = {"enterprise_id": enterprise, "commit": number, "occurred": row.occurred, "created": at}
    push, _new = Push.objects.update_or_create(
        injury_id=row.injury_id, defaults=said | {"withdrawn": None, "reason": ""}
    )
    _tell(push, now, codes.name("accident_kind", row.kind, row.occurred), at)
    return 1


def _tell(push: Push, now: EnterpriseVersion, kind: str, at: datetime) -> None:
    """Three rows that wait in 待发箱; no person, no diagnosis."""
    hold = at + timedelta(minutes=settings.WUSHANG_PUSH_HOLD_MINUTES)
    common = {"push": push, "purpose": "push", "not_before": hold}
    tell.enterprise(at, push.enterprise, now.name, **words.injury_to_enterprise(push.occurred, kind), **common)
    told = [unit for unit in (units.township_of(now.region), units.regulator_of(now)) if unit]
    for unit in {unit.pk: unit for unit in told}.values():
        tell.department(at, unit, **words.injury_to_unit(push.occurred, kind, now.name), **common)
