"""The story of one delivery (报送): the file kept, what it says, what waits to be mended, how it ended."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import polars as pl
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wushang.collect import shelf
from wushang.collect.source import Source, load
from wushang.people.crypto import EncryptedTextField
from wushang.people.models import Department
from wushang.pool.models import Commit
from wushang.terms.period import Period


class SourceVersion(models.Model):
    """A source's yaml as a row: a delivery pins the one it was read with; the newest one in force reads the next."""

    source = models.CharField(max_length=40)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    since = models.DateTimeField()
    by = models.CharField(max_length=60, blank=True)  # who put it in force; empty: as shipped
    why = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "digest"], name="source_version_once")]
        ordering = ["source", "-since", "-pk"]

    def loaded(self) -> Source:
        """The source that the text describes."""
        return _loaded(self.text, self.source)


@lru_cache(maxsize=64)
def _loaded(text: str, name: str) -> Source:
    return load(text, name)


class Batch(models.Model):
    """One delivery. received → read → checked → confirmed → landed; withdrawn or failed at any time before or after;
    unmapped (待对应列) until a person says which column is which."""

    RECEIVED, READ, CHECKED, CONFIRMED, LANDED = "received", "read", "checked", "confirmed", "landed"
    WITHDRAWING, WITHDRAWN, FAILED, UNMAPPED = "withdrawing", "withdrawn", "failed", "unmapped"
    STATES = (
        (RECEIVED, _("已上传，待核对")), (READ, _("正在核对")), (CHECKED, _("待确认入库")), (CONFIRMED, _("正在入库")),
        (LANDED, _("已入库")), (WITHDRAWING, _("正在撤回")), (WITHDRAWN, _("已撤回")), (FAILED, _("读不出")),
        (UNMAPPED, _("待对应列")),
    )  # fmt: skip

    version = models.ForeignKey(SourceVersion, on_delete=models.PROTECT)
    sender = models.ForeignKey(Department, on_delete=models.PROTECT)
    state = models.CharField(max_length=12, choices=STATES, default=RECEIVED)
    historical = models.BooleanField(default=False)  # judged, never pushed
    whole = models.BooleanField(default=False)  # 本表为全量: what a list of changes lacks is gone, this once
    layout = models.JSONField(default=dict)  # what is asked about its columns, and what a person agreed to

    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, db_index=True)  # SHA-256 of the file
    size = models.BigIntegerField()
    received = models.DateTimeField()
    received_by = models.CharField(max_length=60)

    lease_until = models.DateTimeField(null=True)
    holder = models.CharField(max_length=40, blank=True)

    checked = models.DateTimeField(null=True)
    seconds = models.FloatField(null=True)
    sheet = models.CharField(max_length=100, blank=True)
    header = models.JSONField(default=dict)
    start = models.DateField(null=True)  # of the period the file is for
    end = models.DateField(null=True)
    rows = models.IntegerField(default=0)
    taken = models.IntegerField(default=0)  # accepted as they came
    doubles = models.JSONField(default=list)  # [row, the earlier row it repeats; 0: known of another month]: the first; all stand on the shelf
    doubled = models.IntegerField(default=0)  # rows that repeat an earlier one
    lines = models.JSONField(default=dict)
    footers = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    remarks = models.JSONField(default=list)  # warnings on accepted rows
    problem = models.JSONField(default=dict)  # why it failed
    difference = models.JSONField(default=dict)  # new, changed, same, gone against what was known at `known`
    known = models.BigIntegerField(default=0)  # number of the commit it was compared with
    found = models.JSONField(default=list)  # problems as the file came, by kind: cells and rows
    counts = models.JSONField(default=dict)  # its quarantined rows by state, kind and change, kept up row by row

    confirmed = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    landed = models.DateTimeField(null=True)
    commit = models.ForeignKey(Commit, null=True, on_delete=models.PROTECT, related_name="+")
    commits = models.JSONField(default=list)  # every commit of this delivery: rows mended later land in further ones
    withdrawn = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=60, blank=True)
    withdraw_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "lease_until"], name="batch_waiting")]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"

    @property
    def number(self) -> str:
        """批次号: day of receipt and the running number."""
        return f"{timezone.localtime(self.received):%y%m%d}-{self.pk:02d}"

    @property
    def source(self) -> str:
        return self.version.source

    @property
    def period(self) -> Period | None:
        return Period(self.start, self.end) if self.start and self.end else None

    @property
    def title(self) -> str:
        """工伤认定 2026年1—2月."""
        name = self.version.loaded().title
        return f"{name} {said(self.period)}" if self.period else name

    @property
    def path(self) -> str:
        """Folder of its checked table, below WUSHANG_FILES."""
        return f"collect/{self.pk}"

    @property
    def absent(self) -> dict[str, str]:
        """Field → title of the needed columns that a person said this file has not (整列缺失)."""
        columns = self.version.loaded().columns
        return {name: columns[name].titles[0] for name in self.layout.get("absent", []) if name in columns}

    @property
    def sent_back(self) -> bool:
        """Whether a needed column is missing and every row lies with its sender again: as if it had not been delivered."""
        held = ("open", QuarantinedRow.MENDED, QuarantinedRow.ACCEPTED)
        return bool(self.layout.get("absent")) and bool(self.counts) and not self.taken and not any(self.counts.get(one) for one in held)

    def whole_periods(self) -> tuple[str, ...]:
        """The periods this delivery states in full; rows missing from it are withdrawn. Empty for lists of changes.

        A month of which the file has no row at all was not delivered: nothing of it is withdrawn.
        """
        source = self.version.loaded()
        if source.delivers == "changes" and not self.whole:
            return ()
        if not source.period:
            return ("",)
        there = set(shelf.table(self.path).select(pl.col("period").unique()).collect()["period"])
        wanted = [f"{month:%Y-%m}" for month in self.period.months()] if self.period else []
        return tuple(month for month in wanted if month in there)


