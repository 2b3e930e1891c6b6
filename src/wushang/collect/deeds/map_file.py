"""对应列: a person says which column of a file is which field; the source keeps it as a new version, the file is read anew."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from wushang.collect.cells.title import plain_title
from wushang.collect.counts import SETTLED
from wushang.collect.inforce import in_force, keep_version
from wushang.collect.layout.chosen import Choice, header_of, sheet_named, sheets_of
from wushang.collect.layout.wording import checked, with_titles
from wushang.collect.models import Batch
from wushang.collect.place import place_of, refuse_beyond
from wushang.collect.reading import Sheet
from wushang.collect.reading.header import Header, absent, find_header, lacking, with_stand_ins
from wushang.collect.source import Source
from wushang.people.deed import Deed, Place, refuse
from wushang.people.models import Department, one_at_a_time
from wushang.terms import codes

MAPPABLE = (Batch.UNMAPPED, Batch.CHECKED, Batch.FAILED)


@dataclass
class MapFile(Deed):
    """`source` may be another than the one the file was taken for; `sender` too."""

    batch: Batch
    source: str
    choice: Choice = field(default_factory=Choice)
    sender: Department | None = None

    verb = "collect.map"
    title = _("对应列")

    def where(self) -> tuple[Place, ...]:
        return (*place_of(self.batch), *(((self.sender.region.code, "", None),) if self.sender else ()))

    def check(self) -> None:
        refuse_beyond(self.actor.scope, self.verb, self.batch.sender)
        one_at_a_time(f"source.{self.source}")
        self.batch.state = Batch.objects.select_for_update().values_list("state", flat=True).get(pk=self.batch.pk)
        if self.batch.state not in MAPPABLE:
            why = _g("这一批现在是“%(state)s”，不能再改列的对应。") % {"state": self.batch.get_state_display()}
            raise refuse("state", why, _("请刷新页面。"))
        if self.batch.quarantined.filter(state__in=SETTLED).exists():
            raise refuse("settled", _("这一批已有订正过的行，重新对应会丢掉这些订正。"), _("请先撤回本批，再上传一次。"))
        self._version = in_force(self.source, self.at)
        old = self._version.loaded()
        self._refuse_wrong_sender(old)
        sheet = sheet_named(sheets_of(self.batch), self.choice.sheet)
        header = header_of(sheet, self.choice)
        self._refuse_gaps(old, header)
        self._text = with_titles(self._version.text, self.source, header.titles, {})
        self._units = self._said_units(header)
        self._refuse_if_read_otherwise(checked(self._text, self.source), sheet)

    def _said_units(self, header: Header) -> dict[str, dict[str, str]]:
        """Units that the titles themselves do not carry: field → title → unit, kept for this sender's files."""
        said = {name: unit for name, unit in self.choice.units.items() if name in header.titles and unit}
        return {name: {plain_title(header.titles[name]): unit} for name, unit in said.items()}

    def _refuse_wrong_sender(self, source: Source) -> None:
        sender = self.sender or self.batch.sender
        if sender.kind not in source.departments:
            kinds = "、".join(codes.name("department_kind", kind) for kind in source.departments)
            said = {"title": source.title, "kinds": kinds, "sender": sender.short_name}
            why = _g("“%(title)s”由%(kinds)s报送，不是%(sender)s。") % said
            raise refuse("wrong_sender", why, _("请改选报送部门，或改选报送表。"))

    def _refuse_gaps(self, source: Source, header: Header) -> None:
        read = with_stand_ins(header, source)
        self._absent = [name for group in absent(read, source) for name in group if name in self.choice.absent]
        if missing := lacking(read, source.model_copy(update={"absent": self._absent})):
            why = _g("还有必需的列没有对应：%(t)s。") % {"t": "、".join(missing)}
            raise refuse("column_missing", why, _("请为它们选定一列；文件里确实没有的，请选“本表没有这一列”。"))
        twice = [one for one in set(header.places.values()) if list(header.places.values()).count(one) > 1]
        if twice:
            names = "、".join(source.columns[n].titles[0] for n, place in header.places.items() if place == twice[0])
            raise refuse("column_twice", _g("%(names)s选了同一列。") % {"names": names}, _("一列只能对应一项，请改选。"))
        if bare := [place for name, place in header.places.items() if not header.titles[name]]:
            why = _g("第 %(n)d 列没有列名，记不住。") % {"n": bare[0] + 1}
            raise refuse("no_title", why, _("请在文件里补上列名，再上传。"))

    def _refuse_if_read_otherwise(self, source: Source, sheet: Sheet) -> None:
        """The proof: the new version finds this header and these columns by itself."""
        found = find_header(sheet, source)
        if found is None or found.top != self.choice.top:
            line = found.top + 1 if found else 0
            why = _g("按第 %(n)d 行作表头不成立，平台会读成第 %(m)d 行。") % {"n": self.choice.top + 1, "m": line}
            raise refuse("header_elsewhere", why, _("请改选表头所在的行，或多对应几列。"))
        for name, place in self.choice.columns.items():
            if found.places.get(name) != place:
                title = source.columns[name].titles[0]
                why = _g("“%(t)s”会读成另一列：文件里有两列同名，或另一列的列名已经属于它。") % {"t": title}
                raise refuse("read_otherwise", why, _("请改选，或在文件里改掉重复的列名再上传。"))
        extra = [found.titles[name] for name in found.places if self._taken_without_word(name, found)]
        if extra:
            why = _g("列“%(t)s”按报送表就会读进来，不能不用。") % {"t": "、".join(extra)}
            raise refuse("read_otherwise", why, _("请把它选上；不该读的，请先改报送表。"))

    def _taken_without_word(self, name: str, found: Header) -> bool:
        return name not in self.choice.columns and found.places[name] not in self.choice.columns.values()

    def act(self) -> Batch:
        batch, source = self.batch, checked(self._text, self.source)
        why = _g("报送 %(n)s 对应列") % {"n": batch.number}
        batch.version = keep_version(source, self.at, self.actor.name, why)
        batch.sender = self.sender or batch.sender
        batch.state, batch.problem, batch.lease_until, batch.holder = Batch.RECEIVED, {}, None, ""
        agreed = {*batch.layout.get("agreed", []), *(q["id"] for q in batch.layout.get("questions", [])), *self.choice.agreed}
        batch.layout = batch.layout | {"agreed": sorted(agreed), "units": self._kept_units(), "absent": self._absent, "may_be": []}
        batch.sheet = self.choice.sheet[:100]
        batch.save()
        return batch

    def _kept_units(self) -> dict[str, dict[str, str]]:
        before = self.batch.layout.get("units", {})
        return {**before, **{name: before.get(name, {}) | said for name, said in self._units.items()}}

    def subject(self) -> str:
        return f"batch:{self.batch.pk}"

    def said(self) -> dict[str, Any]:
        version = self.batch.version
        return {"source": version.source, "version": version.digest[:12], "columns": self.choice.columns, "absent": self._absent}
