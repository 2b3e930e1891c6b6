"""A case (整改件) of one warning, what was done to it, and its published versions."""

from __future__ import annotations

from typing import Any

from django.db import models

from wushang.people.models import User
from wushang.pool.models import Enterprise, Fact
from wushang.rectify.states import ENDED, TITLES, WITH_ENTERPRISE
from wushang.terms.level import Level


class Case(models.Model):
    """Opened when a warning is delivered; the clocks are those of the policy version that judged it."""

    warning = models.OneToOneField("warn.Warning", on_delete=models.PROTECT, related_name="case")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    policy = models.CharField(max_length=80)  # the pack's id
    level = models.CharField(max_length=10)
    state = models.CharField(max_length=16, db_index=True)
    opened = models.DateTimeField()
    delivered = models.DateField()  # the start of the report's clock
    handler = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    due = models.DateField(null=True)  # last day of the present step
    clause = models.TextField(blank=True)  # why that day
    report_due = models.DateField(null=True)  # null: no report is wanted, or its clock has not begun
    needs_interview = models.BooleanField(default=False)
    rounds = models.PositiveSmallIntegerField(default=0)  # how often it was sent back (补正)
    late = models.BooleanField(default=False)  # 迟交: the first report came after its last day
    submitted = models.DateTimeField(null=True)  # first report
    accepted = models.DateField(null=True)
    recheck_on = models.DateField(null=True)  # not before: window and lag are over
    referred = models.DateTimeField(null=True)  # 线索移送
    ended = models.DateTimeField(null=True)
    end_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["due", "pk"]

    def __str__(self) -> str:
        return f"{self.rank_level.zh} {self.pk}"

    @property
    def rank_level(self) -> Level:
        return Level(self.level)

    @property
    def state_title(self) -> Any:
        return TITLES[self.state]

    @property
    def is_open(self) -> bool:
        return self.state not in ENDED

    @property
    def waits_for_enterprise(self) -> bool:
        return self.state in WITH_ENTERPRISE

    @property
    def wants_report(self) -> bool:
        """Whether the unit is asked for a report; its last day may not be known yet (a rule that counts from the signature)."""
        return self.report_due is not None or self.state == "report_due"

    @property
    def report(self) -> Any:
        """The report of the newest round."""
        return self.reports.order_by("-round").first()

    @property
    def plan(self) -> Any:
        """整改方案 of the newest round."""
        return self.plans.order_by("-round").first()


class CaseLine(models.Model):
    """办理记录 of a case: what was done, in words; no personal data."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="lines")
    at = models.DateTimeField()
    name = models.CharField(max_length=60)
    text = models.TextField()

    class Meta:
        ordering = ["-at", "-pk"]


class CaseVersion(Fact):
    """What the snapshot's table `cases` says of a case: a version per change, so that “known on that day” holds."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="versions")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    policy = models.CharField(max_length=80)
    level = models.CharField(max_length=10)
    state = models.CharField(max_length=16)
    opened = models.DateField()
    report_due = models.DateField(null=True)
    submitted = models.DateField(null=True)
    late = models.BooleanField(default=False)
    accepted = models.DateField(null=True)
    ended = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["enterprise"], name="case_version_enterprise")]


class Reminder(models.Model):
    """One reminder of one deadline, so that the worker sends it once however often it runs."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reminders")
    due = models.DateField()
    offset = models.SmallIntegerField()  # days before (negative) or on the day
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "due", "offset"], name="reminder_once")]
