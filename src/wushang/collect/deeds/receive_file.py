"""上传: keep a department's file and open its delivery. The same file again is told and changes nothing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from wushang.collect import shelf
from wushang.collect.inforce import guess, in_force
from wushang.collect.models import Batch
from wushang.collect.source import Source
from wushang.people.deed import Deed, Place, refuse
from wushang.people.models import Department, one_at_a_time
from wushang.terms.codes import name as code_name
from wushang.terms.period import Period

LARGEST = 300_000_000  # bytes


@dataclass
class ReceiveFile(Deed):
    """`source` empty: the header decides."""

    content: bytes
    file_name: str
    sender: Department
    source: str = ""
    period: Period | None = None
    historical: bool = False

    verb = "collect.upload"
    title = _("上传报送表")

    def where(self) -> tuple[Place, ...]:
        return ((self.sender.region.code, "", None),)

    def check(self) -> None:
        if not self.content:
            raise refuse("empty_file", _("文件是空的。"), _("请打开文件看看是否存过盘，再上传。"), value=self.file_name)
        if len(self.content) > LARGEST:
            raise refuse("large_file", _("文件超过 300 MB。"), _("请按月份拆成几份上传。"), value=self.file_name)
        one_at_a_time(f"file.{hashlib.sha256(self.content).hexdigest()}")  # two clicks are one delivery
        self._source = in_force(self.source, self.at) if self.source else self._guessed()
        source = self._source.loaded()
        if self.sender.kind not in source.departments:
            raise self._wrong_sender(source)
        if earlier := same_file(self.content, source.id, self.sender):
            raise refuse(
                "same_file", _same(earlier), _("没有变动就不用再报；改过的文件请存盘后再上传。"), value=str(earlier.pk)
            )

    def _guessed(self):
        return in_force(guess(self.content, self.file_name, self.at).id, self.at)

    def _wrong_sender(self, source: Source):
        kinds = "、".join(code_name("department_kind", kind) for kind in source.departments)
        why = _g("“%(title)s”由%(kinds)s报送，不是%(sender)s。")
        said = {"title": source.title, "kinds": kinds, "sender": self.sender.short_name}
        return refuse("wrong_sender", why % said, _("请改选报送部门。同一张表由两个部门各报一遍，人数会重复计算。"))

    def act(self) -> Batch:
        period = self.period
        return Batch.objects.create(
            version=self._source, sender=self.sender, historical=self.historical, file_name=self.file_name[:200],
            digest=shelf.keep_file(self.content), size=len(self.content), received=self.at,
            received_by=self.actor.name, start=period and period.start, end=period and period.end,
        )  # fmt: skip

    def subject(self) -> str:
        return "batch"

    def said(self) -> dict:
        digest = hashlib.sha256(self.content).hexdigest()
        return {
            "file": digest,
            "source": self._source.source,
            "sender": self.sender.code,
            "historical": self.historical,
        }


def same_file(content: bytes, source: str, sender: Department) -> Batch | None:
    """The delivery that brought this very file already and still counts."""
    digest = hashlib.sha256(content).hexdigest()
    gone = (Batch.WITHDRAWN, Batch.WITHDRAWING, Batch.FAILED)
    return Batch.objects.filter(digest=digest, version__source=source, sender=sender).exclude(state__in=gone).first()


def _same(earlier: Batch) -> str:
    said = {"day": f"{timezone.localtime(earlier.received):%Y-%m-%d %H:%M}", "number": earlier.number}
    return _g("这份文件 %(day)s 已经报送过（批次号 %(number)s），内容一个字节也没有变，这次没有改动任何数据。") % said
