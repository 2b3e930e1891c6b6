"""取消: an upload that is not checked yet ends here, and leaves neither row nor file."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wushang.collect import shelf
from wushang.collect.models import Batch
from wushang.collect.place import place_of
from wushang.people.deed import Deed, Place, refuse

UNCHECKED = (Batch.RECEIVED, Batch.READ)


@dataclass
class CancelUpload(Deed):
    batch: Batch

    verb = "collect.upload"
    title = _("取消上传")

    def where(self) -> tuple[Place, ...]:
        return place_of(self.batch)

    def check(self) -> None:
        if self.batch.received_by != self.actor.name:
            raise refuse("not_yours", _("这份文件是别人上传的。"), _("请上传人取消，或在核对以后撤回本批。"))

    def act(self) -> None:
        batch = self.batch
        self._said = {"file": batch.digest, "source": batch.source}
        waiting = Batch.objects.select_for_update().filter(pk=batch.pk, state__in=UNCHECKED)
        if not waiting.exists():
            raise refuse("state", _("这一批已经核对完，不能取消。"), _("不要的请撤回本批。"))
        Batch.objects.filter(pk=batch.pk).delete()
        transaction.on_commit(lambda: sweep(batch))

    def subject(self) -> str:
        return f"batch:{self.batch.pk}"

    def said(self) -> dict:
        return self._said


def sweep(batch: Batch) -> None:
    """Away with what a delivery that is no more has left on the shelf; a file that another one holds too stays."""
    if Batch.objects.filter(pk=batch.pk).exists():
        return
    shelf.drop_folder(batch.path)
    if not Batch.objects.filter(digest=batch.digest).exists():
        shelf.drop_file(batch.digest)
