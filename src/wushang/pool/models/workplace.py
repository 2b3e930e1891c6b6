"""Disease hazards at workplaces (职业卫生): what was declared, what was measured, who was examined."""

from django.db import models

from wushang.pool.models.told import Told


class HazardDeclaration(Told):
    """职业病危害项目申报 of a unit: one factor a row."""

    declared = models.DateField()
    kind = models.CharField(max_length=20, blank=True)  # first | change | yearly
    factor = models.CharField(max_length=80)
    exposed = models.IntegerField(null=True)  # 接害人数
    serious = models.BooleanField(null=True)  # 危害程度 严重

    class Meta(Told.Meta):
        pass


class HazardTest(Told):
    """检测结果 of one factor at one post. `measured` and `limit` are in millionths of `unit`, exact."""

    number = models.CharField(max_length=60, blank=True)  # 报告编号
    tested = models.DateField()
    post = models.CharField(max_length=80, blank=True)
    factor = models.CharField(max_length=80)
    measured = models.BigIntegerField(null=True)
    limit = models.BigIntegerField(null=True)
    unit = models.CharField(max_length=20, blank=True)  # mg/m³, dB(A)
    exceeded = models.BooleanField(null=True)
    institution = models.CharField(max_length=120, blank=True)

    class Meta(Told.Meta):
        indexes = [*Told.Meta.indexes, models.Index(fields=["tested"], name="hazard_test_by_day")]


class HealthCheck(Told):
    """职业健康检查 of a unit in one month: how many, how many abnormal."""

    month = models.DateField()
    factor = models.CharField(max_length=80, blank=True)
    due = models.IntegerField(null=True)  # 应检人数
    checked = models.IntegerField(null=True)
    checked_ytd = models.IntegerField(null=True)  # 从年初累计, where the department reports only that
    abnormal = models.IntegerField(null=True)
    suspected = models.IntegerField(null=True)  # 疑似职业病人数
    forbidden = models.IntegerField(null=True)  # 职业禁忌证人数

    class Meta(Told.Meta):
        pass
