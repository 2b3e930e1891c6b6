"""The weekly looks, and what stood out in them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wushang.people.models import Department, User
from wushang.people.scope import Scope
from wushang.terms.calendar import add_working_days

STATES = {
    "waiting": _("排队"),  # beyond what an office gets in a week: it comes with a later week
    "new": _("待核查"),
    "verified": _("属实"),
    "dismissed": _("已排除"),
    "raised": _("已转办"),
}
DETECTORS = {"farrington": _("和往年同期比"), "ears": _("和前几周比"), "scan": _("相邻镇街一起看")}


class SignalRun(models.Model):
    """One look a week at all series; the row and its signals are written together."""

    week = models.DateField(unique=True)  # the Monday of the week in which it was looked
    at = models.DateTimeField()
    commit = models.BigIntegerField()
    data_to = models.DateField()
    newest = models.DateField()  # the Monday of the last whole week that the data hold
    weeks = models.IntegerField()  # of history, up to and with the newest
    detector = models.CharField(max_length=12, blank=True)  # '': history is too short for any
    series = models.IntegerField()
    looked = models.IntegerField()  # of them with cases enough to be looked at
    alarms = models.IntegerField()

    class Meta:
        ordering = ["-week"]

    def __str__(self) -> str:
        return f"{self.week} {self.detector or '—'} {self.alarms}"


class Signals(models.QuerySet["Signal"]):
    def visible(self, scope: Scope, verb: str = "judge.see_signals") -> Signals:
        """Those whose place and trade lie in the scope; a grant on named units reaches no sum over units."""
        wide = Scope(tuple(grant for grant in scope.grants if grant.enterprises is None))
        return self.filter(wide.q(verb))


class Signal(models.Model):
    """One series in one week (or two together): what was seen, what is usual, how sure, and what people found."""

    run = models.ForeignKey(SignalRun, on_delete=models.PROTECT, related_name="signals")
    region = models.CharField(max_length=12)
    industry = models.CharField(max_length=8, blank=True)  # division; '' all trades
    kind = models.CharField(max_length=40, blank=True)  # kind of accident; '' all
    week = models.DateField()  # Monday of the week that stood out
    span = models.IntegerField(default=1)  # 2: it and the week before, together
    age = models.IntegerField()  # whole weeks that had passed when it was seen
    observed = models.IntegerField()
    expected = models.FloatField()
    usual_low = models.IntegerField()
    usual_high = models.IntegerField()
    bound = models.FloatField()
    p = models.FloatField()
    q = models.FloatField()
    forecast = models.IntegerField(null=True)  # what it will come to when all is in; None where it hardly grows any more
    detector = models.CharField(max_length=12)
    history = models.JSONField()  # {weeks, values, low, high}: the series as known at the same age, for the picture
    state = models.CharField(max_length=10, default="new", db_index=True)
    decided = models.DateTimeField(null=True)
    decider = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)  # what was found, why it was dismissed
    to = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")  # whom it was handed on to
    asked = models.CharField(max_length=300, blank=True)  # what they are asked to do
    answer = models.CharField(max_length=300, blank=True)
    answered = models.DateTimeField(null=True)
    answerer = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = Signals.as_manager()

    class Meta:
        ordering = ["-week", "p", "pk"]
        constraints = [models.UniqueConstraint(fields=["region", "industry", "kind", "week"], name="signal_once")]

    def __str__(self) -> str:
        return f"{self.region} {self.industry} {self.kind} {self.week}"

    @property
    def series(self) -> tuple[str, str, str]:
        return self.region, self.industry, self.kind

    @property
    def towns(self) -> list[str]:
        """The townships of a cluster; [] of a series."""
        return self.history.get("towns", [])

    @property
    def keys(self) -> list[tuple[str, str, str]]:
        """What it tells of, as `choosing.Alarm.keys`."""
        return [(town, "", "") for town in self.towns] or [self.series]

    @property
    def shown(self) -> date:
        """The day from which people could see it: that of its look, or of a later one where it waited its turn."""
        told = self.history.get("shown")
        return date.fromisoformat(told) if told else timezone.localdate(self.run.at)

    @property
    def due(self) -> date:
        """核查期限: so many working days after it could be seen."""
        return add_working_days(self.shown, settings.WUSHANG_SIGNAL_DAYS)

    @property
    def first(self) -> date:
        return self.week - timedelta(weeks=self.span - 1)

    @property
    def last(self) -> date:
        return self.week + timedelta(days=6)

    @property
    def state_title(self) -> Any:
        return STATES[self.state]
