"""Stored values in words, personal ones masked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from wushang.collect.models import Batch
from wushang.collect.source import Column, Source
from wushang.people.crypto import mask_id, mask_name, mask_phone
from wushang.terms import codes
from wushang.terms.money import percent, yuan

NOTHING = "—"


def title_of(batch: Batch, source: Source, name: str) -> str:
    """What the file calls a field."""
    if said := batch.header.get("titles", {}).get(name):
        return said
    return source.columns[name].titles[0] if name in source.columns else name


def masked(value: str, column: Column) -> str:
    """A personal value as lists may show it."""
    if column.type == "id_number":
        return mask_id(value)
    if column.type == "phone":
        return mask_phone(value)
    return mask_name(value) if column.type == "name" or len(value) < 4 else f"{value[:2]}…（{len(value)} 字）"


def duration(months: int) -> str:
    """38 in, 3年2个月 out."""
    years, rest = divmod(months, 12)
    said = (_("%(n)d年") % {"n": years} if years else "") + (_("%(n)d个月") % {"n": rest} if rest else "")
    return said or _("不到1个月")


def cell(value: Any, column: Column) -> str:
    """A stored value in words: codes by name, fen as yuan, millionths as per cent."""
    if value is None or value == "":
        return NOTHING
    if column.type == "code" and column.codes:
        return codes.name(column.codes, str(value))
    if column.type == "code":
        return next((word for word, code in column.values.items() if code == value), str(value))
    if column.type == "money":
        return yuan(int(value))
    if column.type == "rate":
        return percent(int(value), 2)
    if column.type == "integer":
        return f"{int(value):,}"
    if column.type == "decimal":
        return f"{(Decimal(int(value)) / 1_000_000).normalize():,f}"
    if column.type == "duration":
        return duration(int(value))
    if column.type == "month":
        return str(value)[:7]
    return value.isoformat() if isinstance(value, date) else str(value)
