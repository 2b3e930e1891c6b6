"""One enterprise after one new injury: from the published commit to the findings of every rule in force that looks at each commit,
in a ledger of many, beside the SQL of one rule (高台) written by hand for that unit."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from django.db import connection
from django.utils import timezone

from wushang.judge.deeds.offer_shipped_packs import OfferShippedPacks
from wushang.judge.models import Cursor, Finding, PolicyVersion
from wushang.judge.run import judge_commits
from wushang.people.actor import Actor
from wushang.people.models import Region
from wushang.pool import landing
from wushang.pool.models import DiseaseHazard, Enterprise, EnterpriseVersion, Headcount, Injury, InjuryVersion
from wushang.terms.period import month_of
from wushang.web.bench import SCALES, Measured, seconds

IDS = {"judge.one_enterprise": "sqlite"}
REGION, LIMIT, TIMES = "990100", 0.1, 20
RULES = ("gaotai-graded-warning", "yongkang-serious-injury")  # as the practice city has them in force
BY_HAND = """SELECT count(DISTINCT v.event), (SELECT count(*) FROM {hazards} h WHERE h.enterprise_id = %s AND h.closed IS NULL AND h.superseded_id IS NULL)
    FROM {injuries} v WHERE coalesce(v.host_id, v.employer_id) = %s AND v.superseded_id IS NULL AND v.occurred BETWEEN %s AND %s
    AND v.status IN ('reported', 'accepted', 'recognised', 'deemed')"""


def run(name: str, scale: str, folder: Path) -> Measured:
    at, actor = timezone.now(), Actor.system("command")
    today = timezone.localdate(at)
    units = _units(SCALES[scale][0], at, actor)
    _in_force(at, actor, today)
    judge_commits(at)
    took, worked = [], []
    for n in range(TIMES + 1):  # the first of a day puts the queries together
        unit = units[(n * 7919) % len(units)]
        _injure(unit, today, at, actor, n)
        began, busy = perf_counter(), process_time()
        judge_commits(at)
        took.append(perf_counter() - began)
        worked.append(process_time() - busy)
    first, found = took[0], Finding.objects.filter(outcome="yellow").count()
    sql = BY_HAND.format(hazards=DiseaseHazard._meta.db_table, injuries=InjuryVersion._meta.db_table)
    with connection.cursor() as cursor:
        by_hand = seconds(lambda: cursor.execute(sql, [unit, unit, date(today.year, 1, 1), today]).fetchall(), 5)
    missed = () if found == len({(n * 7919) % len(units) for n in range(TIMES + 1)}) else (f"{found} findings",)
    note = f"{len(units):,} units, {len(RULES)} rules, {TIMES} injuries one after the other, the middle one; the slowest {max(took[1:]):.3f} s, {median(worked[1:]):.3f} s of processor time; the first of the "
    note += f"day {first:.2f} s; one rule's count by hand in SQL {by_hand * 1000:.1f} ms; the baseline is the limit"
    return Measured(median(took[1:]), "s", LIMIT, 1.0, note, missed)


def _units(count: int, at, actor: Actor) -> list[int]:
    made = Enterprise.objects.bulk_create([Enterprise(created=at) for _ in range(count)], batch_size=5000)
    units = [one.pk for one in made]
    commit = landing.start("landing", "bench", actor, at)
    rows = [{"enterprise_id": pk, "name": f"单位{pk}", "plain_name": f"单位{pk}", "region": f"{REGION}001", "industry": "C3382"} for pk in units]
    for start in range(0, count, 10_000):
        landing.load(commit, EnterpriseVersion, rows[start : start + 10_000])
    said = {"source": "bench", "sender": "bench", "digest": "1", "enterprise_id": units[0]}
    landing.load(commit, Headcount, [said | {"key": "1", "month": month_of(timezone.localdate(at)), "insured": 40}])
    landing.load(commit, DiseaseHazard, [said | {"key": "2", "kind": "x", "opened": date(2020, 1, 1), "closed": date(2020, 2, 1)}])
    landing.publish(commit, at)
    Cursor.objects.update_or_create(name="judge", defaults={"commit": 1})
    return units


def _in_force(at, actor: Actor, today: date) -> None:
    """Put in force without the signatures, which take no part in this."""
    Region.objects.get_or_create(code=REGION, defaults={"name": "云溪市", "kind": "city"})
    OfferShippedPacks(actor, at, REGION).do()
    since = today - timedelta(days=400)
    PolicyVersion.objects.filter(policy__in=RULES).update(state="in_force", effective_from=since)


def _injure(unit: int, day: date, at, actor: Actor, n: int) -> None:
    injury = Injury.objects.create(created=at).pk
    commit = landing.start("entry", "bench", actor, at)
    row = {"injury_id": injury, "employer_id": unit, "event": f"e{n}", "occurred": day, "reported": day, "status": "reported", "situation": "14-1", "severity": "minor"}
    landing.load(commit, InjuryVersion, [row])
    landing.publish(commit, at, [unit])
