"""示范企业创建 (S0.11): a unit's project record, beside which the platform puts counts, people and rates of before and after."""

from __future__ import annotations

from django.db import models

from wushang.people.models import User
from wushang.pool.models import Enterprise


class Demonstration(models.Model):
    """`since`: from when on the measures were in place; `claimed`: the fall in per cent that the unit or a report tells."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=100)
    since = models.DateField()
    what = models.TextField(max_length=2000)  # 做了什么：设备、防护、培训、管理
    basis = models.CharField(max_length=200)  # 创建通知、验收文号
    claimed = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    name = models.CharField(max_length=60)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    why_ended = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-since", "-pk"]

    def __str__(self) -> str:
        return self.title
