"""A reported row of the ledger as it stands in its file: which delivery, which line, its cells; its versions through time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from wushang.collect.by_hand import line_of
from wushang.collect.models import Batch, QuarantinedRow
from wushang.collect.place import batches_in
from wushang.collect.source import Column, Source
from wushang.integrate.landers.told import RENAMED
from wushang.integrate.models import Link
from wushang.integrate.then import then
from wushang.people.crypto import EncryptedTextField, mask_id, mask_name, mask_phone
from wushang.people.models import Department
from wushang.people.scope import Scope
from wushang.pool import models as pool
from wushang.pool.known import Known
from wushang.pool.models import FoundBy, Report, Reported

RULES: dict[FoundBy, Any] = {
    FoundBy.USCC: _("统一社会信用代码一致"), FoundBy.NUMBER: _("单位编号（社保）一致"), FoundBy.NAME: _("名称一致，同一县（市、区）"),
    FoundBy.ALIAS: _("与曾用名、旧代码或以前报送的写法一致"), FoundBy.NEW: _("没有对上已知单位，按这一行新建"), FoundBy.PERSON: _("由人归并或分开"),
}  # fmt: skip
TABLES: dict[str, type[Reported]] = {
    model.__name__: model for model in vars(pool).values() if isinstance(model, type) and issubclass(model, Reported) and model is not Reported
}  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """One cell by the file's own title; `personal` ones are masked unless they were asked for in plain."""

    title: str
    text: str
    personal: bool = False


@dataclass(frozen=True)
class SourceRow:
    """One version of one reported row, with the delivery that brought it."""

    fact: Reported
    batch: Batch | None
    sender: str
    masked: bool = True
    _kept: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def table(self) -> str:
        return type(self.fact).__name__

    @property
    def source(self) -> Source | None:
        return self.batch.version.loaded() if self.batch else None

    @property
    def title(self) -> str:
        return self.batch.title if self.batch else self.fact.source

    @property
    def named(self) -> str:
        """Its number as people know it; '' where the row is known by several cells together, or by a person's number."""
        source = self.source
        if source and (len(source.key) > 1 or source.key[0] in source.personal):
            return ""
        return self.fact.key

    @property
    def found_by(self) -> str:
        """By which rule the row found its unit, in words; '' where it names none, or came before this was kept."""
        return str(RULES[FoundBy(self.fact.found_by)]) if self.fact.found_by else ""

    @property
    def recorded(self) -> Any:
        return self.fact.recorded

    @property
    def superseded(self) -> Any:
        """The commit that put an end to it; one without a number does not count yet."""
        held = self.fact.superseded
        return held if held and held.number else None

    def delivery_for(self, scope: Scope) -> int | None:
        """The delivery's page for who may open it."""
        if self.batch is None or not batches_in(scope).filter(pk=self.batch.pk).exists():
            return None
        return self.batch.pk

    @property
    def by_hand(self) -> bool:
        """A person wrote this version: what the file says is in an earlier one."""
        return self.recorded.kind == "correction"

    @cached_property
    def raw(self) -> bool:
        """Whether the cells are the file's own, letter by letter."""
        return bool(self._raw)

    @property
    def cells(self) -> list[Cell]:
        """By the file's own titles, personal ones masked; else the values as they were understood."""
        return list(self._of_file() if self._raw else self._understood())

    @cached_property
    def _raw(self) -> dict[str, str]:
        if self.by_hand or self.batch is None or not self.fact.row:
            return {}
        return raw_cells(self.batch, self.fact.row)

    def _of_file(self) -> Iterator[Cell]:
        source = self.source
        claimed = {self.batch.header.get("titles", {}).get(name): name for name in source.columns} if source and self.batch else {}
        for title, text in self._raw.items():
            name = claimed.get(title)
            column = source.columns[name] if source and name else None
            hidden = bool(source and name in source.personal) or column is None  # an unknown column may hold anything
            if text:
                yield Cell(title, mask(text, column) if hidden and self.masked else text, hidden)

    def _understood(self) -> Iterator[Cell]:
        source, personal = self.source, plain_personal(self.fact)
        values = {**values_of(self.fact), **personal}
        for name, value in values.items():
            column = source.columns.get(name) if source else None
            title = column.titles[0] if column else name
            if value not in (None, "") and (column or not source):  # what the source has no column for we made of it ourselves
                hidden = name in personal
                yield Cell(title, mask(str(value), column) if hidden and self.masked else str(value), hidden)


