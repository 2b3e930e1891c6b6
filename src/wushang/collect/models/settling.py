"""An order to settle many rows of one kind alike (同类一并处理); the worker ends what a request began."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from wushang.collect.models.batch import Batch


class Settling(models.Model):
    """All open rows of one kind, by one act, with one reason. It is done when no row of it is left."""

    MEND, ACCEPT, RETURN = "mend", "accept", "return"
    ACTS = ((MEND, _("按建议改正")), (ACCEPT, _("按原值接收")), (RETURN, _("退回报送单位")))

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="settlings")
    kind = models.CharField(max_length=80, blank=True)  # of QuarantinedRow; empty: every row that has a suggestion
    act = models.CharField(max_length=10, choices=ACTS)
    reason = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=60)
    user = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")  # whose rights settle the rows
    at = models.DateTimeField()
    row = models.IntegerField(default=0)  # the last row that was looked at
    settled = models.IntegerField(default=0)
    left = models.IntegerField(default=0)  # rows that could not be settled so
    why = models.CharField(max_length=500, blank=True)  # of the first of these
    done = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
