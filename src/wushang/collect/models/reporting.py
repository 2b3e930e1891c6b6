"""When which table is owed (应报日), and who was urged (催报)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from wushang.people.models import Department, User


class DueRule(models.Model):
    """From a day on, a table of a month is owed on this day of the following month. A rule with a sender goes before
    one without; of several, the one with the latest `since` that has begun."""

    STAY, NEXT, BEFORE = "stay", "next", "before"
    SHIFTS = ((NEXT, _("顺延到下一个工作日")), (BEFORE, _("提前到上一个工作日")), (STAY, _("不顺延")))

    source = models.CharField(max_length=40)
    sender = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")  # none: all that send it
    owed = models.BooleanField(default=True)  # off: from then on nothing is owed
    day = models.PositiveSmallIntegerField(default=15)
    shift = models.CharField(max_length=8, choices=SHIFTS, default=NEXT)
    since = models.DateField()  # first month it holds for
    basis = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["source", "-since", "-pk"]


class Urge(models.Model):
    """催报: one message to a department's people about one table of one month. It stands on their 待办 until the table
    has come."""

    source = models.CharField(max_length=40)
    sender = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    due = models.DateField()
    text = models.CharField(max_length=500)
    by = models.CharField(max_length=60)
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["sender", "month"], name="urge_of")]
