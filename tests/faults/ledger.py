"""Everything the ledger says, by names instead of ids, so that two ledgers of the same files can be compared."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from django.db.models import Model

from wushang.collect.models import Batch, QuarantinedRow
from wushang.integrate.models import Alias, Candidate, Link
from wushang.judge.models import Finding, Run
from wushang.people import audit
from wushang.people.models import AuditEntry
from wushang.pool.models import FACTS, Commit, EnterpriseVersion, InjuryVersion, Report
from wushang.rectify.models import Case, CaseLine, CaseVersion, Reminder
from wushang.warn.models import Delivery, Entry, InboxItem, Letter, LetterNumber, PracticeMessage, Push, Warning

HANGS_ON_ROUNDS = ("judge.run", "integrate.link")  # how many commits one run takes up hangs on when the worker comes round


class Names:
    """Ids of this ledger → what they stand for."""

    def __init__(self) -> None:
        self.enterprises: dict[int, str] = {}
        for pk, uscc, name in EnterpriseVersion.objects.order_by("pk").values_list("enterprise_id", "uscc", "name"):
            self.enterprises[pk] = f"{name} {uscc}"
        self.injuries = dict(Report.objects.order_by("-pk").values_list("injury_id", "key"))
        self.cases = {c.pk: f"{self.enterprises[c.enterprise_id]} {c.policy} {c.level}" for c in Case.objects.all()}
        self.warnings = {w.pk: f"{self.enterprises[w.enterprise_id]} {w.policy} {w.level}" for w in Warning.objects.all()}
        self.commits = {c.pk: self.title(c.title) for c in Commit.objects.all()}

    def title(self, text: str) -> str:
        """A commit's title without the ids in it."""
        text = re.sub(r"整改件(\d+)", lambda found: f"整改件 {self.cases[int(found[1])]}", text)
        return re.sub(r"[-—]?\d*（\d+）$", "", text)

    def row(self, row: Model) -> tuple:
        """A row by what it says: ids by their names, sealed texts as they are read."""
        places = {
            "enterprise_id": self.enterprises, "employer_id": self.enterprises, "host_id": self.enterprises,
            "merged_into_id": self.enterprises, "injury_id": self.injuries, "case_id": self.cases,
            "recorded_id": self.commits, "superseded_id": self.commits,
        }  # fmt: skip
        skipped = {"id", "batch", "worker_id", "event"}
        said = []
        for field in row._meta.concrete_fields:
            if field.attname not in skipped:
                value, known = getattr(row, field.attname), places.get(field.attname, {})
                said.append((field.attname, str(known.get(value, value) if known else value)))
        return tuple(said)


def told() -> dict[str, Any]:
    """Facts with their history, findings, warnings, letters, cases, messages, pushes, deliveries of files, deeds."""
    names = Names()
    commits = list(Commit.objects.order_by("number"))
    said: dict[str, Any] = {
        "commits": sorted((names.commits[c.pk], c.kind, c.historical, _units(names, c)) for c in commits),
        **{model.__name__: sorted(names.row(row) for row in model.objects.all()) for model in (*FACTS, CaseVersion)},
        "events": sorted(Counter(InjuryVersion.objects.current().values_list("event", flat=True)).values()),
        "batches": sorted((b.file_name, b.state, b.rows, b.taken, b.lines, len(b.commits)) for b in Batch.objects.all()),
        "quarantined": sorted(QuarantinedRow.objects.values_list("batch__file_name", "row", "state", "batch__state")),
        "aliases": sorted((names.enterprises[a.enterprise_id], a.kind, a.value) for a in Alias.objects.all()),
        "candidates": sorted(
            (names.enterprises[c.left_id], names.enterprises[c.right_id], c.reason, c.state) for c in Candidate.objects.all()
        ),
        "links": sorted((x.what, x.key, names.injuries[x.injury_id], x.state, x.how) for x in Link.objects.all()),
        "findings": sorted(_finding(names, f) for f in Finding.objects.all()),
        "daily runs": sorted(
            (r.version.policy, r.as_of, r.units, sorted(r.outcomes.items())) for r in Run.objects.filter(road="snapshot")
        ),
    }  # fmt: skip
    said["batches"] = [tuple(map(str, row)) for row in said["batches"]]
    return said | _warned(names) | {"deeds": _deeds()}


