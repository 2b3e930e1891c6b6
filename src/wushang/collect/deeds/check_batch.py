"""核对: read a kept file and write down what came of it. Killed at any moment, it is done again from the file."""

from __future__ import annotations

import json
import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from time import monotonic, perf_counter
from typing import Any

import polars as pl
from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wushang.collect import compared, counts, shelf
from wushang.collect.checking import Remark, Waiting, look_at, no_rows
from wushang.collect.checks import column_absent
from wushang.collect.compared import keys_that_wait
from wushang.collect.deeds.cancel_upload import sweep
from wushang.collect.keeping import Keeping, Kept
from wushang.collect.known import history_of, landed_by
from wushang.collect.layout import drift, which
from wushang.collect.models import Batch, QuarantinedRow
from wushang.people.actor import Actor
from wushang.people.deed import Deed, refuse
from wushang.people.lease import by_now
from wushang.terms import disk
from wushang.terms.problem import Problem, Refused

__all__ = ["CheckBatch", "check", "check_small", "check_waiting", "keys_that_wait", "problem_json", "refresh_difference", "secret"]
log = logging.getLogger(__name__)
LEASE = timedelta(minutes=10)
SMALL = 8_000_000  # bytes: such a file is checked while its sender waits, a larger one by the worker
UNMAPPED = {"no_header", "column_missing", "drift", "several_sources"}  # a person says which table, which column is which


def secret() -> bytes:
    """The key of row digests: equal rows are known again, and a digest alone tells nothing of its row."""
    return f"rows:{settings.WUSHANG_FIELD_KEY}".encode()


def check_waiting(at: datetime, limit: int = 20, largest: int | None = None) -> int:
    """Check the deliveries that wait, one after the other; returns how many. For the worker. `largest`: only files up to it."""
    free = Q(lease_until=None) | Q(lease_until__lt=by_now(at))
    waiting = Batch.objects.filter(free, state__in=(Batch.RECEIVED, Batch.READ)).order_by("pk")
    waiting = waiting if largest is None else waiting.filter(size__lte=largest)
    return sum(check(batch, at) for batch in waiting[:limit])


def check_small(batch: Batch, at: datetime) -> None:
    """Check a small delivery at once; of a large one the worker will."""
    if batch.size <= SMALL:
        check(batch, at)


def check(batch: Batch, at: datetime, actor: Actor | None = None) -> bool:
    """Take the delivery by lease, read and check it, write the outcome; False when somebody else has it."""
    holder = uuid.uuid4().hex
    free = Q(lease_until=None) | Q(lease_until__lt=by_now(at))
    mine = Batch.objects.filter(free, pk=batch.pk, state__in=(Batch.RECEIVED, Batch.READ))
    if not mine.update(state=Batch.READ, holder=holder, lease_until=by_now(at) + LEASE):
        return False
    batch.refresh_from_db()
    began = perf_counter()
    try:
        outcome = _read(batch, Lease(batch, holder, by_now(at)))
    except Refused as no_room:
        _give_back(batch, holder, no_room.problem)
        return False
    seconds = round(perf_counter() - began, 2)
    try:
        CheckBatch(actor or Actor.system(), at, batch, holder, outcome, seconds).do()
    except Refused as refused:
        if refused.problem.code != "taken_over":
            raise
        sweep(batch)  # its sender took it back meanwhile: nothing of it stays
        return False
    return True


def _give_back(batch: Batch, holder: str, problem: Problem) -> None:
    """No fault of the file (the disk is full): it waits as before, people see why, and the next round tries again."""
    shelf.drop_folder(f"{batch.path}.{holder}")
    mine = Batch.objects.filter(pk=batch.pk, holder=holder, state=Batch.READ)
    mine.update(state=Batch.RECEIVED, holder="", lease_until=None, problem=problem.to_json())


@dataclass
class Lease:
    """The reader's turn. It is renewed while a long file is read; who has lost it must not go on."""

    batch: Batch
    holder: str
    at: datetime
    began: float = field(default_factory=monotonic)

    def renew(self, rows: int = 0) -> None:
        """As much time again; `rows` have been read so far, for whom it may concern."""
        until = self.at + timedelta(seconds=monotonic() - self.began) + LEASE
        mine = Batch.objects.filter(pk=self.batch.pk, holder=self.holder, state=Batch.READ)
        if not mine.update(lease_until=until, rows=rows):
            raise _taken_over()

    @contextmanager
    def mine(self) -> Iterator[None]:
        """A transaction in which nobody else takes the delivery over."""
        with transaction.atomic():
            held = Batch.objects.select_for_update().filter(pk=self.batch.pk, holder=self.holder, state=Batch.READ)
            if not held.exists():
                raise _taken_over()
            yield


def _taken_over() -> Refused:
    return refuse("taken_over", _("这一批已由别的进程核对。"), _("不用再做什么。"))


def _read(batch: Batch, lease: Lease) -> Kept | Problem:
    """What is kept of the file, or why nothing is. Where the disk is full or the database gone, the file is not to blame."""
    try:
        return _keep(batch, lease)
    except Refused as refused:
        if refused.problem.code == disk.FULL.code:
            raise
        return refused.problem
    except (Exception, pl.exceptions.PanicException) as failed:
        if disk.is_full(failed):
            raise Refused(disk.FULL) from failed
        if isinstance(failed, (OperationalError, InterfaceError)):
            raise
        # our mistake, not the sender's: told once, not tried for ever
        log.exception("batch %s could not be checked", batch.pk)
        why, remedy = "平台读这份文件时出错，已记入日志", "请告诉系统管理员批次号；也可另存为 xlsx 再上传一次"
        return Problem("crashed", "文件", batch.file_name, why, remedy)


