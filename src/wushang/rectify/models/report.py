"""整改情况报告: one round of answers, sealed; its photos; the reviewer's reasons beside the fields."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from wushang.people.crypto import EncryptedTextField
from wushang.rectify.models.case import Case

REPORT_STATES = {
    "draft": _("填写中"),
    "handed_back": _("负责人退回修改"),
    "confirmed": _("负责人已确认"),
    "submitted": _("已提交"),
    "returned": _("已退回"),
    "accepted": _("已通过"),
}


class RectifyReport(models.Model):
    """Answers by field. They may name people (责任人), so they are encrypted like every free text."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reports")
    round = models.PositiveSmallIntegerField(default=1)
    sealed_answers: Any = EncryptedTextField(blank=True, default="")
    state = models.CharField(max_length=12, default="draft")
    started = models.DateTimeField()
    saved = models.DateTimeField(null=True)
    confirmed = models.DateTimeField(null=True)
    confirmed_by: Any = EncryptedTextField(blank=True, default="")  # 主要负责人, as typed
    confirmed_masked = models.CharField(max_length=60, blank=True)  # 陈** 138****2016
    head_says: Any = EncryptedTextField(blank=True, default="")  # what the head wants changed before signing
    submitted = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=24, blank=True, db_index=True)  # 编号

    class Meta:
        ordering = ["round"]
        constraints = [models.UniqueConstraint(fields=["case", "round"], name="report_round_once")]

    @property
    def answers(self) -> dict[str, Any]:
        return json.loads(self.sealed_answers) if self.sealed_answers else {}

    @answers.setter
    def answers(self, values: dict[str, Any]) -> None:
        self.sealed_answers = json.dumps(values, ensure_ascii=False)

    @property
    def state_title(self) -> Any:
        return REPORT_STATES[self.state]

    @property
    def may_be_filled(self) -> bool:
        return self.state in ("draft", "handed_back", "confirmed")


class Photo(models.Model):
    """A photo as sent, kept under its SHA-256; removed ones stay in the ledger with their time."""

    report = models.ForeignKey(RectifyReport, on_delete=models.PROTECT, related_name="photos")
    field = models.CharField(max_length=30, default="photos")
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=4)  # jpg | png | webp
    size = models.PositiveIntegerField()
    at = models.DateTimeField()
    removed = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]


class ReviewRemark(models.Model):
    """Why a field was sent back; shown beside that very field."""

    report = models.ForeignKey(RectifyReport, on_delete=models.PROTECT, related_name="remarks")
    field = models.CharField(max_length=30)
    reason = models.TextField()
    name = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
