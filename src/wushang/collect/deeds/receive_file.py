"""上传: keep a department's file and open its delivery. The same file again is told and changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from wushang.collect import shelf
from wushang.collect.content import Content, refuse_empty, size_of, start_of
from wushang.collect.inforce import Taken, in_force, table_of_file
from wushang.collect.models import Batch
from wushang.collect.place import refuse_beyond
from wushang.collect.reading import is_spreadsheet
from wushang.collect.reading.markup import is_markup
from wushang.collect.source import Source
from wushang.people.deed import Deed, Place, refuse
from wushang.people.models import Department, one_at_a_time
from wushang.terms.codes import name as code_name
from wushang.terms.period import Period


@dataclass
class ReceiveFile(Deed):
    """`source` empty: the header decides; where it says nothing, the source it is most like, for a person to map (对应列)."""

    content: Content  # a vast file stays on the disk
    file_name: str
    sender: Department
    source: str = ""
    period: Period | None = None
    historical: bool = False
    whole: bool = False  # 本表为全量: what a list of changes lacks is gone, this once
    sheet: str = ""  # which sheet, where several hold the table
    table: Taken | None = None  # in the place of `source`: what its header is like, where that was looked at already

    verb = "collect.upload"
    title = _("上传报送表")

    def where(self) -> tuple[Place, ...]:
        return ((self.sender.region.code, "", None),)

    def check(self) -> None:
        refuse_beyond(self.actor.scope, self.verb, self.sender)
        refuse_empty(self.content, self.file_name)
        refuse_large(size_of(self.content), self.file_name)
        refuse_large_book(self.content, self.file_name)
        one_at_a_time(f"file.{self._digest}")  # two clicks are one delivery
        self._table = self.table or (Taken(self.source) if self.source else self._guessed())
        self._source = in_force(self._table.source, self.at)
        source = self._source.loaded()
        if self.sender.kind not in source.departments:
            raise self._wrong_sender(source)
        if earlier := same_file(self._digest, source.id, self.sender, self.sheet):
            raise refuse(
                "same_file", _same(earlier), _("没有变动就不用再报；改过的文件请存盘后再上传。"), value=str(earlier.pk)
            )

    @cached_property
    def _digest(self) -> str:
        return shelf.digest_of(self.content)

    def _guessed(self) -> Taken:
        return table_of_file(self.content, self.file_name, self.sender)

    def _wrong_sender(self, source: Source):
        kinds = "、".join(code_name("department_kind", kind) for kind in source.departments)
        why = _g("“%(title)s”由%(kinds)s报送，不是%(sender)s。")
        said = {"title": source.title, "kinds": kinds, "sender": self.sender.short_name}
        return refuse("wrong_sender", why % said, _("请改选报送部门。同一张表由两个部门各报一遍，人数会重复计算。"))

    def act(self) -> Batch:
        period, asks = self.period, {"may_be": list(self._table.may_be), "which": self._table.why}
        return Batch.objects.create(
            version=self._source, sender=self.sender, historical=self.historical, whole=self.whole, file_name=self.file_name[:200],
            digest=shelf.keep_file(self.content, self._digest), size=size_of(self.content), received=self.at,
            received_by=self.actor.name, sheet=self.sheet[:100], start=period and period.start, end=period and period.end,
            layout=asks if self._table.may_be else {},
        )  # fmt: skip

    def subject(self) -> str:
        return "batch"

    def said(self) -> dict:
        return {
            "file": self._digest,
            "source": self._source.source,
            "sender": self.sender.code,
            "historical": self.historical,
        }


def refuse_large(size: int, file_name: str) -> None:
    """Refuse a file by its size alone, before a byte of it is read."""
    _refuse_above(settings.WUSHANG_FILE_MB, size, file_name, _("请按月份拆成几份上传。"))


def refuse_large_book(content: Content, file_name: str) -> None:
    """Refuse a workbook, a page with a table or a zip that is too large; a text is read as it goes."""
    start = start_of(content)
    if is_spreadsheet(start) or is_markup(start):
        remedy = _("请按月份拆成几份，或另存为 csv 上传：csv 可以更大。")
        _refuse_above(settings.WUSHANG_BOOK_MB, size_of(content), file_name, remedy)


def _refuse_above(most: int, size: int, file_name: str, remedy: Any) -> None:
    if size > most * 1_000_000:
        why = _g("文件有 %(size)s MB，超过 %(most)d MB。") % {"size": f"{size / 1e6:,.1f}", "most": most}
        raise refuse("large_file", why, remedy, value=file_name)


def same_file(digest: str, source: str, sender: Department, sheet: str = "") -> Batch | None:
    """The delivery that brought this very file (this sheet of it) already and still counts."""
    gone = (Batch.WITHDRAWN, Batch.WITHDRAWING, Batch.FAILED)
    known = Batch.objects.filter(digest=digest, version__source=source, sender=sender).exclude(state__in=gone)
    return known.filter(sheet=sheet).first() if sheet else known.first()


def _same(earlier: Batch) -> str:
    said = {"day": f"{timezone.localtime(earlier.received):%Y-%m-%d %H:%M}", "number": earlier.number}
    return _g("这份文件 %(day)s 已经报送过（批次号 %(number)s），内容一个字节也没有变，这次没有改动任何数据。") % said