def _keep(batch: Batch, lease: Lease) -> Kept | Problem:
    if asked := which.asked(batch):
        return asked
    source, day = drift.as_sent(batch), timezone.localdate(batch.received)
    look = look_at(
        lambda: shelf.open_file(batch.digest), batch.file_name, source, day, batch.period, secret(), batch.sheet,
        history_of(batch.sender.code), landed_by(batch.sender.code),
    )  # fmt: skip
    if asked := drift.asked(batch, look.header):
        return asked
    personal = set(source.personal)

    def row_of(waiting: Waiting) -> QuarantinedRow:
        return waiting_row(batch, waiting, personal, source.unit_name)

    keeping = Keeping(batch, row_of, lease.mine, f"{batch.path}.{lease.holder}")
    keeping.begin()
    done = 0
    for part in look.parts():
        lease.renew(done)
        keeping.take(part)
        done += part.table.row.len()
    if look.table is None:
        raise no_rows(look, batch.file_name)
    return keeping.kept(look)


@dataclass
class CheckBatch(Deed):
    """Write the outcome of one reading; the holder of the lease alone may."""

    batch: Batch
    holder: str
    outcome: Kept | Problem
    seconds: float = 0

    verb = "collect.upload"
    title = _("核对报送表")

    def check(self) -> None:
        if (
            not Batch.objects.select_for_update()
            .filter(pk=self.batch.pk, holder=self.holder, state=Batch.READ)
            .exists()
        ):
            raise _taken_over()

    def act(self) -> Batch:
        batch, outcome = self.batch, self.outcome
        batch.checked, batch.seconds, batch.lease_until, batch.holder = self.at, self.seconds, None, ""
        if isinstance(outcome, Problem):
            batch.state = Batch.UNMAPPED if outcome.code in UNMAPPED else Batch.FAILED
            batch.problem = outcome.to_json()
            batch.quarantined.all().delete()
        else:
            self._keep(outcome)
        batch.save()
        return batch

    def _keep(self, kept: Kept) -> None:
        batch, look = self.batch, kept.look
        shelf.put_in_place(kept.path, batch.path)
        kept = replace(kept, path=batch.path)
        batch.state, batch.sheet, batch.header = Batch.CHECKED, look.sheet.name, asdict(look.header)
        batch.start, batch.end = (look.period.start, look.period.end) if look.period else (None, None)
        batch.rows, batch.taken, batch.lines = kept.rows, kept.taken, dict(sorted(look.lines.items()))
        batch.doubles, batch.doubled = kept.doubles(), kept.doubled()
        assert look.table is not None
        batch.footers = [footer.to_json() for footer in look.tally.compared(look.table)]
        batch.notes, batch.remarks = look.said(), kept.remarks()
        batch.problem, batch.found = {}, kept.found()
        counts.recount(batch)
        refresh_difference(batch)

    def subject(self) -> str:
        return f"batch:{self.batch.pk}"

    def said(self) -> dict:
        if isinstance(self.outcome, Problem):
            return {"failed": self.outcome.code}
        return {"rows": self.outcome.rows, "accepted": self.outcome.taken, "waiting": self.outcome.by_code()}


def refresh_difference(batch: Batch) -> None:
    """Compare the accepted rows with what is known now; the caller saves. Keys that wait are not gone."""
    compared.refresh(batch)


def waiting_row(batch: Batch, waiting: Waiting, personal: set[str], unit: str) -> QuarantinedRow:
    """A row of 待订正; personal cells only in the sealed fields."""
    problems = [problem_json(remark, personal, waiting.key) for remark in waiting.remarks]
    return QuarantinedRow(
        batch=batch, row=waiting.row, unit=waiting.text.get(unit, "")[:200], key=waiting.key or "",
        raw=json.dumps(waiting.raw, ensure_ascii=False), text=json.dumps(waiting.text, ensure_ascii=False),
        problems=problems, kind=kind_of(problems), suggested=is_suggested(problems),
    )  # fmt: skip


def kind_of(problems: list[dict[str, Any]]) -> str:
    """The one kind of problem that keeps a row out, “code.field”; SEVERAL where there are more. A column that the whole file
    has not goes before all: its rows are one matter, whatever else is wrong with some of them."""
    kinds = {f"{p['code']}.{p['field']}"[:80] for p in problems if p["severity"] == "reject"}
    if whole := sorted(kind for kind in kinds if kind.startswith(f"{column_absent.code}.")):
        return whole[0]
    return QuarantinedRow.SEVERAL if len(kinds) > 1 else next(iter(kinds), "")


def is_suggested(problems: list[dict[str, Any]]) -> bool:
    """Whether what is suggested would mend every cell that keeps the row out."""
    wrong = {p["field"] for p in problems if p["severity"] == "reject"}
    return bool(wrong) and wrong <= {p["field"] for p in problems if p.get("suggestion")}


def problem_json(remark: Remark, personal: set[str], key: str) -> dict[str, Any]:
    """A problem as it is kept: the value of a personal cell is not in it."""
    hidden = remark.field in personal
    kept = remark.problem.to_json() | {"value": "" if hidden else remark.problem.value}
    suggestion = "" if hidden else remark.suggestion
    return kept | {"field": remark.field, "severity": remark.severity, "suggestion": suggestion, "key": key}
