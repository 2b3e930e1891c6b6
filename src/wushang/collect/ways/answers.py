"""What became of each row of a delivery, in words a machine can act on: accepted, duplicate, quarantined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from wushang.collect import shelf
from wushang.collect.checking import Checked
from wushang.collect.deeds.check_batch import problem_json
from wushang.collect.look import OTHERS
from wushang.collect.models import Arrival, Batch, QuarantinedRow
from wushang.collect.part import DOUBLES
from wushang.terms.problem import Problem

ABOVE = 1  # told rows stand below one line of titles
KEPT = {QuarantinedRow.MENDED: "accepted", QuarantinedRow.ACCEPTED: "accepted", QuarantinedRow.RETURNED: "returned"}
Answer = dict[str, Any]


@dataclass(frozen=True)
class Lines:
    """The lines of a kept file: where its rows stand, and which lines are no data."""

    above: int  # lines above row 1: the titles of told rows; a whole file's rows are called by their lines
    last: int
    others: int  # told rows that are no data


def lines_of(batch: Batch) -> Lines:
    """A told row that reads like a total or a repeated header is no data; it is said, not swallowed."""
    told = Arrival.objects.filter(batch=batch, told=True).exists()
    total, others = sum(batch.lines.values()), sum(n for kind, n in batch.lines.items() if kind != "data")
    above = ABOVE if told else 0
    return Lines(above, total - above, others - above if told else 0)


def of_batch(batch: Batch, lines: Lines, first: int, last: int) -> list[Answer]:
    """The rows `first` to `last` of a checked delivery, in order; of a whole file only its data lines."""
    asked = pl.col("row").is_between(first + lines.above, last + lines.above)
    repeats = shelf.scan_list(batch.path, "doubles", DOUBLES).filter(asked).collect().rows()
    doubles = {row - lines.above: repeated - lines.above if repeated else None for row, repeated in repeats}
    found = batch.quarantined.filter(row__range=(first + lines.above, last + lines.above))
    waiting = {row.row - lines.above: row for row in found.only("row", "state", "problems")}
    no_data = shelf.scan_list(batch.path, "others", OTHERS).filter(pl.col("line").is_between(first + lines.above, last + lines.above))
    others = {line - lines.above for line in no_data.collect()["line"]}
    wanted = range(first, min(last, lines.last) + 1)
    if not lines.above:
        return [_of_row(n, doubles, waiting) for n in wanted if n not in others]
    return [no_row(n) if n in others else _of_row(n, doubles, waiting) for n in wanted]


def no_row(number: int) -> Answer:
    why, remedy = _("这一行读起来像合计、表头或说明，没有当作数据。"), _("是数据的，请核对第一项的写法。")
    return answer(number, "not_a_row", [Problem("not_a_row", "", "", why, remedy).to_json()])


def _of_row(number: int, doubles: dict[int, int | None], waiting: dict[int, QuarantinedRow]) -> Answer:
    if number in doubles:
        return answer(number, "duplicate", repeats=doubles[number])
    if number in waiting:
        row = waiting[number]
        return answer(number, KEPT.get(row.state, "quarantined"), row.problems)
    return answer(number, "accepted")


def answer(number: int, state: str, problems: list[Answer] | None = None, repeats: int | None = None) -> Answer:
    told = [{name: one.get(name, "") for name in Problem.__dataclass_fields__} for one in problems or []]
    return {"row": number, "state": state, "repeats": repeats, "problems": told}


def of_checked(checked: Checked, count: int) -> list[Answer]:
    """The same of a trial (check_only) that kept nothing."""
    personal = set(checked.source.personal)
    doubles = {row - ABOVE: repeated - ABOVE if repeated else None for row, repeated in checked.duplicates.rows()}
    waiting = {
        one.row - ABOVE: [problem_json(remark, personal, "") for remark in one.remarks] for one in checked.quarantined
    }
    fine = {row - ABOVE for row in checked.accepted["row"].to_list()}
    return [
        answer(n, "duplicate", repeats=doubles[n]) if n in doubles
        else answer(n, "quarantined", waiting[n]) if n in waiting
        else answer(n, "accepted") if n in fine else no_row(n)
        for n in range(1, count + 1)
    ]  # fmt: skip
