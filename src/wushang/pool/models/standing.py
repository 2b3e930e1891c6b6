"""What departments hold of a unit: gradings and lists it stands in (Standing), penalties."""

from django.db import models

from wushang.pool.models.told import Told


class Standing(Told):
    """标准化等级, 信用等级, 和谐劳动关系, 规上, 施工许可 …: `kind` from terms.codes standing_kind."""

    kind = models.CharField(max_length=20)
    grade = models.CharField(max_length=40, blank=True)
    number = models.CharField(max_length=80, blank=True)  # 证书编号, 许可证号
    title = models.CharField(max_length=200, blank=True)  # 项目名称 of a permit
    year = models.SmallIntegerField(null=True)  # 年度 of a yearly list
    amount = models.BigIntegerField(null=True)  # 合同价 of a permit, fen
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)  # last day included; empty: open

    class Meta(Told.Meta):
        indexes = [*Told.Meta.indexes, models.Index(fields=["kind", "valid_to"], name="standing_kind")]


class Penalty(Told):
    """行政处罚."""

    number = models.CharField(max_length=80)
    decided = models.DateField()
    authority = models.CharField(max_length=80, blank=True)
    matter = models.CharField(max_length=300, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    amount = models.BigIntegerField(null=True)  # fen

    class Meta(Told.Meta):
        indexes = [*Told.Meta.indexes, models.Index(fields=["decided"], name="penalty_by_day")]
