"""One worker, one injury: bare identities, the versions, and what each source reported."""

from django.db import models

from wushang.people.crypto import EncryptedTextField
from wushang.pool.models.clock import Fact, Reported
from wushang.pool.models.enterprise import Enterprise


class Worker(models.Model):
    """A bare identity found by the keyed hash of the ID number; personal values live in Report only."""

    key = models.CharField(max_length=40, unique=True)


class Injury(models.Model):
    """A bare identity; never changes."""

    created = models.DateTimeField()


class InjuryVersion(Fact):
    """What is believed of an injury, from its reports by the order of precedence per field. No personal values."""

    injury = models.ForeignKey(Injury, on_delete=models.PROTECT, related_name="versions")
    employer = models.ForeignKey(Enterprise, null=True, on_delete=models.PROTECT, related_name="+")  # 责任单位
    host = models.ForeignKey(Enterprise, null=True, on_delete=models.PROTECT, related_name="+")  # 实际用工单位
    worker = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="+")
    event = models.CharField(max_length=60)  # 起: injuries of one accident share it
    occurred = models.DateField()
    hour = models.SmallIntegerField(null=True)
    reported = models.DateField(null=True)  # 申请日期
    accepted = models.DateField(null=True)  # 受理日期
    recognised = models.DateField(null=True)  # 决定日期 of a recognition
    status = models.CharField(max_length=12)  # reported | accepted | recognised | deemed | refused | withdrawn
    situation = models.CharField(max_length=8, blank=True)  # 认定情形 '14-1'
    at_work = models.BooleanField(default=True)  # 生产经营性: neither 14-6 nor 15-x
    kind = models.CharField(max_length=40, blank=True)
    severity = models.CharField(max_length=10, blank=True)  # minor | serious | fatal
    part = models.CharField(max_length=40, blank=True)
    nature = models.CharField(max_length=40, blank=True)
    grade = models.SmallIntegerField(null=True)  # 1–10; 0 = 未达级; null = 未鉴定
    workshop = models.CharField(max_length=60, blank=True)
    workshop_kind = models.CharField(max_length=20, blank=True)  # the same by key words: no free text enters the snapshot
    post = models.CharField(max_length=60, blank=True)
    post_kind = models.CharField(max_length=20, blank=True)
    sex = models.CharField(max_length=2, blank=True)  # M | F
    age_band = models.CharField(max_length=4, blank=True)
    hired = models.DateField(null=True)
    tenure_days = models.IntegerField(null=True)
    employment = models.CharField(max_length=20, blank=True)
    region = models.CharField(max_length=12, blank=True)  # of the month of the event
    industry = models.CharField(max_length=8, blank=True)
    sender = models.CharField(max_length=40, blank=True)  # the department whose report it rests on

    class Meta:
        indexes = [
            models.Index(fields=["injury"], name="injury_versions"),
            models.Index(fields=["employer", "occurred"], name="injury_employer"),
            models.Index(fields=["host", "occurred"], name="injury_host"),
            models.Index(fields=["occurred"], name="injury_by_day"),  # the snapshot is written month by month
        ]


class Report(Reported):
    """One row of an injury source as cleaned; personal values sealed apart."""

    injury = models.ForeignKey(Injury, null=True, on_delete=models.PROTECT, related_name="+")
    employer = models.ForeignKey(Enterprise, null=True, on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey(Enterprise, null=True, on_delete=models.PROTECT, related_name="+")
    worker_key = models.CharField(max_length=40, blank=True, db_index=True)
    masked_name = models.CharField(max_length=40, blank=True)
    values = models.JSONField(default=dict)  # coded, no personal values
    personal = EncryptedTextField(blank=True, default="")  # JSON: name, id_number, phone, diagnosis, story

    class Meta(Reported.Meta):
        indexes = [*Reported.Meta.indexes, models.Index(fields=["injury"], name="report_injury")]
