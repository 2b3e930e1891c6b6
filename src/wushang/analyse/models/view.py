"""Kept questions of the cube (常用表): who keeps them, who may open them, to whom they come by themselves, and what came."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from wushang.people.models import User

SHARED = {"": _("只有我"), "department": _("本单位"), "all": _("所有能看交叉分析的人")}
EVERY = {"": _("不送"), "week": _("每周一"), "month": _("每月1日")}
SPANS = {"fixed": _("固定的月份"), "year": _("今年以来"), "rolling": _("最近同样多的月")}


class SavedView(models.Model):
    """A question, never an answer: whoever opens it gets the figures of the own scope."""

    name = models.CharField(max_length=60)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    question = models.JSONField()  # [name, text] pairs as an address has them
    against = models.CharField(max_length=20, blank=True)
    span = models.CharField(max_length=8, default="year")
    shared = models.CharField(max_length=10, blank=True)
    made = models.DateTimeField()
    dropped = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def shared_title(self) -> Any:
        return SHARED[self.shared]

    @property
    def span_title(self) -> Any:
        return SPANS[self.span]

    @staticmethod
    def open_to(user: User) -> QuerySet[SavedView]:
        """Those that a user may open: the own ones, the own department's that are shared with it, those shared with everybody."""
        mine = Q(owner=user) | Q(shared="all")
        if user.department_id:
            mine |= Q(shared="department", owner__department=user.department_id)
        return SavedView.objects.filter(mine, dropped=None).select_related("owner__department")


class Subscription(models.Model):
    """定期送: to whom a view comes, and how often."""

    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, related_name="subscriptions")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    every = models.CharField(max_length=5)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["view", "user"], name="subscription_once")]


class SentView(models.Model):
    """What came: the version of the data and one sentence, both as the receiver's scope had them on the day."""

    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()  # the Monday or the first of the month
    question = models.JSONField()
    commit = models.BigIntegerField()
    said = models.CharField(max_length=300)
    at = models.DateTimeField()
    read = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["view", "user", "on"], name="sent_view_once")]
        indexes = [models.Index(fields=["user"], condition=Q(read=None), name="sent_view_unread")]
