"""生产安全事故 as the emergency bureau (应急) reports it: an event with counts of people, no names."""

from django.db import models

from wushang.people.crypto import EncryptedTextField
from wushang.pool.models.told import Told


class Accident(Told):
    number = models.CharField(max_length=60)
    occurred = models.DateField()
    hour = models.SmallIntegerField(null=True)
    place = models.CharField(max_length=120, blank=True)
    field = models.CharField(max_length=60, blank=True)  # 行业领域
    kind = models.CharField(max_length=40, blank=True)  # terms.codes accident_kind as of the day
    grade = models.CharField(max_length=20, blank=True)  # 等级, terms.codes accident_grade
    dead = models.IntegerField(null=True)
    serious = models.IntegerField(null=True)
    minor = models.IntegerField(null=True)
    missing = models.IntegerField(null=True)
    loss = models.BigIntegerField(null=True)  # 直接经济损失, fen
    productive = models.BooleanField(null=True)  # 是否生产经营性
    investigated = models.BooleanField(null=True)  # 是否调查结案
    closed = models.DateField(null=True)
    responsibility = EncryptedTextField(blank=True, default="")  # 责任认定: free text that may name persons
    penalty = EncryptedTextField(blank=True, default="")  # 处罚, likewise

    class Meta(Told.Meta):
        indexes = [*Told.Meta.indexes, models.Index(fields=["occurred"], name="accident_by_day")]
