"""公开: figures that were made public, as they were, so that later ones can be held against them."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils import timezone

from wushang.people.models import User


class Publication(models.Model):
    """`tables`: each with its question, the area it covers, and every figure's text or that it was hidden (see `Table.kept`)."""

    title = models.CharField(max_length=100)
    where = models.CharField(max_length=200)  # 网站、文号、栏目
    commit = models.BigIntegerField()
    least = models.PositiveSmallIntegerField()  # counts below it were hidden
    tables = models.JSONField()
    name = models.CharField(max_length=60)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.title} {self.on}"

    @property
    def on(self) -> date:
        return timezone.localdate(self.at)
