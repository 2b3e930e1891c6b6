"""Who there is: regions, departments, users, roles, appointments with deputies, the audit rows."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import connection, models
from django.db.models import F, Q


def one_at_a_time(name: str) -> None:
    """Wait inside a transaction until nobody else holds this lock (on SQLite BEGIN IMMEDIATE already did)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"wushang.{name}"])


def valid_on(day: date) -> Q:
    """Rows with valid_from/valid_to that hold on a day; no date means no bound."""
    return (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(valid_to=None) | Q(valid_to__gte=day))


class Region(models.Model):
    """A place of GB/T 2260 or below (township 9 digits), or a local functional zone (开发区)."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=12)  # province | city | county | township | zone
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    former_names = models.JSONField(default=list)  # files go on writing them
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)  # the last day

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class RegionChange(models.Model):
    """A change of codes: rows dated before `on` carry `old`, rows after it `new` (撤县设区, 更名, 合并)."""

    on = models.DateField()
    kind = models.CharField(max_length=20)
    old = models.CharField(max_length=12, db_index=True)
    new = models.CharField(max_length=12)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["on", "old", "new"], name="region_change_once")]


class Department(models.Model):
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=40)
    kind = models.CharField(max_length=30)  # codes list department_kind
    region = models.ForeignKey(Region, on_delete=models.PROTECT)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.short_name


class AreaMap(models.Model):
    """地图 of a region's townships as it was uploaded; the newest holds."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="maps")
    content = models.JSONField()  # as people.outline reads it
    file_name = models.CharField(max_length=200)
    approval = models.CharField(max_length=60, blank=True)  # 审图号
    name = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]


class UserManager(BaseUserManager):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=40)
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    password_set = models.DateTimeField(null=True)

    USERNAME_FIELD = "username"
    objects = UserManager()

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """A post's rights as data (people/roles/*.yaml are what we ship; the row is what holds)."""

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=60)
    verbs = models.JSONField(default=list)
    shipped = models.JSONField(default=list)  # the verbs as shipped when it was last loaded: what came since is added

    def __str__(self) -> str:
        return self.title


class Appointment(models.Model):
    """A person in a role over regions and industries, between dates. Empty industries mean all."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="appointments")
    role = models.ForeignKey(Role, on_delete=models.PROTECT)
    regions = models.JSONField(default=list)  # region codes
    industries = models.JSONField(default=list)  # GB/T 4754 prefixes
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    deputy_of = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="deputies")  # AB岗

    class Meta:
        ordering = ["pk"]


class HandOver(models.Model):
    """一键交接: what one person passed to a successor, the list both confirm."""

    giver = models.ForeignKey(User, on_delete=models.PROTECT, related_name="hand_overs_given")
    taker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="hand_overs_taken")
    started = models.DateTimeField()
    confirmed = models.DateTimeField(null=True)
    items = models.JSONField(default=list)  # [{"what": …, "title": …, "url": …}]
    note = models.TextField(blank=True)


class AuditEntry(models.Model):
    at = models.DateTimeField()
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT)
    name = models.CharField(max_length=60)
    via = models.CharField(max_length=12)
    verb = models.CharField(max_length=60, db_index=True)
    subject = models.CharField(max_length=120, db_index=True)
    detail = models.JSONField(default=dict)
    sequence = models.BigIntegerField(null=True, unique=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = [F("sequence").asc(nulls_last=True), "pk"]


class Lease(models.Model):
    """One builder, sealer or sender at a time by name; a lease whose time has run out may be taken."""

    name = models.CharField(max_length=60, primary_key=True)
    holder = models.CharField(max_length=60)
    until = models.DateTimeField()


class Machine(models.Model):
    """机器账号: a department's system that sends rows by itself. Its token (令牌) is shown once and kept as a hash."""

    name = models.CharField(max_length=60)
    department = models.ForeignKey(Department, on_delete=models.PROTECT)
    sources = models.JSONField(default=list)  # ids of the tables it may send
    confirms = models.BooleanField(default=False)  # what raises no doubt is taken in without a person
    token_hash = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=12)  # how the token begins, to tell two apart
    created = models.DateTimeField()
    created_by = models.CharField(max_length=60)
    expires = models.DateField()  # the last day
    revoked = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=60, blank=True)
    revoke_reason = models.CharField(max_length=500, blank=True)
    last_used = models.DateTimeField(null=True)
    minute = models.BigIntegerField(default=0)  # of the requests counted in `used`
    used = models.IntegerField(default=0)

    class Meta:
        ordering = ["revoked", "department__code", "pk"]

    def __str__(self) -> str:
        return self.name

    def lives_on(self, day: date) -> bool:
        return self.revoked is None and day <= self.expires
