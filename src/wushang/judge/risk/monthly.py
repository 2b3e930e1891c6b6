"""The worker's monthly learning, on the newest snapshot."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
from django.utils import timezone

from wushang.analyse.data_day import data_day
from wushang.judge.deeds.record_risk import RecordRisk
from wushang.judge.risk import telling
from wushang.judge.risk.columns import RISES
from wushang.judge.risk.days import HORIZONS, day
from wushang.judge.risk.facts import Facts
from wushang.judge.risk.models import Forecast, RiskVersion
from wushang.judge.risk.reading import read
from wushang.judge.risk.training import Trained, trained
from wushang.judge.risk.watching import watched
from wushang.people.actor import Actor
from wushang.people.lease import held
from wushang.people.scope import Scope
from wushang.pool import reading, snapshot
from wushang.pool.models import Headcount, InjuryVersion
from wushang.terms.period import month_of

HOUR = 3600  # seconds: learning from many units is one piece of work and renews nothing
QUARTER, YEAR = HORIZONS
FIRST = 100  # 前 100 家, and no more than a tenth of all
KNOWN = (*RISES, "training")  # 培训: no table of the pool holds it yet


def learn_monthly(at: datetime) -> int:
    """Once a local month: learn from all that is known, and write down the model with what it says of each unit."""
    month = month_of(timezone.localdate(at))
    if not _waits(month):
        return 0
    with held("judge.risk", at, HOUR) as mine:
        if not mine or not _waits(month) or (snapshot.behind() and not snapshot.build(at)):  # another worker builds: the next round
            return 0
        version, rows = learn(month, timezone.localdate(at))
        RecordRisk(Actor.system(), at, version, rows).do()
    return 1


def _waits(month: date) -> bool:
    """Not learnt in this month yet, and there is something to learn from."""
    return not RiskVersion.objects.filter(month__gte=month).exists() and InjuryVersion.objects.exists() and Headcount.objects.exists()


def learn(month: date, today: date) -> tuple[RiskVersion, list[Forecast]]:
    """The version of a month and its forecasts, not written yet. Where the history is too short, a version that foretells nothing."""
    pool = reading.open(Scope.system())
    told = data_day(pool)
    data_to = min(told, today) if told else today
    facts = read(pool, data_to)
    both = {horizon: trained(facts, horizon) for horizon in HORIZONS} if facts else {}
    start = facts.month(facts.months) if facts else month_of(data_to)
    version = RiskVersion(month=month, start=start, commit=pool.commit, data_to=data_to, months=facts.months if facts else 0, units=0, top=0)
    if facts is None or any(one is None for one in both.values()):
        return version, []
    return _filled(version, facts, {horizon: one for horizon, one in both.items() if one})


def _filled(version: RiskVersion, facts: Facts, both: dict[int, Trained]) -> tuple[RiskVersion, list[Forecast]]:
    version.learnt = {str(horizon): telling.learnt(one, facts) for horizon, one in both.items()}
    rows = forecasts(facts, both)
    version.units, version.top = len(rows), first(len(rows))
    version.missing = [name for name in KNOWN if name not in both[YEAR].days[-1].columns]
    version.watch = watched(facts, np.array([row.year for row in rows]), version.learnt[str(QUARTER)]["line"])
    return version, rows


def first(units: int) -> int:
    return max(1, min(FIRST, units // 10))


def forecasts(facts: Facts, both: dict[int, Trained]) -> list[Forecast]:
    """What the models in use say of every unit that has people now."""
    of = {horizon: day(facts, facts.months, horizon, ahead=True) for horizon in HORIZONS}
    said = {horizon: both[horizon].used.foretell(of[horizon]) for horizon in HORIZONS}
    year, quarter = said[YEAR], said[QUARTER]
    columns = [
        np.rint(of[YEAR].ahead), quarter.mean, *quarter.interval(), year.mean, *year.interval(), year.usual, year.mean - year.usual,
        year.top(first(year.mean.size), telling.SEED),
    ]  # fmt: skip
    names = ("heads", "quarter", "quarter_low", "quarter_high", "year", "low", "high", "usual", "excess", "chance")
    parts = {name: values.tolist() for name, values in year.parts.items()}
    return [
        Forecast(enterprise_id=unit, parts={name: round(values[place], 4) for name, values in parts.items()},
                 **{name: float(values[place]) for name, values in zip(names, columns, strict=True)})
        for place, unit in enumerate(of[YEAR].firms.tolist())
    ]  # fmt: skip
