"""预警台账 and 文书送达台账: fixed columns; no personal data but the masked name of who signed for a letter."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.pool.ledger import Ledger
from wushang.pool.models.clock import latest
from wushang.pool.sheet import Column, Heading
from wushang.terms import codes
from wushang.warn import shown, states
from wushang.warn.models import DeliveryReceipt, Letter


def _heading(title: str, unit: str, maker: str, on: date, said: str) -> Heading:
    version = _("%(said)s数据版本第 %(n)d 号。") % {"said": said, "n": latest()}
    return Heading(title, unit, maker, on, version)


def warnings(rows: QuerySet, unit: str, maker: str, on: date, chosen: str = "") -> Ledger:
    """One row a warning; 起数 is what the letter says; `chosen` says which are listed, where not all."""
    columns = [
        Column(_("序号"), 8, "count"), Column(_("单位名称"), 28), Column(_("统一社会信用代码"), 20, unbroken=True), Column(_("镇（街道、区）"), 12),
        Column(_("等级"), 6), Column(_("研判日期"), 12, "date"), Column(_("起数"), 6, "count", total=True),
        Column(_("文书"), 14), Column(_("文号"), 22, unbroken=True), Column(_("成文日期"), 12, "date"), Column(_("送达日期"), 12, "date"),
        Column(_("签收日期"), 12, "date"), Column(_("当前环节"), 10), Column(_("经办人"), 9), Column(_("备注"), 22),
    ]  # fmt: skip
    said = _("口径：一行一件；起数为文书所载收到的工伤事故报告起数。")
    listed = list(rows.prefetch_related("letters"))
    names = shown.town_names(row.region for row in listed)
    table = (_warning_row(n, row, names.get(row.region, "")) for n, row in enumerate(listed, 1))
    return Ledger.of(_heading(_("预警台账") + chosen, unit, maker, on, said), columns, table)


def _warning_row(number: int, row: Any, town: str) -> list[Any]:
    letter = row.letter
    return [
        number, row.name, row.uscc, town, row.rank_level.char, timezone.localdate(row.opened),
        _events(letter, row.name), letter.title if letter else "", letter.number if letter else "",
        letter.signed if letter else None, row.delivered,
        timezone.localdate(row.acknowledged) if row.acknowledged else None,
        str(states.TITLES[row.state]), row.handler.name if row.handler else "", row.end_reason,
    ]  # fmt: skip


def _events(letter: Letter | None, name: str) -> int | None:
    """起数 as the letter says it: a circular says each unit's in its list."""
    values = letter.values if letter else {}
    listed = [one.get("events") for one in values.get("listed") or [] if isinstance(one, dict) and one.get("name") == name]
    said = values.get("events") or (listed[0] if listed else None)
    return int(str(said)) if str(said or "").isdigit() else None


def deliveries(rows: QuerySet, unit: str, maker: str, on: date, chosen: str = "") -> Ledger:
    """One row a registered delivery; issued letters without one stand there with nothing in its cells."""
    columns = [
        Column(_("序号"), 8, "count"), Column(_("单位名称"), 28), Column(_("镇（街道、区）"), 12), Column(_("文书"), 14),
        Column(_("文号"), 22, unbroken=True), Column(_("成文日期"), 12, "date"), Column(_("送达方式"), 11), Column(_("送达日期"), 12, "date"),
        Column(_("签收人"), 9), Column(_("送达人"), 16), Column(_("邮寄单号"), 16), Column(_("备注"), 22),
    ]  # fmt: skip
    said = _("口径：一行一次送达；已发出、尚未送达的列出文书，送达栏没有内容。")
    table = (_numbered(n, line) for n, line in enumerate(_delivery_rows(rows), 1))
    return Ledger.of(_heading(_("文书送达台账") + chosen, unit, maker, on, said), columns, table)


def _numbered(number: int, line: list[Any]) -> list[Any]:
    return [number, *line]


def _delivery_rows(rows: QuerySet) -> Any:
    issued = list(rows.exclude(issued=None).order_by("issued", "pk").prefetch_related("letters__receipts"))
    names = shown.town_names(row.region for row in issued)
    for row in issued:
        for letter in row.letters.all():
            if letter.number and not letter.dropped:
                receipts = [r for r in letter.receipts.all() if r.undone is None] or [None]
                yield from (_delivery_row(row, letter, receipt, names.get(row.region, "")) for receipt in receipts)


def _delivery_row(row: Any, letter: Letter, receipt: DeliveryReceipt | None, town: str) -> list[Any]:
    told = [row.name, town, letter.title, letter.number, letter.signed]
    if receipt is None:
        return [*told, "", None, "", "", "", ""]
    how = codes.name("delivery_method", receipt.method)
    return [*told, how, receipt.on, receipt.masked_person, receipt.handed_by, receipt.tracking, receipt.note]
