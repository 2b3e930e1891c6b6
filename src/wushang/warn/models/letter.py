"""文书: a letter's fields, its number, its files with their digests, what was changed in it."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import models

from wushang.people.models import Department, User
from wushang.people.sealed_files import SealedStorage
from wushang.warn.models.warning import Warning
from wushang.warn.states import BEFORE_ISSUE, FURTHER_TITLES


def _salt() -> str:
    return secrets.token_hex(16)


def _stored_as(file: LetterFile, name: str) -> str:
    return f"letters/{file.sha256[:2]}/{file.sha256}.{name.rsplit('.', 1)[-1].lower()}"


class Letter(models.Model):
    """One letter by its kind (the name of its wording) and field values; `official` says which file counts. A 更正说明 of
    figures that stand in no warning has none."""

    warning = models.ForeignKey(Warning, null=True, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=40)
    purpose = models.CharField(max_length=12, default="main")  # main | revocation | attached | correction
    title = models.CharField(max_length=60)
    values = models.JSONField(default=dict)
    issuer = models.CharField(max_length=120)  # as printed
    bureau = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")  # who issues and signs it
    # Of 另发文书 (撤销通知, 挂牌督办通知书); the first letter moves with its warning and has neither.
    state = models.CharField(max_length=14, blank=True, db_index=True)  # drafted … issued | withdrawn
    due = models.DateField(null=True)
    cause = models.CharField(max_length=20, blank=True)  # of a 撤销通知: why the warning was wrong
    number = models.CharField(max_length=60, blank=True)
    signed = models.DateField(null=True)  # 成文日期
    official = models.CharField(max_length=4, default="pdf")  # pdf | scan
    draft = models.PositiveIntegerField(default=1)  # 第几稿
    dropped = models.BooleanField(default=False)  # replaced when the warning was raised before issuing
    salt = models.CharField(max_length=32, default=_salt)
    code = models.CharField(max_length=16, blank=True, db_index=True)  # 核验码 of the issued wording
    created = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    @property
    def state_title(self) -> Any:
        return FURTHER_TITLES[self.state]

    @property
    def is_open(self) -> bool:
        """A 另发文书 that has not left yet."""
        return self.state in BEFORE_ISSUE


class LetterEdit(models.Model):
    """看修改: which fields a draft changed, from what to what."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="edits")
    at = models.DateTimeField()
    name = models.CharField(max_length=60)
    draft = models.PositiveIntegerField()
    changes = models.JSONField(default=dict)  # field → [before, after]

    class Meta:
        ordering = ["pk"]


class LetterFile(models.Model):
    """A rendered or brought-in file, kept under its SHA-256."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=6)  # pdf | docx | scan
    file = models.FileField(upload_to=_stored_as, storage=SealedStorage)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]


class LetterNumber(models.Model):
    """文号 once given is never given again: our own series has no gap, a number from the OA is taken as typed."""

    issuer = models.CharField(max_length=40)  # department code
    word = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    source = models.CharField(max_length=3)  # own | oa
    letter = models.ForeignKey(Letter, null=True, on_delete=models.PROTECT, related_name="numbers")
    at = models.DateTimeField()
    cancelled = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["year", "number"]
        constraints = [models.UniqueConstraint(fields=["word", "year", "number"], name="letter_number_once")]

    def __str__(self) -> Any:
        return f"{self.word}〔{self.year}〕{self.number}号"
