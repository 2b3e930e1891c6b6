"""Exposure and hazards: insured headcounts by month, occupational-disease hazards (职业病危害)."""

from django.db import models

from wushang.pool.models.clock import Reported
from wushang.pool.models.enterprise import Enterprise


class Headcount(Reported):
    """参保缴费 of one enterprise and month. Money in fen, rate in millionths."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    insured = models.IntegerField()
    rural = models.IntegerField(null=True)
    wages = models.BigIntegerField(null=True)
    due = models.BigIntegerField(null=True)
    paid = models.BigIntegerField(null=True)
    rate = models.IntegerField(null=True)
    mode = models.CharField(max_length=20, blank=True)  # 参保方式: unit | project | flexible | intern | overage
    region = models.CharField(max_length=12, blank=True)
    industry = models.CharField(max_length=8, blank=True)

    class Meta(Reported.Meta):
        indexes = [
            *Reported.Meta.indexes,
            models.Index(fields=["enterprise", "month"], name="headcount_month"),
            models.Index(fields=["month"], name="headcount_by_month"),  # the snapshot is written month by month
        ]


class DiseaseHazard(Reported):
    """职业病危害隐患 found at an enterprise; open while `closed` is empty."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    factor = models.CharField(max_length=80, blank=True)
    opened = models.DateField()
    closed = models.DateField(null=True)
    region = models.CharField(max_length=12, blank=True)
    industry = models.CharField(max_length=8, blank=True)

    class Meta(Reported.Meta):
        indexes = [*Reported.Meta.indexes, models.Index(fields=["enterprise"], name="hazard_enterprise")]
