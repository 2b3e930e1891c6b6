"""The clock: one Commit per change of the facts, and the base of every fact row."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from django.db import models
from django.db.models import Q


class Commit(models.Model):
    """One change of the facts (a file, a hand entry, a merge, a correction). Without a number it is invisible."""

    number = models.BigIntegerField(null=True, unique=True)
    kind = models.CharField(max_length=30)  # landing | withdrawal | entry | merge | split | correction | decision | derive
    title = models.CharField(max_length=200)
    actor = models.CharField(max_length=60)
    created = models.DateTimeField()
    published = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    dead = models.BooleanField(default=False)  # given up; its rows are being cleared
    historical = models.BooleanField(default=False)  # judged, never pushed
    touched = models.JSONField(default=dict)  # {"months": {table: [...]}} that the snapshot must rebuild
    enterprises = models.JSONField(default=list)  # ids whose outcome may change

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["lease_until"], condition=Q(number=None), name="commit_open")]

    def __str__(self) -> str:
        return f"{self.number or '未发布'} {self.title}"


def latest() -> int:
    """The number of the newest published commit; 0 before the first."""
    return Commit.objects.aggregate(latest=models.Max("number"))["latest"] or 0


class Facts(models.QuerySet):
    def current(self):
        """What is known now. A claim by a commit without a number does not count yet."""
        return self.filter(
            Q(superseded=None) | Q(superseded__number=None), recorded__number__isnull=False
        )

    def as_of(self, number: int):
        """What was known when commit `number` was the newest."""
        return self.filter(
            Q(superseded=None) | Q(superseded__number=None) | Q(superseded__number__gt=number),
            recorded__number__lte=number,
        )

    def of_periods(self, periods: Iterable[str]):
        """Rows of deliveries for these periods (2026-03)."""
        return self.filter(period__in=list(periods))


class Fact(models.Model):
    """A row that was true from `recorded` until `superseded`. `superseded` is the only column written later, once."""

    recorded = models.ForeignKey(Commit, on_delete=models.PROTECT, related_name="+")
    superseded = models.ForeignKey(Commit, null=True, on_delete=models.PROTECT, related_name="+")

    objects = Facts.as_manager()

    class Meta:
        abstract = True


class FoundBy(IntEnum):
    """By which rule a row found its unit: the unit's own code, number or name, or another that it was seen under (曾用名,
    an old code, how an earlier file wrote it); NEW: none was found, this row made it; PERSON: somebody merged or parted it."""

    USCC, NUMBER, NAME, ALIAS, NEW, PERSON = range(1, 7)


class Reported(Fact):
    """A fact that stands in somebody's file: who sent it, under what key, in which row."""

    source = models.CharField(max_length=40)
    sender = models.CharField(max_length=40)  # department code
    key = models.CharField(max_length=120)  # the key columns as reported, joined by '|'
    digest = models.CharField(max_length=40)  # of the cleaned row; equal digest = duplicate
    period = models.CharField(max_length=10, blank=True)  # '2026-03' where the source delivers whole periods
    batch = models.BigIntegerField(null=True)  # collect.Batch id; no key, because imports point up
    row = models.IntegerField(null=True)  # row of the file as a spreadsheet counts
    found_by = models.SmallIntegerField(null=True)  # FoundBy; null: it names no known unit, or came before this was kept

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["source", "sender", "key"], name="%(class)s_key")]
