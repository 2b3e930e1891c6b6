"""数据订正 seen again: later data changed the same figures. What the correction shows is what was told and what holds now; where
all that was told holds again, it closes itself and says why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.warn import noting
from wushang.warn.corrected import Use
from wushang.warn.deeds.explain_correction import CorrectionDeed
from wushang.warn.deeds.keep_correction import columns
from wushang.warn.models import CorrectedUse, Correction, NoteStep

Place = tuple[str, int]  # kind, ref
AGAIN = gettext_lazy("后来的数据（版本第 %(n)d 号）和写出去的又一样了，不用更正。")
TOLD_ANEW = gettext_lazy("同一处的数后来又变了，并入较新的一件更正（数据版本第 %(n)d 号）。")


@dataclass
class RefreshCorrection(CorrectionDeed):
    number: int  # the version of the data
    fresh: dict[Place, list[Use]] = field(default_factory=dict)  # what is otherwise now, by place; places not named stay as they are

    verb = "warn.draft"
    title = gettext_lazy("更新数据订正")

    def act(self) -> bool:
        """Returns whether anything changed. What was settled by a person, or told already, stays settled."""
        changed = [self._renew(place, rows) for place, rows in self._stored().items() if place in self.fresh]
        if self.correction.state != "pending":
            return any(changed)
        if not self._differs():
            self._close(AGAIN)
        elif noting.waits_for(self.correction) == "draft" and self._is_told_anew():
            self._close(TOLD_ANEW)
        elif any(changed):
            self._draft_anew()
        return any(changed) or self.correction.state != "pending"

    def _stored(self) -> dict[Place, list[CorrectedUse]]:
        found: dict[Place, list[CorrectedUse]] = defaultdict(list)
        for use in self.correction.uses.all():
            found[use.kind, use.ref].append(use)
        return found

    def _renew(self, place: Place, rows: list[CorrectedUse]) -> bool:
        """The place's rows figure by figure; of a figure that holds again one row stays and says so."""
        changed = False
        for figure in dict.fromkeys(row.figure for row in rows):
            held = [row for row in rows if row.figure == figure]
            now = [use for use in self.fresh[place] if use.figure == figure]
            wanted = {(use.old, use.new) for use in now} or {(held[0].old, held[0].old)}
            if wanted != {(row.old, row.new) for row in held}:
                self._put(held, now)
                changed = True
        return changed

    def _put(self, held: list[CorrectedUse], now: list[Use]) -> None:
        stays = [] if now else held[:1]
        CorrectedUse.objects.filter(pk__in=[row.pk for row in held if row not in stays]).delete()
        CorrectedUse.objects.bulk_create([CorrectedUse(correction=self.correction, **columns(use)) for use in now])
        for row in stays:
            row.new = row.old
            row.save(update_fields=["new"])

    def _differs(self) -> bool:
        return any(use.differs for use in self._outside())

    def _is_told_anew(self) -> bool:
        """Whether a newer correction of the unit waits with every figure that this one has."""
        newer = Correction.objects.filter(enterprise=self.correction.enterprise_id, commit__gt=self.correction.commit, state="pending")
        mine = set(self._outside().values_list("kind", "ref", "figure"))
        rows = CorrectedUse.objects.filter(correction__in=newer, outside=True)
        return bool(mine) and mine <= set(rows.values_list("kind", "ref", "figure"))

    def _outside(self) -> Any:
        return CorrectedUse.objects.filter(correction=self.correction, outside=True)

    def _close(self, why: Any) -> None:
        held = self.correction
        held.state, held.by, held.settled = "not_needed", str(_("平台")), self.at
        held.reason = str(why) % {"n": self.number}
        held.save(update_fields=["state", "by", "settled", "reason"])
        held.steps.filter(live=True).update(live=False)

    def _draft_anew(self) -> None:
        """A note on its way tells figures of before: it is drafted anew."""
        if noting.waits_for(self.correction) == "draft":
            return
        self.correction.steps.filter(live=True).update(live=False)
        said: dict[str, Any] = {"who": None, "name": str(_("平台")), "remark": _("数据又变了，请按新数重新起草")}
        NoteStep.objects.create(correction=self.correction, step="send_back", at=self.at, live=False, **said)
