"""确认入库: the checked table is handed on to be landed. Before this nothing is counted and nothing is sent."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from wushang.collect.compared import stale
from wushang.collect.deeds.check_batch import refresh_difference
from wushang.collect.doubts import asks_why
from wushang.collect.models import Batch
from wushang.collect.place import place_of
from wushang.collect.replaced import give_way
from wushang.people.deed import Deed, Place, refuse


@dataclass
class ConfirmBatch(Deed):
    batch: Batch
    reason: str = ""

    verb = "collect.confirm"
    title = _("确认入库")

    def where(self) -> tuple[Place, ...]:
        return place_of(self.batch)

    def check(self) -> None:
        if self.batch.state != Batch.CHECKED:
            why = _g("这一批现在是“%(state)s”，不能确认入库。") % {"state": self.batch.get_state_display()}
            raise refuse("state", why, _("请刷新页面，看它到了哪一步。"))
        if not self.batch.version.loaded().lands:
            why = _("这张报送表没有写入库到哪张表（lands），只能核对，不能入库。")
            raise refuse("lands_nowhere", why, _("请科长在“报送表”里换上写了 lands 的版本，重新上传。"))
        if stale(self.batch):
            refresh_difference(self.batch)
        doubts = asks_why(self.batch, timezone.localdate(self.at))
        if doubts and len(self.reason.strip()) < 2:
            raise refuse("reason", "；".join(doubts), _("请写明原因后再确认入库，或撤回本批。"))

    def act(self) -> Batch:
        batch = self.batch
        moved = Batch.objects.filter(pk=batch.pk, state=Batch.CHECKED).update(
            state=Batch.CONFIRMED, confirmed=self.at, confirmed_by=self.actor.name, reason=self.reason.strip()[:500],
            difference=batch.difference, known=batch.known,
        )  # fmt: skip
        if not moved:
            raise refuse("state", _("这一批刚被别人处理了。"), _("请刷新页面。"))
        batch.refresh_from_db()
        self._gave_way = give_way(batch, self.at, self.actor.name)
        return batch

    def subject(self) -> str:
        return f"batch:{self.batch.pk}"

    def said(self) -> dict:
        said = {"accepted": self.batch.taken, "difference": self.batch.difference, "reason": self.reason}
        return said | ({"gave_way": self._gave_way} if self._gave_way else {})