def _units(names: Names, commit: Commit) -> tuple[str, ...]:
    return tuple(sorted(names.enterprises[pk] for pk in commit.enterprises))


def _finding(names: Names, f: Finding) -> tuple:
    said = (f.policy, f.as_of, f.outcome, f.before, f.cause, f.may_warn, f.historical, f.actions)
    return (names.enterprises[f.enterprise_id], *map(str, said))


def _warned(names: Names) -> dict[str, Any]:
    deliveries = Delivery.objects.values_list("purpose", "recipient_kind", "recipient", "channel", "title", "state", "mode")
    return {
        "warnings": sorted((names.warnings[w.pk], w.state, str(w.delivered)) for w in Warning.objects.all()),
        "letters": sorted((names.warnings[m.warning_id], m.kind, m.dropped, bool(m.number)) for m in Letter.objects.all()),
        "numbers": sorted(LetterNumber.objects.values_list("word", "year", "number", "source")),
        "entries": sorted((names.warnings[e.warning_id], e.name, _no_ids(e.text)) for e in Entry.objects.all()),
        "cases": sorted((names.cases[c.pk], c.state, str(c.due), c.clause) for c in Case.objects.all()),
        "case lines": sorted((names.cases[x.case_id], x.name, x.text) for x in CaseLine.objects.all()),
        "reminders": sorted((names.cases[r.case_id], str(r.due), r.offset) for r in Reminder.objects.all()),
        "pushes": sorted((names.injuries[p.injury_id], names.enterprises[p.enterprise_id]) for p in Push.objects.all()),
        "messages": sorted(deliveries),
        "practice": sorted(PracticeMessage.objects.values_list("channel", "recipient", "masked", "title")),
        "inbox": sorted(InboxItem.objects.values_list("delivery__recipient", "title", "text")),
    }


def _no_ids(text: str) -> str:
    return re.sub(r"第 \d+ 件|〕\d+号|第 \d+ 号", "第 n", text)


def _deeds() -> dict[str, int]:
    return dict(Counter(AuditEntry.objects.exclude(verb__in=HANGS_ON_ROUNDS).values_list("verb", flat=True)))


def unsound() -> list[str]:
    """What must hold in every ledger at rest; an empty list when it does."""
    found = []
    numbers = list(Commit.objects.order_by("number").values_list("number", flat=True))
    if numbers != list(range(1, len(numbers) + 1)):
        found.append(f"commit numbers have gaps or are missing: {numbers}")
    for series in LetterNumber.objects.filter(source="own").values("word", "year").distinct().order_by():
        own = list(LetterNumber.objects.filter(**series, source="own").order_by("number").values_list("number", flat=True))
        if own != list(range(1, len(own) + 1)):
            found.append(f"letter numbers of {series} have gaps: {own}")
    verdict = audit.verify()
    if not verdict.ok or verdict.unsealed:
        found.append(f"audit: {verdict}")
    for model in FACTS:
        if model.objects.filter(superseded__number=None, superseded__isnull=False).exists():
            found.append(f"{model.__name__} has rows claimed by a dead commit")
    return found + _doubled()


def _doubled() -> list[str]:
    found = []
    for name, rows in {
        "current injury": InjuryVersion.objects.current().values_list("injury", flat=True),
        "current enterprise": EnterpriseVersion.objects.current().values_list("enterprise", flat=True),
        "current report": Report.objects.current().values_list("key", flat=True),
        "pushed injury": Push.objects.values_list("injury", flat=True),
    }.items():
        found += [f"{name} {key} stands {n} times" for key, n in Counter(rows).items() if n > 1]
    return found