def raw_cells(batch: Batch, row: int) -> dict[str, str]:
    """Title → cell of one line of a kept file; {} where the file is too large, or cannot be read any more."""
    held = QuarantinedRow.objects.filter(batch=batch, row=row).first()
    if held:
        return json.loads(held.raw)
    line = line_of(batch, row)
    if not line:
        return {}
    titles = {place: batch.header["titles"][name] for name, place in batch.header["places"].items()}
    titles |= {int(place): title for place, title in batch.header.get("unknown", {}).items()}
    return {title: line[place] for place, title in sorted(titles.items()) if place < len(line)}


def mask(text: str, column: Column | None) -> str:
    """A personal cell as a page may show it."""
    if column is None:
        return "＊＊＊"
    if column.type == "id_number":
        return mask_id(text)
    if column.type == "phone":
        return mask_phone(text)
    return mask_name(text) if column.type == "name" or len(text) < 4 else f"{text[:2]}…（{len(text)} 字）"


PLUMBING = {"personal", "worker_key", "masked_name"}  # of these the first is told apart, the others are made of it
FIELD_OF = {column: field for field, column in RENAMED.items()}


def values_of(fact: Reported) -> dict[str, Any]:
    """The plain values that the ledger keeps of a row, by the fields of its source; never an encrypted one."""
    if hasattr(fact, "values"):
        return dict(fact.values)
    base = {f.attname for f in Reported._meta.get_fields() if hasattr(f, "attname")} | {"id", "recorded_id", "superseded_id"} | PLUMBING
    fields = [f for f in fact._meta.concrete_fields if f.attname not in base and not f.is_relation and not isinstance(f, EncryptedTextField)]
    return {FIELD_OF.get(f.attname, f.attname): getattr(fact, f.attname) for f in fields}


def plain_personal(fact: Reported) -> dict[str, str]:
    """Whatever the ledger keeps encrypted of a row: the sealed values, and those with a column of their own."""
    sealed = getattr(fact, "personal", "")
    own = [f.attname for f in fact._meta.concrete_fields if isinstance(f, EncryptedTextField) and f.attname not in PLUMBING]
    return (json.loads(sealed) if sealed else {}) | {name: getattr(fact, name) for name in own if getattr(fact, name)}


def shown(facts: Iterable[Reported], masked: bool = True) -> list[SourceRow]:
    """Facts with their deliveries and senders, read at once."""
    facts = list(facts)
    batches = {batch.pk: batch for batch in Batch.objects.filter(pk__in={f.batch for f in facts if f.batch}).select_related("version", "sender")}
    names = dict(Department.objects.filter(code__in={f.sender for f in facts}).values_list("code", "name"))
    return [SourceRow(f, batches.get(f.batch or 0), names.get(f.sender, f.sender), masked) for f in facts]


def of_injury(injury: int, known: Known, linked: bool = False) -> list[Reported]:
    """The reports that tell of an injury, as known then or now; with `linked` also the rows that were found to tell of it
    (医院首诊, 职业病报告, 事故), for who may see links."""
    rows = known.of(Report).filter(injury=injury).select_related("recorded", "superseded")
    found: list[Reported] = list(rows.order_by("source", "sender", "key"))
    return [*found, *_linked(injury, known)] if linked else found


LINKED: dict[str, type[Reported]] = {"visit": pool.Visit, "disease": pool.Disease, "accident": pool.Accident}


def _linked(injury: int, known: Known) -> Iterator[Reported]:
    """Rows whose link stood then; a report that was put under the injury is among its reports already."""
    stood = then(known, date.max).linked()
    for link in Link.objects.filter(stood, injury=injury, what__in=LINKED).order_by("what", "pk"):
        rows = known.of(LINKED[link.what]).filter(source=link.source, sender=link.sender, key=link.key)
        yield from rows.select_related("recorded", "superseded")


def injuries_of(fact: Reported) -> list[int]:
    """The injuries that a row was found to tell of."""
    same = Link.objects.filter(source=fact.source, sender=fact.sender, key=fact.key, state=Link.LINKED)
    return list(same.values_list("injury", flat=True))


def versions(fact: Reported) -> list[Reported]:
    """Every version of a row through time, newest first."""
    same = type(fact)._default_manager.filter(source=fact.source, sender=fact.sender, key=fact.key, recorded__number__isnull=False)
    return list(same.select_related("recorded", "superseded").order_by("-recorded__number", "-pk"))
