"""撤回本批: what has not landed ends here; what has landed is taken back by one more commit."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from wushang.collect.models import Batch
from wushang.collect.place import place_of
from wushang.people.deed import Deed, Place, refuse

WAITING = (Batch.RECEIVED, Batch.READ, Batch.CHECKED, Batch.FAILED, Batch.UNMAPPED)


@dataclass
class WithdrawBatch(Deed):
    batch: Batch
    reason: str

    verb = "collect.withdraw"
    title = _("撤回本批")

    def where(self) -> tuple[Place, ...]:
        return place_of(self.batch)

    def check(self) -> None:
        if self.batch.state in (Batch.WITHDRAWN, Batch.WITHDRAWING):
            raise refuse("state", _("这一批已经撤回。"))
        if self.batch.state == Batch.CONFIRMED and not self.batch.problem:  # one that does not land may be given up
            raise refuse("state", _("这一批正在入库。"), _("请等入库完成后再撤回。"))
        if len(self.reason.strip()) < 2:
            raise refuse("reason", _("没有写撤回的理由。"), _("请写明理由，如“报错了月份”。"))

    def act(self) -> Batch:
        batch = self.batch
        state = Batch.WITHDRAWING if batch.commits else Batch.WITHDRAWN
        moved = Batch.objects.filter(pk=batch.pk, state=batch.state).update(
            state=state, withdrawn_by=self.actor.name, withdraw_reason=self.reason.strip()[:500],
            withdrawn=self.at if state == Batch.WITHDRAWN else None, lease_until=None, holder="",
        )  # fmt: skip
        if not moved:
            raise refuse("state", _g("这一批刚被别人处理了。"), _("请刷新页面。"))
        batch.refresh_from_db()
        return batch

    def subject(self) -> str:
        return f"batch:{self.batch.pk}"

    def said(self) -> dict:
        return {"reason": self.reason, "commits": self.batch.commits}
