"""Rows of 待订正 as people see them, page by page; personal values masked."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from wushang.collect import checks, counts
from wushang.collect.checks import column_absent
from wushang.collect.models import Batch, QuarantinedRow
from wushang.collect.shown.cells import masked, title_of
from wushang.collect.source import Source

ORDER = (QuarantinedRow.OPEN, QuarantinedRow.RETURNED, QuarantinedRow.MENDED, QuarantinedRow.ACCEPTED)


@dataclass(frozen=True)
class ShownProblem:
    """One line of 待订正."""

    field: str
    column: str
    value: str
    why: str
    remedy: str
    suggestion: str
    warn: bool
    was: str = ""  # what the file says, where a person has written something else meanwhile


@dataclass(frozen=True)
class ShownRow:
    """A waiting row with its problems; personal values masked."""

    row: QuarantinedRow
    problems: list[ShownProblem]
    mended: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def suggested(self) -> dict[str, str]:
        """Suggestions, where they cover every problem that keeps the row out."""
        wrong = {p.field for p in self.problems if not p.warn}
        found = {p.field: p.suggestion for p in self.problems if p.suggestion}
        return found if wrong and wrong <= set(found) else {}


def shown_row(row: QuarantinedRow, source: Source) -> ShownRow:
    """A row of 待订正 for the page."""
    text = json.loads(row.text)
    changed = {name: (said[0], said[1]) for name, said in _mended(row, source, set(source.personal)).items()}
    rejects = sorted(row.problems, key=lambda p: p["severity"])
    problems = [_problem(p, text.get(p["field"], ""), source, changed) for p in rejects]
    mended = [(title_of(row.batch, source, name), was, now) for name, (was, now) in changed.items()]
    return ShownRow(row, problems, mended)


def _problem(p: dict[str, Any], text: str, source: Source, changed: dict[str, tuple[str, str]]) -> ShownProblem:
    value = masked(text, source.columns[p["field"]]) if p["field"] in source.personal else p["value"]
    was, warn = changed.get(p["field"], ("", ""))[0], p["severity"] == "warn"
    return ShownProblem(p["field"], p["column"], value, p["why"], p["remedy"], p.get("suggestion", ""), warn, was)


def _mended(row: QuarantinedRow, source: Source, personal: set[str]) -> dict[str, list[str]]:
    """Field → before, after; personal values masked."""
    return {
        name: [masked(v, source.columns[name]) if name in personal else v for v in pair]
        for name, pair in json.loads(row.mended or "{}").items()
    }


@dataclass(frozen=True)
class Part:
    """Some rows in their order, and the place before and after them: 'state-row', empty at an end."""

    rows: list[QuarantinedRow]
    after: str
    first: bool

    @property
    def last(self) -> int:
        """The line of its last row."""
        return self.rows[-1].row if self.rows else 0


def part(batch: Batch, after: str = "", kind: str = "", state: str = "", size: int = 50) -> Part:
    """The rows after a place: open ones first, then returned, mended, accepted; each by its line in the file. Read by
    the index from that place on, however many lie before it."""
    states = (state,) if state in ORDER else ORDER
    since, row = _place(after, states)
    rows: list[QuarantinedRow] = []
    for one in states[states.index(since) :]:
        wanted = batch.quarantined.filter(state=one, row__gt=row).order_by("row")
        rows += (wanted.filter(kind=kind) if kind else wanted)[: size + 1 - len(rows)]
        row = 0
        if len(rows) > size:
            break
    for found in rows:
        found.batch = batch
    more = len(rows) > size
    rows = rows[:size]
    return Part(rows, f"{rows[-1].state}-{rows[-1].row}" if more else "", not after)


def _place(after: str, states: tuple[str, ...]) -> tuple[str, int]:
    state, _dash, row = after.partition("-")
    return (state, int(row)) if state in states and row.isdigit() and len(row) < 10 else (states[0], 0)


@dataclass(frozen=True)
class Kind:
    """Open rows with the same problem in the same column."""

    id: str
    title: str
    column: str
    rows: int


def kinds(batch: Batch) -> list[Kind]:
    """The kinds of open rows, the most frequent first."""
    titles = {check.code: check.title for check in checks.every()}
    source = batch.version.loaded()
    found = []
    for kind, rows in counts.of(batch).get("kinds", {}).items():
        code, _dot, name = kind.partition(".")
        title = _("有几处问题") if kind == QuarantinedRow.SEVERAL else titles.get(code, code)
        column = title_of(batch, source, name) if name in source.columns else ""
        found.append(Kind(kind, str(title), "、".join(batch.absent.values()) if code == column_absent.code else column, rows))
    return sorted(found, key=lambda one: (one.id == QuarantinedRow.SEVERAL, -one.rows, one.id))
