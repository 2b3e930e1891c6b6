"""印发: a page that was printed, with the commit it was printed from; its snapshot files are kept for ever."""

from __future__ import annotations

from django.db import models

from wushang.people.models import User


class Print(models.Model):
    page = models.CharField(max_length=20)  # meeting
    start = models.DateField()
    end = models.DateField()
    area = models.JSONField(default=list)  # region prefixes of the scope it was made in
    commit = models.BigIntegerField()
    figures = models.JSONField(default=dict)  # the headline numbers as printed
    name = models.CharField(max_length=60)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["page", "start", "end"], name="print_period")]

    def __str__(self) -> str:
        return f"{self.page} {self.start}—{self.end} @{self.commit}"
