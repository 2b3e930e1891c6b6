"""A list as xlsx: the attachment of a 签报."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from wushang.analyse.measures import measures
from wushang.judge.members import columns, period
from wushang.judge.models import PolicyVersion
from wushang.pool.models.clock import latest
from wushang.pool.sheet import Column, Heading, ledger


@dataclass(frozen=True)
class Sheet:
    """What the file is: the list, the version of its rule, its day, a word on where it comes from."""

    title: str
    version: PolicyVersion
    on: date
    note: str
    commit: int | None = None


def workbook(sheet: Sheet, rows: list[dict[str, Any]], unit: str, maker: str, today: date) -> bytes:
    """Lines of the page → the file, each number as a number."""
    pack = sheet.version.pack
    whole = [measures()[use.measure].whole for use in pack.measures.values()]
    decided = [
        Column(f"{title}（{of}）", 14, "count" if counted else "rate")
        for (_name, title, of), counted in zip(columns(pack), whole, strict=True)
    ]
    places = [Column(_("单位"), 34), Column(_("镇（街道、区）"), 14), Column(_("行业"), 20)]
    head = [*places, *decided, Column(_("列入日期"), 12, "date"), Column(_("备注"), 30)]
    told = {"note": sheet.note, "title": sheet.version.title, "n": sheet.version.number, "commit": sheet.commit or latest(), "period": period(pack)}
    note = _("%(note)s。规则：%(title)s 第%(n)d版；数值为列入时的%(period)s；数据版本第 %(commit)d 号。") % told
    heading = Heading(f"{sheet.title} {sheet.on}", unit, maker, today, note)
    return ledger(heading, head, [cells(one, list(pack.measures)) for one in rows])


def cells(one: dict[str, Any], names: list[str]) -> list[Any]:
    member = one["member"]
    return [member.name, one["town"], one["industry"], *(member.values.get(name) for name in names), member.since, one["left"]]
