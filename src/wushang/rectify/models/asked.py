"""Who else has to act: 转办 to a department or township, 约谈, 走访, 数据核对申请."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from wushang.people.crypto import EncryptedTextField
from wushang.people.models import Department, User
from wushang.pool.models import Enterprise
from wushang.rectify.models.case import Case

REFERRAL_KINDS = {
    "inspection": _("专项检查"),
    "plan": _("督促制定整改方案"),
    "site": _("看整改现场"),
    "delivery": _("当面送达"),
    "contact": _("核实联系人"),
    "enforcement": _("线索移送"),
    "other": _("其他事项"),
}
REFERRAL_STATES = {
    "sent": _("待接收"),
    "accepted": _("办理中"),
    "sent_back": _("已退回，待改派"),
    "answered": _("已反馈，待核验"),
    "checked": _("已核验"),
    "reassigned": _("已改派"),
}
REFERRAL_OPEN = ("sent", "accepted", "sent_back", "answered")


class Referral(models.Model):
    """转办: what, to whom, by when. It is accepted or sent back with a reason, answered, and the answer is checked."""

    warning = models.ForeignKey("warn.Warning", null=True, on_delete=models.PROTECT, related_name="referrals")
    finding = models.ForeignKey("judge.Finding", null=True, on_delete=models.PROTECT, related_name="+")  # 当即移送
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="referrals")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    what = models.TextField()
    to = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    reply_by = models.DateField()
    state = models.CharField(max_length=12, default="sent", db_index=True)
    sent = models.DateTimeField()
    sent_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    handler = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")  # who accepted it
    reason = models.TextField(blank=True)  # of sending it back
    sealed_answer: Any = EncryptedTextField(blank=True, default="")
    answered = models.DateTimeField(null=True)
    checked = models.DateTimeField(null=True)
    instead_of = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    urged = models.PositiveSmallIntegerField(default=0)  # 催办 so far
    last_urged = models.DateTimeField(null=True)

    class Meta:
        ordering = ["reply_by", "pk"]

    @property
    def kind_title(self) -> Any:
        return REFERRAL_KINDS[self.kind]

    @property
    def state_title(self) -> Any:
        return REFERRAL_STATES[self.state]

    @property
    def is_open(self) -> bool:
        return self.state in REFERRAL_OPEN

    @property
    def ours_to_do(self) -> bool:
        """Whether the department asked has to act."""
        return self.state in ("sent", "accepted")


class ReferralLine(models.Model):
    """What happened to a referral: sent, accepted, sent back, urged, answered, checked."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="lines")
    at = models.DateTimeField()
    name = models.CharField(max_length=60)
    text = models.TextField()

    class Meta:
        ordering = ["-at", "-pk"]


INTERVIEW_STATES = {"planned": _("已约定"), "held": _("已约谈"), "absent": _("未到场")}


class Interview(models.Model):
    """约谈 (for yellow “一对一”警示约谈): when and where, who came, the minutes."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="interviews")
    planned = models.DateTimeField()
    place = models.CharField(max_length=200)
    state = models.CharField(max_length=8, default="planned")
    held_on = models.DateField(null=True)
    minutes: Any = EncryptedTextField(blank=True, default="")  # facts agreed, promises, terms; may name people
    absence = models.CharField(max_length=300, blank=True)
    next_due = models.DateField(null=True)  # of the next one, where the policy wants it regularly
    name = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    @property
    def state_title(self) -> Any:
        return INTERVIEW_STATES[self.state]


VISIT_RESULTS = {"done": _("已办"), "nobody": _("门关未遇"), "not_ours": _("不属本辖区")}
VISIT_KINDS = {"delivery": _("当面送达"), "site": _("看整改现场"), "contact": _("核实联系人"), "other": _("走访")}


class Visit(models.Model):
    """今日走访: a township officer went there; what was found."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    warning = models.ForeignKey("warn.Warning", null=True, on_delete=models.PROTECT, related_name="visits")
    referral = models.ForeignKey(Referral, null=True, on_delete=models.PROTECT, related_name="visits")
    kind = models.CharField(max_length=10)
    result = models.CharField(max_length=10)
    record: Any = EncryptedTextField(blank=True, default="")
    photos = models.JSONField(default=list)  # [{sha256, kind, size}]
    on = models.DateField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    @property
    def kind_title(self) -> Any:
        return VISIT_KINDS[self.kind]

    @property
    def result_title(self) -> Any:
        return VISIT_RESULTS[self.result]


CORRECTION_KINDS = {
    "not_ours": _("受伤职工不是我单位的"),
    "commuting": _("属于上下班途中"),
    "refused": _("没有认定为工伤"),
    "facts": _("日期、岗位等写错了"),
    "headcount": _("参保人数不对"),
    "contact": _("联系人或电话不对"),
    "other": _("其他"),
}
CORRECTION_ANSWERS = {"granted": _("情况属实，已改正"), "partly": _("部分属实，已改正相应部分"), "refused": _("经核对，原数据无误")}


class CorrectionRequest(models.Model):
    """数据核对申请: answered within 5 working days; the duty to mend goes on meanwhile."""

    warning = models.ForeignKey("warn.Warning", on_delete=models.PROTECT, related_name="corrections")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    text: Any = EncryptedTextField()
    asked = models.DateTimeField()
    after_term = models.BooleanField(default=False)  # asked later than the letter allowed; looked at all the same
    due = models.DateField()
    clause = models.TextField(blank=True)
    answer = models.CharField(max_length=10, blank=True)
    reply = models.TextField(blank=True)
    answered = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    known = models.BigIntegerField(default=0)  # the newest version of the data when it was asked
    commit = models.BigIntegerField(null=True)  # the version of the data that mended it
    returned_to = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")  # asked to look at its file
    returned = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due", "pk"]

    @property
    def kind_title(self) -> Any:
        return CORRECTION_KINDS[self.kind]

    @property
    def answer_title(self) -> Any:
        return CORRECTION_ANSWERS.get(self.answer, "")
