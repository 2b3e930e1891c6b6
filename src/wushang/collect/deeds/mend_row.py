"""改正: write some cells of a waiting row anew; when nothing is wrong any more it counts."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from wushang.collect.mending import (
    Again,
    change_of,
    hand_on,
    keep_problems,
    read_again,
    refuse_if_key_is_taken,
    settled,
    still_open,
)
from wushang.collect.models import QuarantinedRow
from wushang.collect.place import place_of
from wushang.people.deed import Deed, Place, refuse


@dataclass
class MendRow(Deed):
    """`values` is field → text as a person writes it. Returns the row; it stays open where something is still wrong."""

    row: QuarantinedRow
    values: dict[str, str] = field(default_factory=dict)
    reason: str = ""

    verb = "collect.mend"
    title = _("改正一行")

    def where(self) -> tuple[Place, ...]:
        return place_of(self.row.batch)

    def check(self) -> None:
        still_open(self.row)
        if not self.values:
            raise refuse("nothing", _("没有填写改正的值。"), _("请填写后再提交。"))

    def act(self) -> QuarantinedRow:
        row, again = self.row, read_again(self.row, self.values)
        before = json.loads(row.text)
        row.mended = json.dumps(self._changes(before, again), ensure_ascii=False)
        if not again.rejects:
            refuse_if_key_is_taken(row, again)
            row.state, row.result, row.change = row.MENDED, settled(row, again), change_of(row, again)
            row.reason = self.reason[:500]
            hand_on(row.batch)
        keep_problems(row, again)
        row.by, row.at = self.actor.name, self.at
        row.save()
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
