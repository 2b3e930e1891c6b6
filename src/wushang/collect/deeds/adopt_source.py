"""启用报送表: put a new or changed yaml in force, or an earlier version again. Deliveries keep the version that read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from wushang.collect.inforce import in_force, keep_version
from wushang.collect.layout.wording import checked
from wushang.collect.models import SourceVersion
from wushang.collect.source import Source, shipped
from wushang.people.deed import Deed, refuse
from wushang.people.models import one_at_a_time
from wushang.pool.models import FACTS, Reported
from wushang.terms import codes

LARGEST = 200_000  # characters


@dataclass
class AdoptSource(Deed):
    """`text` is the yaml; its `id` names the source."""

    text: str
    reason: str

    verb = "collect.sources"
    title = _("启用报送表")

    def check(self) -> None:
        if len(self.reason.strip()) < 2:
            raise refuse("reason", _("没有写启用的理由。"), _("请写明为什么换，如“经办中心 4 月起用新表样”。"))
        self._source = read_source(self.text)
        one_at_a_time(f"source.{self._source.id}")
        newest = self._newest()
        if newest and newest.digest == self._source.digest:
            raise refuse("same", _("这一版现在就在用，没有变动。"))
        self._refuse_other_lands(newest)

    def _newest(self) -> SourceVersion | None:
        """The version in force: of a shipped table always one, which its first successor makes a row to go back to."""
        if self._source.id in shipped():
            return in_force(self._source.id, self.at)
        return SourceVersion.objects.filter(source=self._source.id).first()

    def _refuse_other_lands(self, newest: SourceVersion | None) -> None:
        """Rows that have landed are known again by source and key: neither may change under them."""
        if newest is None:
            return
        old = newest.loaded()
        if (old.lands, old.key) != (self._source.lands, self._source.key):
            why = _g("新版改了主键或入库的表（现为 %(a)s）。") % {"a": f"{old.lands}：{'、'.join(old.key)}"}
            raise refuse("key_changed", why, _("已入库的行会对不上。请另起一个报送表编号（id）。"))

    def act(self) -> SourceVersion:
        return keep_version(self._source, self.at, self.actor.name, self.reason.strip())

    def subject(self) -> str:
        return f"source:{read_source(self.text).id}"

    def said(self) -> dict[str, Any]:
        return {"source": self._source.id, "version": self._source.digest[:12], "reason": self.reason}


def read_source(text: str) -> Source:
    """The source of a yaml text; Refused in plain words where it is none."""
    if len(text) > LARGEST:
        raise refuse("large_file", _("这个文件太大，不像报送表定义。"), _("请上传报送表的 yaml 文件。"))
    try:
        data = yaml.load(text, yaml.BaseLoader)  # noqa: S506  every scalar stays text
    except yaml.YAMLError as wrong:
        why = _g("不是能读的 yaml：%(why)s") % {"why": str(wrong)[:300]}
        raise refuse("source_wrong", why, _("请按提示的行改正后再上传。")) from wrong
    name = data.get("id", "") if isinstance(data, dict) else ""
    if not name.isascii() or not name.isidentifier() or len(name) > 40:
        remedy = _("请在文件开头写 id，用英文小写字母和下划线，如 insurance_monthly。")
        raise refuse("source_wrong", _("没有写报送表的编号（id）。"), remedy)
    source = checked(text, name)
    refuse_unknown(source)
    return source


def refuse_unknown(source: Source) -> None:
    """Refuse a kind of department that no list knows, and a table that is not there: nobody could send it, or no row could land."""
    if nobody := [kind for kind in source.departments if kind not in {one.code for one in codes.all("department_kind")}]:
        kinds = "、".join(f"{one.code}（{one.name}）" for one in codes.all("department_kind"))
        why = _g("departments 里的“%(kind)s”不是部门种类。") % {"kind": "、".join(nobody)}
        raise refuse("source_wrong", why, _g("可用的有：%(kinds)s。") % {"kinds": kinds})
    tables = {model.__name__ for model in FACTS if issubclass(model, Reported)}
    if source.lands and source.lands not in tables:
        why = _g("lands 写的“%(table)s”不是数据池的表。") % {"table": source.lands}
        raise refuse("source_wrong", why, _g("可用的有：%(tables)s。") % {"tables": "、".join(sorted(tables))})


def newer_shipped() -> dict[str, Source]:
    """Shipped sources whose text has never been in force here: an upgrade brings them, a person puts them in force."""
    known = set(SourceVersion.objects.values_list("source", "digest"))
    named = {name for name, _digest in known}
    return {name: one for name, one in shipped().items() if name in named and (name, one.digest) not in known}
