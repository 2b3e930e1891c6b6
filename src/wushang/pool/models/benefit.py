"""Money: benefits paid for an injury (工伤待遇支付) and projects insured as a whole (按项目参保). Money in fen."""

from django.db import models

from wushang.people.crypto import EncryptedTextField
from wushang.pool.models.told import Told


class Payment(Told):
    """One item of one claim in one month. Negative: 冲红, takes an earlier payment back."""

    month = models.DateField()  # 支付月份, its first day
    claim_number = models.CharField(max_length=60, blank=True, db_index=True)  # 认定编号: the only link to the injury
    worker_key = models.CharField(max_length=40, blank=True)
    masked_name = models.CharField(max_length=40, blank=True)
    item = models.CharField(max_length=30)  # 待遇项目, terms.codes benefit_item
    amount = models.BigIntegerField()
    paid_to = models.CharField(max_length=20, blank=True)  # person | unit | hospital
    paid_on = models.DateField(null=True)
    fund_source = models.CharField(max_length=20, blank=True)  # fund | employer | fiscal
    advance = models.BooleanField(null=True)  # 先行支付
    recourse = models.BooleanField(null=True)  # 追偿
    personal = EncryptedTextField(blank=True, default="")

    class Meta(Told.Meta):
        indexes = [*Told.Meta.indexes, models.Index(fields=["enterprise", "month"], name="payment_month")]


class ProjectInsurance(Told):
    """按项目参保 of one construction project in one month; the unit is the main contractor (施工总承包)."""

    month = models.DateField(null=True)
    number = models.CharField(max_length=60)  # 项目编号
    name = models.CharField(max_length=200, blank=True)  # 项目名称
    contract = models.BigIntegerField(null=True)  # 合同价
    rate = models.IntegerField(null=True)  # millionths of the contract
    levy = models.BigIntegerField(null=True)  # 缴费额
    started = models.DateField(null=True)
    ended = models.DateField(null=True)
    heads = models.IntegerField(null=True)  # 实名人数 at the end of the month

    class Meta(Told.Meta):
        pass
