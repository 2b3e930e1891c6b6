"""整改方案: what the unit sends of it, a round at a time, its files, and what the reviewer said."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from wushang.people.crypto import EncryptedTextField
from wushang.rectify.models.case import Case

PLAN_STATES = {"draft": _("准备中"), "submitted": _("待审阅"), "returned": _("已退回"), "accepted": _("已通过")}


class Plan(models.Model):
    """One round: while it is a draft the unit puts files in and out; sent, it waits for the reviewer."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plans")
    round = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, default="draft", db_index=True)
    started = models.DateTimeField()
    due = models.DateField(null=True)  # last day of the mending, of the review; null while the rule's own clock counts
    submitted = models.DateTimeField(null=True)
    reason: Any = EncryptedTextField(blank=True, default="")  # why it came back, or the opinion; may name people
    reviewer = models.CharField(max_length=60, blank=True)
    reviewed = models.DateTimeField(null=True)

    class Meta:
        ordering = ["round"]
        constraints = [models.UniqueConstraint(fields=["case", "round"], name="plan_round_once")]

    @property
    def state_title(self) -> Any:
        return PLAN_STATES[self.state]

    @property
    def live_files(self) -> Any:
        return self.files.filter(removed=None)


class PlanFile(models.Model):
    """A file as sent, kept under its SHA-256; removed ones stay in the ledger with their time."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="files")
    name: Any = EncryptedTextField()  # as the unit called it; may name people
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=4)  # pdf | docx | doc | jpg | png | webp
    size = models.PositiveIntegerField()  # bytes
    at = models.DateTimeField()
    removed = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
