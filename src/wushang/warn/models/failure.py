"""A piece of the worker's work that could not be done: it is kept here, and the work behind it goes on."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wushang.pool.models import Enterprise


class Failure(models.Model):
    """One item of a queue (a finding, a commit), why it could not be done, and when it is tried again."""

    queue = models.CharField(max_length=40)  # 'draft', 'push' …
    number = models.BigIntegerField()  # id of the finding, number of the commit
    what = models.CharField(max_length=200)  # as people call it
    enterprise = models.ForeignKey(Enterprise, null=True, on_delete=models.PROTECT, related_name="+")
    error = models.CharField(max_length=500)  # a sentence; no personal data
    tries = models.PositiveIntegerField(default=1)
    first = models.DateTimeField()
    next_try = models.DateTimeField()
    done = models.DateTimeField(null=True)

    class Meta:
        ordering = ["first", "pk"]
        constraints = [models.UniqueConstraint(fields=["queue", "number"], name="failure_once")]
        indexes = [models.Index(fields=["queue", "next_try"], condition=Q(done=None), name="failure_open")]
