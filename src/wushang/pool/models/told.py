"""A reported fact whose unit is known by the words of the file: no row of it ever makes a provisional unit."""

from django.db import models

from wushang.pool.models.clock import Reported
from wushang.pool.models.enterprise import Enterprise


class Told(Reported):
    """`enterprise` stays empty where the file's words name no known unit exactly; the words are kept."""

    enterprise = models.ForeignKey(Enterprise, null=True, on_delete=models.PROTECT, related_name="+")
    employer_text = models.CharField(max_length=200, blank=True)  # 单位 as the file writes it
    employer_uscc = models.CharField(max_length=40, blank=True)  # 统一社会信用代码 or another number, as written
    employer_number = models.CharField(max_length=40, blank=True)  # 单位编号(社保)
    region = models.CharField(max_length=12, blank=True)
    industry = models.CharField(max_length=8, blank=True)

    class Meta(Reported.Meta):
        abstract = True
