"""True risk: events at work, on the way and of sudden illness; the planted outbreak and the planted programme.

Events of an enterprise in a month are Poisson with mean rate/12,000 × season × (old hands + 2.5 × new workers): the
rate is gamma within a trade, so counts are negative binomial (Greenwood and Yule 1920).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from wushang.simulate.chance import Stream
from wushang.simulate.enterprises import Enterprises
from wushang.simulate.months import Calendar, day_weights
from wushang.simulate.workforce import Workforce

TENURE_RATIO = 2.5  # risk of a worker's first three months against later
HURT_SHARES = (0.94, 0.045, 0.015)  # one, two, three workers hurt in an event at work
HURT_MEAN = 1.075
COMMUTING_RATE = 1.2  # a year per 1,000 workers (14 条六项)
ILLNESS_RATE = 0.06  # a year per 1,000 workers (15 条一项)
PROGRAMME_FACTOR = 0.6
PROGRAMME_SHARE = 0.05
OUTBREAK_WEEKS, OUTBREAK_PEAK, OUTBREAK_LEAST = 6, (2, 3), 12.0  # the weeks of its peak; events expected at least
PEAK_TIMES = 12.0  # a day of the peak against another day of the six weeks
WORK, COMMUTING, ILLNESS = 0, 1, 2


@dataclass
class Outbreak:
    """More events at work than chance gives: a group of trades × a town × weeks."""

    group: str
    town: int
    first: date
    last: date
    extra_expected: float
    extra_events: int
    enterprises: list[int]


@dataclass
class Programme:
    """Enterprises chosen for the most events of the year before, whose true risk falls by a factor from a date."""

    enterprises: list[int]
    start: date
    factor: float


@dataclass
class Events:
    """One array a property, one place an event."""

    enterprise: np.ndarray
    day: np.ndarray
    stream: np.ndarray
    planted: np.ndarray

    def take(self, mask: np.ndarray) -> Events:
        """The events of the mask."""
        return Events(self.enterprise[mask], self.day[mask], self.stream[mask], self.planted[mask])


@dataclass
class Risk:
    """Everything that happened, and the truth behind it."""

    events: Events
    expected: np.ndarray  # injuries at work expected, enterprise × month, programme counted, outbreak not
    outbreak: Outbreak
    programme: Programme


def draw(stream: Stream, firms: Enterprises, work: Workforce, cal: Calendar) -> Risk:
    """Draw all events of the run-in and the window."""
    share = np.array([len(cal.days(m)) / _length(cal, m) for m in range(len(cal.first_days))])
    mixed = work.heads + (TENURE_RATIO - 1) * work.new
    expected = firms.rate()[:, None] / 12000 * cal.season() * share * mixed
    parts = [
        _events(stream("events at work"), expected / HURT_MEAN, cal, WORK),
        _events(stream("events on the way"), COMMUTING_RATE / 12000 * share * work.heads, cal, COMMUTING),
        _events(stream("sudden illness"), ILLNESS_RATE / 12000 * share * work.heads, cal, ILLNESS),
    ]
    programme = _programme(firms, parts[0], work, cal)
    factor = _factor(programme, firms, cal)
    parts[0] = _thinned(stream("programme"), parts[0], factor, cal)
    apart = factor[:, -1] == 1  # the outbreak spares the programme, so that each effect stands alone
    outbreak, extra = _outbreak(stream("outbreak"), firms, work.heads * apart[:, None], expected * factor, cal)
    return Risk(_joined([*parts, extra]), expected * factor, outbreak, programme)


def _length(cal: Calendar, month: int) -> int:
    start = cal.first_days[month]
    return int(((start.astype("M8[M]") + 1).astype("M8[D]") - start).astype(int))


def _events(rng: np.random.Generator, mean: np.ndarray, cal: Calendar, kind: int) -> Events:
    counts = rng.poisson(mean)
    enterprise, day = [], []
    for month in range(mean.shape[1]):
        who = np.repeat(np.arange(len(mean)), counts[:, month])
        days = cal.days(month)
        weight = day_weights(days)
        enterprise.append(who)
        day.append(rng.choice(days, size=len(who), p=weight / weight.sum()))
    who = np.concatenate(enterprise)
    return Events(who, np.concatenate(day), np.full(len(who), kind), np.zeros(len(who), bool))


def _programme(firms: Enterprises, events: Events, work: Workforce, cal: Calendar) -> Programme:
    """Chosen as a county chooses: by most events of the year before, among makers that still exist."""
    window = cal.window()
    month = window[len(window) // 2]
    start = cal.first_days[month]
    before = (events.day < start) & (events.day >= start - 365)
    counts = np.bincount(events.enterprise[before], minlength=len(firms)).astype(float)
    maker = firms.group("metal") | firms.group("machinery") | firms.group("plastics")
    counts[~maker | (work.heads[:, month] == 0) | (work.heads[:, -1] == 0)] = -1
    size = max(6, round(PROGRAMME_SHARE * len(firms)))
    order = np.lexsort((np.arange(len(firms)), -counts))[:size]
    chosen = sorted(int(e) for e in order if counts[e] >= 0)
    return Programme(chosen, start.astype(object), PROGRAMME_FACTOR)


def _factor(programme: Programme, firms: Enterprises, cal: Calendar) -> np.ndarray:
    """Multiplier of risk, enterprise × month."""
    factor = np.ones((len(firms), len(cal.first_days)))
    later = cal.first_days >= np.datetime64(programme.start)
    factor[np.ix_(np.array(programme.enterprises, dtype=int), np.flatnonzero(later))] = programme.factor
    return factor


def _thinned(rng: np.random.Generator, events: Events, factor: np.ndarray, cal: Calendar) -> Events:
    """Keep each event with its factor: a thinned Poisson count is Poisson with the smaller mean."""
    month = np.searchsorted(cal.first_days, events.day, side="right") - 1
    return events.take(rng.random(len(month)) < factor[events.enterprise, month])


def _outbreak(
    rng: np.random.Generator, firms: Enterprises, all_heads: np.ndarray, expected: np.ndarray, cal: Calendar
) -> tuple[Outbreak, Events]:
    """Six weeks of trouble in the metal trade of the town that has most of it, the worst in the third and fourth: old enough to have
    been filed, and strong enough to be told as a signal (异常提示) in a city of 150 enterprises."""
    last_day = cal.until - timedelta(days=70)
    first_day = last_day - timedelta(days=7 * OUTBREAK_WEEKS - 1)
    month = int(np.searchsorted(cal.first_days, np.datetime64(first_day), side="right") - 1)
    heads = np.where(firms.group("metal"), all_heads[:, month], 0)
    town = int(np.argmax(np.bincount(firms.town_at(month), weights=heads)))
    inside = np.flatnonzero((firms.town_at(month) == town) & (heads > 0))
    usual = expected[inside, month].sum() * 7 * OUTBREAK_WEEKS / 30.4 / HURT_MEAN
    mean = max(OUTBREAK_LEAST, 2.0 * usual)
    count = int(rng.poisson(mean))
    who = rng.choice(inside, size=count, p=heads[inside] / heads[inside].sum())
    days = np.arange(np.datetime64(first_day), np.datetime64(last_day) + 1)
    weight = np.where(np.isin(np.arange(len(days)) // 7, OUTBREAK_PEAK), PEAK_TIMES, 1.0)
    when = rng.choice(days, size=count, p=weight / weight.sum())
    told = Outbreak("metal", town, first_day, last_day, mean, count, [int(e) for e in inside])
    return told, Events(who, when, np.full(count, WORK), np.ones(count, bool))


def _joined(parts: list[Events]) -> Events:
    """All events in order of day, then enterprise."""
    names = ("enterprise", "day", "stream", "planted")
    columns = [np.concatenate([getattr(p, name) for p in parts]) for name in names]
    order = np.lexsort((columns[0], columns[1]))
    return Events(*[c[order] for c in columns])
