"""A re-check (效果评估): what was counted, at which commit, what the platform proposed, what a person signed."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wushang.people.models import User
from wushang.pool.models import Enterprise
from wushang.rectify.models import Case

VERDICTS = {"passed": _("通过"), "failed": _("未通过"), "review": _("转人工核定"), "unripe": _("申报期未满")}
TESTS = {"passed": _("达到"), "failed": _("未达到"), "not_asked": _("不比较"), "unknown": _("不可计算")}
DECISIONS = {"close": _("办结"), "list": _("挂牌督办"), "extend": _("延期评估")}
STATES = {"proposed": _("待签发"), "signed": _("已签发"), "replaced": _("已重新计算")}


PREVIEW = Q(state="proposed", verdict="unripe")


class Recheck(models.Model):
    """Never changed but for its signature: counting anew makes a new row and marks this one replaced."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="rechecks")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    commit = models.BigIntegerField()  # the data version that was counted
    rule = models.JSONField()  # the parameters of domain.md A0-rule as they were, with the clause
    start = models.DateField()  # of the clock
    window_start = models.DateField()
    window_end = models.DateField()
    ripe_on = models.DateField()
    figures = models.JSONField()  # {"now": …, "before": …, "other": {period, now, before}}
    references = models.JSONField()  # {"pooled": "3/58", …}: exact fractions
    fall_test = models.CharField(max_length=10)
    rate_test = models.CharField(max_length=10)
    flags = models.JSONField(default=list)
    verdict = models.CharField(max_length=8)
    sentences = models.JSONField()
    basis = models.JSONField()  # 统计依据
    state = models.CharField(max_length=8, default="proposed")
    decision = models.CharField(max_length=8, blank=True)
    reason = models.TextField(blank=True)
    signer = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    signed = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(state="proposed"), name="recheck_one_proposed")
        ]

    @property
    def verdict_title(self) -> Any:
        return VERDICTS[self.verdict]

    @property
    def is_preview(self) -> bool:
        """Counted before its day (先算): shown, and not yet signed."""
        return self.state == "proposed" and self.verdict == "unripe"

    @property
    def state_title(self) -> Any:
        return _("试算") if self.is_preview else STATES[self.state]

    @property
    def decision_title(self) -> Any:
        return DECISIONS.get(self.decision, "")

    @property
    def fall_title(self) -> Any:
        return TESTS[self.fall_test]

    @property
    def rate_title(self) -> Any:
        return TESTS[self.rate_test]
