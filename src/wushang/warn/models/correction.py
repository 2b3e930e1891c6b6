"""数据订正: a commit changed what somebody had been told: where the old figure stands, what was done about it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from wushang.people.models import User
from wushang.pool.models import Enterprise
from wushang.warn.models.letter import Letter

CAUSES = {
    "late": _("补报"),
    "changed": _("报送变更"),
    "mended": _("订正"),
    "refused": _("不予认定"),
    "withdrawn": _("报送撤回"),
    "merge": _("单位归并"),
    "split": _("撤销归并"),
}
CORRECTION_STATES = {"pending": _("待处理"), "explained": _("已说明"), "not_needed": _("无需说明")}
USE_KINDS = {
    "finding": _("研判结果"),
    "warning": _("预警件"),
    "letter": _("文书"),
    "push": _("三推送"),
    "print": _("会商页印发"),
    "brief": _("汇报稿"),
    "ledger": _("工伤事故台账"),
    "reconciliation": _("对账"),
}


class Correction(models.Model):
    """What one commit changed in the figures of one unit that had been used. One row a commit and unit."""

    commit = models.BigIntegerField()  # the number that changed them
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=10)
    found = models.DateTimeField()
    state = models.CharField(max_length=10, default="pending", db_index=True)
    reason = models.CharField(max_length=500, blank=True)  # why no explanation is needed
    by = models.CharField(max_length=60, blank=True)  # who settled it
    settled = models.DateTimeField(null=True)
    note = models.OneToOneField(Letter, null=True, on_delete=models.PROTECT, related_name="correction")  # 更正说明

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["commit", "enterprise"], name="correction_once")]

    @property
    def cause_title(self) -> Any:
        return CAUSES[self.cause]

    @property
    def state_title(self) -> Any:
        return CORRECTION_STATES[self.state]


class CorrectedUse(models.Model):
    """One place where the old figure stands: who was told, what, when, from which version of the data; what holds now."""

    correction = models.ForeignKey(Correction, on_delete=models.CASCADE, related_name="uses")
    kind = models.CharField(max_length=14)
    ref = models.BigIntegerField()  # id of that row
    what = models.CharField(max_length=200)  # 《整改建议书》
    number = models.CharField(max_length=60, blank=True)  # 文号
    day = models.DateField()  # when it was used
    known = models.BigIntegerField()  # the version of the data it was made from
    figure = models.CharField(max_length=120)  # what was told: 今年事故起数
    old = models.CharField(max_length=300)
    new = models.CharField(max_length=300)
    told = models.JSONField(default=list)  # names of units and departments
    outside = models.BooleanField(default=False)  # it left the platform: sent, printed, exported, signed with others
    to_unit = models.BooleanField(default=False)  # the enterprise itself was told

    class Meta:
        ordering = ["pk"]

    @property
    def kind_title(self) -> Any:
        return USE_KINDS[self.kind]

    @property
    def differs(self) -> bool:
        """What was told is no longer so; else the change came to the same figure again."""
        return self.old != self.new


class NoteStep(models.Model):
    """签批 of a 更正说明: drafted, reviewed, signed by different people; what was sent back counts anew."""

    correction = models.ForeignKey(Correction, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=12)  # draft | review | countersign | sign | send_back
    who = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    at = models.DateTimeField()
    remark = models.CharField(max_length=300, blank=True)
    live = models.BooleanField(default=True)

    class Meta:
        ordering = ["pk"]
