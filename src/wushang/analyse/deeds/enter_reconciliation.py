"""对账: enter another department's figure of a month beside ours and name the differences; what is left is 未解释."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wushang.analyse.models import Difference, Reconciliation
from wushang.analyse.models.reconciliation import PARTIES, REASONS, UNEXPLAINED
from wushang.people.deed import Deed, Place, refuse


@dataclass
class EnterReconciliation(Deed):
    """`named`: reason → (count, note); positive where we count it and they do not."""

    month: date
    party: str
    ours: int
    commit: int
    theirs: int
    source: str
    named: dict[str, tuple[int, str]] = field(default_factory=dict)

    verb = "analyse.reconcile"
    title = _("对账")

    def where(self) -> tuple[Place, ...]:
        return ((settings.WUSHANG_REGION, "", None),)

    def check(self) -> None:
        if self.party not in PARTIES or set(self.named) - set(REASONS):
            raise refuse("unknown", _("没有这样的对账对象或差异原因。"), _("请刷新本页再填。"))
        if self.month.day != 1 or self.month >= timezone.localdate(self.at).replace(day=1):
            raise refuse("month", _("%(month)s 还没有过完，不能对账。") % {"month": f"{self.month:%Y-%m}"}, _("请在次月对账。"))
        if self.theirs < 0:
            raise refuse("negative", _("对方的数不能小于 0。"), _("请核对后重填。"), column=str(PARTIES[self.party]))
        if not self.source.strip():
            raise refuse("source", _("没有写对方的数从哪来。"), _("请写报表名称、文号或文件名。"), column=str(_("出处")))

    def act(self) -> Reconciliation:
        made, _created = Reconciliation.objects.update_or_create(
            month=self.month, party=self.party,
            defaults={
                "ours": self.ours, "commit": self.commit, "theirs": self.theirs, "source": self.source.strip(),
                "entered": self.at, "entered_by": self.actor.user, "ours_name": "", "ours_at": None, "theirs_name": "",
                "theirs_at": None,
            },
        )  # fmt: skip
        made.differences.all().delete()
        for reason, count, note in self._parts(made.gap):
            Difference.objects.create(reconciliation=made, reason=reason, count=count, note=note)
        return made

    def _parts(self, gap: int) -> list[tuple[str, int, str]]:
        """The named parts, and 未解释 for the rest: together exactly the gap."""
        parts = [(reason, count, note.strip()) for reason, (count, note) in self.named.items() if count]
        rest = gap - sum(count for _reason, count, _note in parts)
        return [*parts, (UNEXPLAINED, rest, "")] if rest else parts

    def subject(self) -> str:
        return f"reconciliation:{self.month:%Y-%m}:{self.party}"

    def said(self) -> dict:
        return {"ours": self.ours, "theirs": self.theirs, "commit": self.commit}
