"""What was learnt each month, and what it says of each unit."""

from __future__ import annotations

from django.db import models

from wushang.people.scope import Scope
from wushang.pool.models import Enterprise, EnterpriseVersion


class RiskVersion(models.Model):
    """One month's model, as plain numbers; written once, with its forecasts, and never changed."""

    month = models.DateField(unique=True)  # in which it was learnt
    start = models.DateField()  # the first month that is foretold: the one after the last whole month of the data
    at = models.DateTimeField()
    commit = models.BigIntegerField()
    data_to = models.DateField()
    months = models.IntegerField()  # of history
    units = models.IntegerField()  # foretold; 0 where the history is too short
    top = models.IntegerField()  # how many count as the first ones (前 N 家)
    learnt = models.JSONField(default=dict)  # "3", "12" → used, baseline, better, gain, line, classes (`telling.learnt`)
    missing = models.JSONField(default=list)  # columns that nobody delivers
    watch = models.JSONField(default=dict)  # drift: `watching.watched`

    class Meta:
        ordering = ["-month"]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.units}"


class Forecasts(models.QuerySet["Forecast"]):
    def visible(self, scope: Scope, verb: str = "judge.see_risk") -> Forecasts:
        """Those of units that now lie in the scope."""
        units = EnterpriseVersion.objects.current().filter(scope.q(verb), merged_into=None)
        return self.filter(enterprise__in=units.values("enterprise"))


class Forecast(models.Model):
    """What is expected of one unit: injuries at work (人次) of the coming 3 and 12 months. Not one word of a person."""

    version = models.ForeignKey(RiskVersion, on_delete=models.PROTECT, related_name="forecasts")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    heads = models.IntegerField()
    quarter = models.FloatField()  # 3 months
    quarter_low = models.FloatField()
    quarter_high = models.FloatField()
    year = models.FloatField()  # 12 months
    low = models.FloatField()  # ends of its 90 % interval
    high = models.FloatField()
    usual = models.FloatField()  # of a unit of this trade and size, 12 months
    excess = models.FloatField()  # year − usual
    chance = models.FloatField()  # P(among the first N by excess)
    parts = models.JSONField()  # own past and factors: year = usual × their product

    objects = Forecasts.as_manager()

    class Meta:
        ordering = ["-excess", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "enterprise"], name="forecast_once")]
        indexes = [models.Index(fields=["version", "-excess"], name="forecast_order")]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.year:.2f}"
