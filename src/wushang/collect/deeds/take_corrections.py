"""收回订正表: the workbook that went back to the department comes in filled; every changed row is mended."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from wushang.collect.corrections import filled
from wushang.collect.deeds.mend_row import MendRow
from wushang.collect.mending import hand_on
from wushang.collect.models import Batch, QuarantinedRow
from wushang.collect.place import place_of, refuse_beyond
from wushang.people.deed import Deed, Place
from wushang.terms.problem import Refused


@dataclass
class Outcome:
    """What became of the lines: mended, still wrong (with the sentence), not touched, not matched."""

    mended: list[int] = field(default_factory=list)
    wrong: list[tuple[int, str]] = field(default_factory=list)
    same: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)


@dataclass
class TakeCorrections(Deed):
    batch: Batch
    content: bytes
    file_name: str

    verb = "collect.mend"
    title = _("收回订正表")

    def where(self) -> tuple[Place, ...]:
        return place_of(self.batch)

    def check(self) -> None:
        refuse_beyond(self.actor.scope, self.verb, self.batch.sender)
        self._said = filled(self.batch, self.content, self.file_name)

    def act(self) -> Outcome:
        self._outcome = outcome = Outcome(same=self._said.same, unknown=self._said.unknown)
        rows = self.batch.quarantined.select_related("batch__version", "batch__sender__region")
        for row in rows.filter(row__in=list(self._said.changed)).order_by("row"):
            self._mend(row, outcome)
        if outcome.mended:
            self.batch.refresh_from_db()
            hand_on(self.batch)
        return outcome

    def _mend(self, row: QuarantinedRow, outcome: Outcome) -> None:
        try:
            done = MendRow(self.actor, self.at, row, self._said.changed[row.row], _g("订正表"), True).do()
        except Refused as refused:
            outcome.wrong.append((row.row, refused.problem.why))
            return
        if done.state == QuarantinedRow.MENDED:
            outcome.mended.append(row.row)
        else:
            outcome.wrong.append((row.row, "；".join(p["why"] for p in done.problems if p["severity"] == "reject")))

    def subject(self) -> str:
        return f"batch:{self.batch.pk}"

    def said(self) -> dict:
        found = self._outcome
        return {"file": self.file_name, "mended": len(found.mended), "wrong": len(found.wrong), "unknown": len(found.unknown)}
