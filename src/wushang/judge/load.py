"""Before a rule takes force: how many pieces would it make, and can the people there do them.

The last twelve months are replayed on the facts known today: a unit makes a piece when its outcome becomes graver.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from wushang.judge.pack import Pack
from wushang.judge.prose import title
from wushang.judge.recording import rises
from wushang.judge.replay import exact, replay
from wushang.people.models import Appointment, Region, valid_on
from wushang.people.scope import region_prefix
from wushang.pool.reading import Pool
from wushang.terms.period import Period, add_months, month_end, month_of

WORKING_DAYS = 21  # of a month
MONTHS = 12


@dataclass(frozen=True)
class Kind:
    """One outcome's share of the load, a month."""

    outcome: str
    title: str
    pieces: float
    days_each: float
    by_month: list[int]

    @property
    def days(self) -> float:
        return round(self.pieces * self.days_each, 1)

    @property
    def total(self) -> int:
        return sum(self.by_month)


@dataclass(frozen=True)
class Load:
    """预计每月 n 件，按现有 k 人需 d 天."""

    months: list[date]
    kinds: list[Kind]
    people: int
    commit: int
    by_day: bool  # False: only the last day of each month was looked at

    @property
    def pieces(self) -> float:
        return round(sum(kind.pieces for kind in self.kinds), 1)

    @property
    def days(self) -> float:
        """Person-days a month."""
        return round(sum(kind.days for kind in self.kinds), 1)

    @property
    def days_each(self) -> float | None:
        """Working days a month for each person there; None where nobody is."""
        return round(self.days / self.people, 1) if self.people else None

    @property
    def bearable(self) -> bool:
        return self.days_each is not None and self.days_each <= WORKING_DAYS

    def to_json(self) -> dict[str, Any]:
        return {
            "pieces": self.pieces, "person_days": self.days, "people": self.people, "days_each": self.days_each,
            "working_days": WORKING_DAYS, "by_day": self.by_day, "bearable": self.bearable, "commit": self.commit,
            "months": [month.isoformat() for month in self.months],
            "outcomes": {k.outcome: {"pieces": k.pieces, "days_each": k.days_each, "by_month": k.by_month} for k in self.kinds},
        }  # fmt: skip


def load(pack: Pack, pool: Pool, as_of: date, region: str) -> Load:
    """Replay twelve whole months that end with the last complete one, and count what would be drafted."""
    last = month_end(as_of) if as_of == month_end(as_of) else month_of(as_of) - timedelta(days=1)
    months = [add_months(month_of(last), -n) for n in reversed(range(MONTHS))]
    period = Period(months[0], last)
    made = {outcome.code: [0] * MONTHS for outcome in pack.outcomes}
    for turn in replay(pack, pool, period, region):
        if rises(pack, turn.was, turn.now):
            made[turn.now][months.index(month_of(turn.day))] += 1
    kinds = [
        Kind(code, title(pack, code), round(sum(counts) / MONTHS, 1), days_of_work(pack, code), counts)
        for code, counts in made.items()
    ]
    return Load(months, kinds, people_for(region, as_of), pool.commit, exact(pack, period))


def days_of_work(pack: Pack, code: str) -> float:
    return pack.cases[code].days_of_work if code in pack.cases else 0.0


def people_for(region: str, day: date) -> int:
    """Who there is to do it: people with an appointment to draft or deliver warnings over this region."""
    prefix = region_prefix(region)
    posts = Appointment.objects.filter(valid_on(day), user__is_active=True, deputy_of=None).select_related("role")
    return len(
        {post.user_id for post in posts if "warn.draft" in post.role.verbs and covers(post.regions, region, prefix)}
    )


def covers(regions: list[str], region: str, prefix: str) -> bool:
    """A post over the region itself, over what it lies in, or over a part of it."""
    posts = [region_prefix(code) for code in regions]
    return any(prefix.startswith(post) or post.startswith(prefix) for post in posts)


def region_name(code: str) -> str:
    found = Region.objects.filter(code=code).first()
    return found.name if found else code