def said(period: Period) -> str:
    """2026年3月 · 2026年1—2月 · 2025年11月—2026年2月 · 2025年."""
    first, last = period.start, period.end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.year}年{first.month}月"
    if first.year != last.year:
        return f"{first.year}年{first.month}月—{last.year}年{last.month}月"
    return f"{first.year}年" if (first.month, last.month) == (1, 12) else f"{first.year}年{first.month}—{last.month}月"


class QuarantinedRow(models.Model):
    """A row that waits in 待订正, with its cells as the file has them; later, how it was settled."""

    OPEN, MENDED, ACCEPTED, RETURNED = "open", "mended", "accepted", "returned"
    STATES = ((OPEN, _("待订正")), (MENDED, _("已改正")), (ACCEPTED, _("按原值接收")), (RETURNED, _("已退回")))

    # an index of its own would be one more, and a planner without figures takes it for a page of a million rows
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="quarantined", db_index=False)
    row = models.IntegerField()
    unit = models.CharField(max_length=200, blank=True)  # for lists; never a person's name
    key = models.TextField(blank=True, default="")  # natural key as the file has it, as far as it can be read
    kind = models.CharField(max_length=80, blank=True, default="")  # its one problem, “code.field”; several: SEVERAL
    suggested = models.BooleanField(default=False)  # what is suggested would mend it wholly
    raw: Any = EncryptedTextField()  # JSON by the file's own titles
    text: Any = EncryptedTextField()  # JSON of clean text by field, with what was mended
    problems = models.JSONField(default=list)  # Problem and field, severity, suggestion; personal values are not in it
    state = models.CharField(max_length=10, choices=STATES, default=OPEN)
    mended: Any = EncryptedTextField(blank=True, default="")  # JSON {field: [before, after]}
    reason = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField(null=True)
    result: Any = EncryptedTextField(blank=True, default="")  # JSON of the row that lands
    change = models.CharField(max_length=10, blank=True)  # new | changed | same against what was known
    landing_key = models.TextField(blank=True, default="")  # natural key under which it lands
    landed = models.BooleanField(default=False)

    SEVERAL = "several"  # a row with problems of more than one kind

    class Meta:
        ordering = ["row"]
        constraints = [models.UniqueConstraint(fields=["batch", "row"], name="quarantined_row_once")]
        indexes = [
            models.Index(fields=["batch", "state", "row"], name="quarantined_state"),
            models.Index(fields=["batch", "kind", "state", "row"], name="quarantined_kind"),
            models.Index(fields=["batch", "landing_key"], name="quarantined_lands", condition=~models.Q(landing_key="")),
        ]

    @property
    def waits(self) -> bool:
        return self.state == self.OPEN
