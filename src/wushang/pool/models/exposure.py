"""Exposure and hazards: insured headcounts by month, occupational-disease hazards (职业病危害)."""

from collections.abc import Iterable
from datetime import date

from django.db import models

from wushang.pool.models.clock import Commit, Facts, Reported
from wushang.pool.models.enterprise import Enterprise


class Headcounts(Facts):
    def of_periods(self, periods: Iterable[str]):
        """A row's period is its month, which has an index; an index of both would cost a fifth of a load."""
        said = list(periods)
        months = [date.fromisoformat(f"{period}-01") for period in said if period]
        return super().of_periods(said).filter(month__in=months)


class Headcount(Reported):
    """参保缴费 of one enterprise and month. Money in fen, rate in millionths.

    The one table that grows by millions of rows a month: the database does not check its keys to other tables row by row
    (they come from the commit and the resolver, and neither a commit nor a unit that has facts is ever deleted), and it has
    the fewest indexes that serve (docs/topics/large-files.md says which and why).
    """

    recorded = models.ForeignKey(Commit, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    superseded = models.ForeignKey(
        Commit, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    month = models.DateField()
    insured = models.IntegerField()
    rural = models.IntegerField(null=True)
    wages = models.BigIntegerField(null=True)
    due = models.BigIntegerField(null=True)
    paid = models.BigIntegerField(null=True)
    rate = models.IntegerField(null=True)
    mode = models.CharField(max_length=20, blank=True)  # 参保方式: unit | project | flexible | intern | over_age
    region = models.CharField(max_length=12, blank=True)
    industry = models.CharField(max_length=8, blank=True)

    objects = Headcounts.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["key"], name="headcount_by_key", opclasses=["varchar_pattern_ops"]),  # by bytes
            models.Index(fields=["superseded"], name="headcount_ended", condition=models.Q(superseded__isnull=False)),
            models.Index(fields=["enterprise", "month"], name="headcount_month"),
            models.Index(fields=["month"], name="headcount_by_month"),  # so is the snapshot written, and a delivery compared
        ]


class DiseaseHazard(Reported):
    """职业病危害隐患 found at an enterprise; open while `closed` is empty."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    factor = models.CharField(max_length=80, blank=True)
    opened = models.DateField()
    due = models.DateField(null=True)  # 整改期限
    closed = models.DateField(null=True)
    region = models.CharField(max_length=12, blank=True)
    industry = models.CharField(max_length=8, blank=True)

    class Meta(Reported.Meta):
        indexes = [*Reported.Meta.indexes, models.Index(fields=["enterprise"], name="hazard_enterprise")]
