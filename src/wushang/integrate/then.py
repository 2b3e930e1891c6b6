"""按某日所知 for links and findings: what stood between reports and injuries at an earlier version of the data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from wushang.integrate.models import Link
from wushang.pool.known import NOW, Known
from wushang.pool.models import Commit


@dataclass(frozen=True)
class Then:
    """A version of the data, the local day it stands for, and the instant at which it was over (None: now)."""

    known: Known
    day: date
    end: datetime | None = None

    def linked(self) -> Q:
        """Links that stood then. A person's confirmation counts from its hour, what was taken back up to that version."""
        if self.known.commit is None:
            return Q(state=Link.LINKED)
        found, before = Q(commit__lte=self.known.commit), Q(decided__lt=self.end)
        stands = Q(state=Link.LINKED) & (~Q(how="person") | before)
        return found & (stands | Q(state=Link.RELEASED, released__gt=self.known.commit))

    def proposed(self) -> Q:
        """Pairs that a person had not decided then."""
        if self.known.commit is None:
            return Q(state=Link.OPEN)
        later = Q(decided__gte=self.end) & (Q(state=Link.REFUSED) | Q(state=Link.LINKED, how="person"))
        return Q(commit__lte=self.known.commit) & (Q(state=Link.OPEN) | later)

    def checked(self) -> Q:
        """Findings that stood then."""
        if self.known.commit is None:
            return Q(undone=None)
        return Q(decided__lt=self.end) & (Q(undone=None) | Q(undone__gte=self.end))


def today(day: date) -> Then:
    return Then(NOW, day)


def then(known: Known, day: date) -> Then:
    """From what an address asks; `day` is today."""
    if known.commit is None:
        return Then(known, day)
    after = Commit.objects.filter(number__gt=known.commit).order_by("number").first()
    end = after.published if after and after.published else timezone.now()
    of = Commit.objects.filter(number=known.commit).first()
    stood = known.day or (timezone.localdate(of.published) if of and of.published else day)
    return Then(known, stood, end)
