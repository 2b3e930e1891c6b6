"""接续纸质件: old cases on paper that the platform goes on with; what the old 台账 said of each, and which file brought it."""

from __future__ import annotations

from django.db import models

from wushang.warn.models.warning import Warning


class PaperImport(models.Model):
    """One old 台账 taken over; `undone` takes all its cases back."""

    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)  # of the kept file
    version = models.ForeignKey("judge.PolicyVersion", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    name = models.CharField(max_length=60)
    rows = models.IntegerField()
    taken = models.IntegerField()
    refused = models.JSONField(default=list)  # [row, unit, why, what to do]
    undone = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-pk"]


class PaperCase(models.Model):
    """What stood on paper when the case was taken over. No letter was sent for it and none is."""

    warning = models.OneToOneField(Warning, on_delete=models.PROTECT, related_name="paper")
    brought = models.ForeignKey(PaperImport, on_delete=models.PROTECT, related_name="cases")
    row = models.IntegerField()
    number = models.CharField(max_length=60)  # 文号, as on paper
    deadline = models.DateField(null=True)  # 整改期限
    submitted = models.DateField(null=True)
    accepted = models.DateField(null=True)
    closed = models.DateField(null=True)  # 办结

    class Meta:
        ordering = ["brought", "row"]
