"""Before a rule takes force: how many pieces would it make, and can the people there do them.

The last twelve months are replayed on the facts known today: a unit makes a piece when its outcome becomes graver.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from wushang.judge.pack import Pack
from wushang.judge.prose import party, title
from wushang.judge.recording import rises
from wushang.judge.replay import exact, replay
from wushang.people.models import Appointment, Region, valid_on
from wushang.people.scope import region_prefix
from wushang.pool.reading import Pool
from wushang.terms import codes
from wushang.terms.period import Period, add_months, month_end, month_of
from wushang.terms.working_time import WORKING_DAYS

MONTHS = 12
HANDLING = {"warn.draft", "warn.deliver", "rectify.review", "rectify.answer_referral"}  # whoever may do one of these handles cases


@dataclass(frozen=True)
class Kind:
    """One outcome's share of the load, a month."""

    outcome: str
    title: str
    issuer: str  # kind of department that does it; '' where nothing is to be done
    days_each: float
    by_month: list[int]

    @property
    def pieces(self) -> float:
        return round(self.total / MONTHS, 1)

    @property
    def days(self) -> float:
        return self.total * self.days_each / MONTHS

    @property
    def total(self) -> int:
        return sum(self.by_month)


def person_days(kinds: list[Kind]) -> float:
    """Person-days a month of several kinds; divided once, so that no part's rest is lost."""
    return sum(kind.total * kind.days_each for kind in kinds) / MONTHS


@dataclass(frozen=True)
class Desk:
    """What comes to one kind of department: 预计每月 n 件，按现有 k 人需 d 天."""

    issuer: str
    title: str
    kinds: list[Kind]
    people: int
    working_days: float  # of a month

    @property
    def pieces(self) -> float:
        return round(sum(kind.total for kind in self.kinds) / MONTHS, 1)

    @property
    def days(self) -> float:
        """Person-days a month."""
        return round(person_days(self.kinds), 1)

    @property
    def days_each(self) -> float | None:
        """Working days a month for each person there; None where nobody is. Rounded once, not from a rounded sum."""
        return round(person_days(self.kinds) / self.people, 1) if self.people else None

    @property
    def bearable(self) -> bool:
        return self.days_each is not None and self.days_each <= self.working_days


@dataclass(frozen=True)
class Load:
    """What a rule would make, and whether those who are to do it can."""

    months: list[date]
    kinds: list[Kind]
    desks: list[Desk]
    commit: int
    by_day: bool  # False: only the last day of each month was looked at

    @property
    def pieces(self) -> float:
        return round(sum(kind.total for kind in self.kinds) / MONTHS, 1)

    @property
    def days(self) -> float:
        """Person-days a month."""
        return round(person_days(self.kinds), 1)

    @property
    def bearable(self) -> bool:
        return all(desk.bearable for desk in self.desks)


def load(pack: Pack, pool: Pool, as_of: date, region: str) -> Load:
    """Replay twelve whole months that end with the last complete one, and count what would be drafted."""
    last = month_end(as_of) if as_of == month_end(as_of) else month_of(as_of) - timedelta(days=1)
    months = [add_months(month_of(last), -n) for n in reversed(range(MONTHS))]
    period = Period(months[0], last)
    made = {outcome.code: [0] * MONTHS for outcome in pack.outcomes}
    for turn in replay(pack, pool, period, region):
        if rises(pack, turn.was, turn.now):
            made[turn.now][months.index(month_of(turn.day))] += 1
    kinds = [kind(pack, code, counts, as_of) for code, counts in made.items()]
    return Load(months, kinds, desks(kinds, region, as_of), pool.commit, exact(pack, period))


def kind(pack: Pack, code: str, counts: list[int], day: date) -> Kind:
    case = pack.cases.get(code)
    issuer, days = (case.issued_by(pack.settings(day)), case.days_of_work) if case else ("", 0.0)
    return Kind(code, title(pack, code), issuer, days, counts)


def desks(kinds: list[Kind], region: str, day: date) -> list[Desk]:
    """The kinds by who issues them, with the people there."""
    issuers = list(dict.fromkeys(kind.issuer for kind in kinds if kind.issuer))
    return [
        Desk(issuer, party(issuer), [k for k in kinds if k.issuer == issuer], people_for(issuer, region, day), working_days(day))
        for issuer in issuers
    ]


def working_days(day: date) -> float:
    """Legal working days of a month: a twelfth of the year's."""
    return round(max(dated for dated in WORKING_DAYS if dated[0] <= day)[1] / 12, 1)


def people_for(issuer: str, region: str, day: date) -> int:
    """Who there is to do it: people of such a department of this region, with an appointment to handle cases over it."""
    prefix = region_prefix(region)
    there = Appointment.objects.filter(valid_on(day), user__is_active=True, deputy_of=None).filter(
        user__department__region__code__startswith=prefix
    )
    posts = there.select_related("role", "user__department")
    return len({
        post.user_id for post in posts
        if of_kind(post.user.department.kind, issuer) and HANDLING & {*post.role.verbs} and covers(post.regions, prefix)
    })  # fmt: skip


def of_kind(kind: str, issuer: str) -> bool:
    """Whether a department issues: by its kind, or as one of the regulators (行业主管部门)."""
    known = codes.get("department_kind", kind)
    return kind == issuer or known is not None and known.extra.get("group") == issuer


def covers(regions: list[str], prefix: str) -> bool:
    """A post over the region itself, over what it lies in, or over a part of it."""
    posts = [region_prefix(code) for code in regions]
    return any(prefix.startswith(post) or post.startswith(prefix) for post in posts)


def region_name(code: str) -> str:
    found = Region.objects.filter(code=code).first()
    return found.name if found else code
