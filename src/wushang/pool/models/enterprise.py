"""One enterprise (单位): a bare identity, its versions, what registers said of it, whom to call."""

from django.db import models

from wushang.people.crypto import EncryptedTextField
from wushang.pool.models.clock import Fact, Reported


class Enterprise(models.Model):
    """A bare identity; never changes. Every other room's foreign key points here."""

    created = models.DateTimeField()


class EnterpriseVersion(Fact):
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="versions")
    name = models.CharField(max_length=200)
    plain_name = models.CharField(max_length=200, db_index=True)  # normalised, for resolving
    former_names = models.JSONField(default=list)
    uscc = models.CharField(max_length=18, blank=True, db_index=True)
    insurance_number = models.CharField(max_length=40, blank=True, db_index=True)
    region = models.CharField(max_length=12, blank=True, db_index=True)
    industry = models.CharField(max_length=8, blank=True)
    size = models.CharField(max_length=10, blank=True)  # large | medium | small | micro
    tag = models.CharField(max_length=40, blank=True)  # 地方产业, '杯业'
    regulator = models.CharField(max_length=40, blank=True)  # department code of 行业主管部门
    legal_person = EncryptedTextField(blank=True, default="")
    state = models.CharField(max_length=20, default="active")  # active | cancelled
    provisional = models.BooleanField(default=False)  # 待确认: counted in totals, never warned
    merged_into = models.ForeignKey(Enterprise, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["enterprise", "superseded"], name="enterprise_now")]


class RegisterEntry(Reported):
    """A row of a register (市场主体登记)."""

    enterprise = models.ForeignKey(Enterprise, null=True, on_delete=models.PROTECT, related_name="+")
    values = models.JSONField(default=dict)

    class Meta(Reported.Meta):
        pass


class Contact(models.Model):
    """联系人库: whom to reach at an enterprise. Not a fact of a file: people verify it and mark numbers invalid."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="contacts")
    role = models.CharField(max_length=20)  # head 主要负责人 | handler 经办人
    name = EncryptedTextField(blank=True, default="")
    phone = EncryptedTextField(blank=True, default="")
    phone_index = models.CharField(max_length=40, blank=True, db_index=True)
    email = models.EmailField(blank=True)
    source = models.CharField(max_length=60)
    verified = models.DateField(null=True)  # 核实日期
    invalid_since = models.DateField(null=True)  # 无效号码
    added = models.DateTimeField()

    class Meta:
        ordering = ["invalid_since", "-verified", "-pk"]
