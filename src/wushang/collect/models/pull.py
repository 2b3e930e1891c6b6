"""定时拉取: a department's read-only PostgreSQL view, read above a watermark, and each run."""

from __future__ import annotations

from typing import Any

from django.db import models

from wushang.collect.models.batch import Batch
from wushang.people.crypto import EncryptedTextField
from wushang.people.models import Department


class Pull(models.Model):
    """Whom to ask, what for, and how far it was read. The password is sealed with the rest of the connection."""

    name = models.CharField(max_length=60, unique=True)
    source = models.CharField(max_length=40)
    sender = models.ForeignKey(Department, on_delete=models.PROTECT)
    dsn: Any = EncryptedTextField()
    server = models.CharField(max_length=200)  # the connection without its password, for pages
    view = models.CharField(max_length=130)
    watermark_column = models.CharField(max_length=63)
    columns = models.JSONField(default=dict)  # column of the view → title of the table; empty: as they are named
    overlap = models.PositiveIntegerField(default=3600)  # read again: seconds, days of a date, or numbers
    every = models.PositiveIntegerField(default=60)  # minutes
    confirms = models.BooleanField(default=False)
    watermark = models.CharField(max_length=60, blank=True)  # the highest value read, as the server writes it
    seen = models.JSONField(default=list)  # digests of the rows within the overlap that were read already
    next_run = models.DateTimeField(null=True)  # null: paused
    made = models.DateTimeField()
    made_by = models.CharField(max_length=60)

    class Meta:
        ordering = ["sender__code", "name"]

    def __str__(self) -> str:
        return self.name


class PullRun(models.Model):
    """One reading: how many rows were new, the delivery they became, or what went wrong."""

    pull = models.ForeignKey(Pull, on_delete=models.CASCADE, related_name="runs")
    at = models.DateTimeField()
    seconds = models.FloatField(default=0)
    rows = models.IntegerField(default=0)
    without = models.IntegerField(default=0)  # rows of the view without a watermark: never read
    batch = models.ForeignKey(Batch, null=True, on_delete=models.SET_NULL, related_name="+")
    problem: Any = models.JSONField(default=dict)

    class Meta:
        ordering = ["-pk"]
