"""核对: read a kept file and write down what came of it. Killed at any moment, it is done again from the file."""

from __future__ import annotations

import json
import logging
import uuid
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any

import polars as pl
from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wushang.collect import shelf
from wushang.collect.checking import Checked, Remark, Waiting, check_file
from wushang.collect.compare import compare, table_of
from wushang.collect.models import Batch, QuarantinedRow
from wushang.people.actor import Actor
from wushang.people.deed import Deed, refuse
from wushang.pool.models.clock import latest
from wushang.terms.problem import Problem, Refused

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=10)
SHOWN = 500  # warnings kept for the page; all are counted


def secret() -> bytes:
    """The key of row digests: equal rows are known again, and a digest alone tells nothing of its row."""
    return f"rows:{settings.WUSHANG_FIELD_KEY}".encode()


def check_waiting(at: datetime, limit: int = 20) -> int:
    """Check the deliveries that wait, one after the other; returns how many. For the worker."""
    free = Q(lease_until=None) | Q(lease_until__lt=at)
    waiting = Batch.objects.filter(free, state__in=(Batch.RECEIVED, Batch.READ)).order_by("pk")
    return sum(check(batch, at) for batch in waiting[:limit])


def check(batch: Batch, at: datetime, actor: Actor | None = None) -> bool:
    """Take the delivery by lease, read and check it, write the outcome; False when somebody else has it."""
    holder = uuid.uuid4().hex
    free = Q(lease_until=None) | Q(lease_until__lt=at)
    mine = Batch.objects.filter(free, pk=batch.pk, state__in=(Batch.RECEIVED, Batch.READ))
    if not mine.update(state=Batch.READ, holder=holder, lease_until=at + LEASE):
        return False
    batch.refresh_from_db()
    began = perf_counter()
    outcome = _read(batch)
    actor = actor or Actor.system()
    CheckBatch(actor, at, batch, holder, outcome, round(perf_counter() - began, 2)).do()
    return True


def _read(batch: Batch) -> Checked | Problem:
    """The checked table, or why there is none."""
    day = timezone.localdate(batch.received)
    try:
        content = shelf.kept_file(batch.digest)
        source = batch.version.loaded()
        checked = check_file(content, batch.file_name, source, day, batch.period, secret())
    except Refused as refused:
        return refused.problem
    except (Exception, pl.exceptions.PanicException):  # our mistake, not the sender's: told once, not tried for ever
        log.exception("batch %s could not be checked", batch.pk)
        why, remedy = "平台读这份文件时出错，已记入日志", "请告诉系统管理员批次号；也可另存为 xlsx 再上传一次"
        return Problem("crashed", "文件", batch.file_name, why, remedy)
    shelf.keep_table(batch.path, checked.accepted, source.personal)
    return checked


@dataclass
class CheckBatch(Deed):
    """Write the outcome of one reading; the holder of the lease alone may."""

    batch: Batch
    holder: str
    outcome: Checked | Problem
    seconds: float = 0

    verb = "collect.upload"
    title = _("核对报送表")

    def check(self) -> None:
        if (
            not Batch.objects.select_for_update()
            .filter(pk=self.batch.pk, holder=self.holder, state=Batch.READ)
            .exists()
        ):
            raise refuse("taken_over", _("这一批已由别的进程核对。"), _("不用再做什么。"))

    def act(self) -> Batch:
        batch, outcome = self.batch, self.outcome
        batch.checked, batch.seconds, batch.lease_until, batch.holder = self.at, self.seconds, None, ""
        if isinstance(outcome, Problem):
            batch.state, batch.problem = Batch.FAILED, outcome.to_json()
        else:
            self._keep(outcome)
        batch.save()
        return batch

    def _keep(self, checked: Checked) -> None:
        batch, period = self.batch, checked.period
        batch.state, batch.sheet, batch.header = Batch.CHECKED, checked.sheet, asdict(checked.header)
        batch.start, batch.end = (period.start, period.end) if period else (None, None)
        batch.rows, batch.taken, batch.lines = checked.rows, checked.accepted.height, checked.lines
        batch.doubles = [list(row) for row in checked.duplicates.rows()]
        batch.footers = [footer.to_json() for footer in checked.footers]
        batch.notes, batch.remarks = checked.notes, _counted(checked.remarks)
        batch.quarantined.all().delete()
        personal = set(checked.source.personal)
        rows = [waiting_row(batch, waiting, personal, checked.source.unit_name) for waiting in checked.quarantined]
        QuarantinedRow.objects.bulk_create(rows, batch_size=500)
        refresh_difference(batch)

    def subject(self) -> str:
        return f"batch:{self.batch.pk}"

    def said(self) -> dict:
        if isinstance(self.outcome, Problem):
            return {"failed": self.outcome.code}
        return {"rows": self.outcome.rows, "accepted": self.outcome.accepted.height, "waiting": self.outcome.by_code()}


def refresh_difference(batch: Batch) -> None:
    """Compare the accepted rows with what is known now; the caller saves. Keys that wait are not gone."""
    source = batch.version.loaded()
    if not source.lands:
        return
    digests = dict(shelf.kept_table(batch.path).select("key", "digest").rows())
    held = keys_that_wait(batch)
    found = compare(table_of(source.lands), source.id, batch.sender.code, digests, batch.whole_periods(), held)
    batch.difference, batch.known = found.counts(), latest()


def keys_that_wait(batch: Batch) -> set[str]:
    """Natural keys of all rows of the file that were not taken as they came."""
    return {key for problems in batch.quarantined.values_list("problems", flat=True) for key in _key_in(problems)}


def _key_in(problems: list[dict[str, Any]]) -> list[str]:
    return [p["key"] for p in problems if p.get("key")]


def waiting_row(batch: Batch, waiting: Waiting, personal: set[str], unit: str) -> QuarantinedRow:
    """A row of 待订正; personal cells only in the sealed fields."""
    return QuarantinedRow(
        batch=batch, row=waiting.row, unit=waiting.text.get(unit, "")[:200],
        raw=json.dumps(waiting.raw, ensure_ascii=False), text=json.dumps(waiting.text, ensure_ascii=False),
        problems=[problem_json(remark, personal, waiting.key) for remark in waiting.remarks],
    )  # fmt: skip


def problem_json(remark: Remark, personal: set[str], key: str) -> dict[str, Any]:
    """A problem as it is kept: the value of a personal cell is not in it."""
    hidden = remark.field in personal
    kept = remark.problem.to_json() | {"value": "" if hidden else remark.problem.value}
    suggestion = "" if hidden else remark.suggestion
    return kept | {"field": remark.field, "severity": remark.severity, "suggestion": suggestion, "key": key}


def _counted(remarks: list[Remark]) -> list[dict[str, Any]]:
    """Warnings by sentence, with how many rows and the first of them."""
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for remark in remarks:
        p = remark.problem
        why = "按基数乘费率算出的数与应缴不符" if p.code == "contribution" else p.why
        entry = found.setdefault(
            (p.code, p.column, why),
            {"code": p.code, "column": p.column, "why": why, "remedy": p.remedy, "count": 0, "rows": []},
        )
        entry["count"] += 1
        if len(entry["rows"]) < SHOWN:
            entry["rows"].append(remark.row)
    return list(found.values())
