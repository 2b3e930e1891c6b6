"""改正: write some cells of a waiting row anew; when nothing is wrong any more it counts."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from wushang.collect import counts
from wushang.collect.mending import (
    Again,
    hand_on,
    keep_problems,
    read_again,
    refuse_if_key_is_taken,
    save_counted,
    settle,
    still_open,
)
from wushang.collect.models import QuarantinedRow
from wushang.collect.place import place_of, refuse_beyond
from wushang.people.deed import Deed, Place, refuse


@dataclass
class MendRow(Deed):
    """`values` is field → text as a person writes it. Returns the row; it stays open where something is still wrong."""

    row: QuarantinedRow
    values: dict[str, str] = field(default_factory=dict)
    reason: str = ""
    among_many: bool = False  # the caller hands the delivery on when all are settled

    verb = "collect.mend"
    title = _("改正一行")

    def where(self) -> tuple[Place, ...]:
        return place_of(self.row.batch)

    def check(self) -> None:
        refuse_beyond(self.actor.scope, self.verb, self.row.batch.sender)
        still_open(self.row)
        if not self.values:
            raise refuse("nothing", _("没有填写改正的值。"), _("请填写后再提交。"))

    def act(self) -> QuarantinedRow:
        row, again, stood = self.row, read_again(self.row, self.values), counts.standing(self.row)
        before = json.loads(row.text)
        row.mended = json.dumps(self._changes(before, again), ensure_ascii=False)
        keep_problems(row, again)
        if not again.rejects:
            refuse_if_key_is_taken(row, again)
            settle(row, again, row.MENDED)
            row.reason = self.reason[:500]
        row.by, row.at = self.actor.name, self.at
        save_counted(row, stood)
        if not again.rejects and not self.among_many:
            hand_on(row.batch)
        return row

    def _changes(self, before: dict[str, str], again: Again) -> dict[str, list[str]]:
        """Field → what stood there first, what stands there now."""
        changes = json.loads(self.row.mended or "{}")
        for name in self.values:
            first = changes.get(name, [before.get(name, "")])[0]
            changes[name] = [first, again.texts.get(name, "")]
        return {name: pair for name, pair in changes.items() if pair[0] != pair[1]}

    def subject(self) -> str:
        return f"batch:{self.row.batch_id}"

    def said(self) -> dict:
        return {"row": self.row.row, "fields": sorted(self.values), "state": self.row.state}
