"""对账: our figure of a month against another department's, with every difference named and both sides' names."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from wushang.people.models import User

PARTIES = {"agency": _("经办月报"), "emergency": _("应急事故数")}
REASONS = {
    "not_received": _("未接收"),
    "double": _("重复"),
    "commuting": _("上下班"),
    "deemed": _("视同"),
    "refused": _("不予认定"),
    "dating": _("时间口径"),
}
UNEXPLAINED = "unexplained"
REASON_TITLES = {**REASONS, UNEXPLAINED: _("未解释")}


class Reconciliation(models.Model):
    """One month and one other party. A new figure of either side takes both confirmations back."""

    month = models.DateField()
    party = models.CharField(max_length=10)
    ours = models.IntegerField()
    commit = models.BigIntegerField()  # the version of the data our figure was read from
    theirs = models.IntegerField()
    source = models.CharField(max_length=200)  # where their figure stands: a file's name, a letter's number
    entered = models.DateTimeField()
    entered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ours_name = models.CharField(max_length=60, blank=True)
    ours_at = models.DateTimeField(null=True)
    theirs_name = models.CharField(max_length=60, blank=True)
    theirs_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-month", "party"]
        constraints = [models.UniqueConstraint(fields=["month", "party"], name="reconciliation_once")]

    @property
    def party_title(self) -> Any:
        return PARTIES[self.party]

    @property
    def gap(self) -> int:
        """Ours less theirs."""
        return self.ours - self.theirs

    @property
    def settled(self) -> bool:
        return self.ours_at is not None and self.theirs_at is not None


class Difference(models.Model):
    """A part of the gap. Positive: we count it and they do not. The parts add up to the gap; what nobody could
    name stands as 未解释."""

    reconciliation = models.ForeignKey(Reconciliation, on_delete=models.CASCADE, related_name="differences")
    reason = models.CharField(max_length=14)
    count = models.IntegerField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["reconciliation", "reason"], name="difference_once")]

    @property
    def reason_title(self) -> Any:
        return REASON_TITLES[self.reason]
