"""The ledgers there are: what each is called, which verb shows its rows, how its workbook is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from wushang.rectify import in_scope
from wushang.rectify import ledgers as rectify
from wushang.warn import ledgers as warn
from wushang.warn import shown
from wushang.web.ledgers import injuries
from wushang.web.ledgers.asked import Asked


@dataclass(frozen=True)
class Kind:
    title: Any
    says: Any
    verb: str
    make: Callable[[Asked], bytes]


def _warnings(asked: Asked, **between: Any) -> Any:
    rows = shown.warnings(asked.scope, "ledger.print").filter(**between)
    if asked.enterprise is not None:
        rows = rows.filter(enterprise=asked.enterprise)
    return rows.filter(region__startswith=asked.town) if asked.town else rows


def _opened(asked: Asked) -> bytes:
    rows = _warnings(asked, opened__date__gte=asked.period.start, opened__date__lte=asked.period.end)
    return warn.warnings(rows.order_by("opened", "pk"), *asked.made)


def _issued(asked: Asked) -> bytes:
    rows = _warnings(asked, issued__date__gte=asked.period.start, issued__date__lte=asked.period.end)
    return warn.deliveries(rows, *asked.made)


def _cases(asked: Asked) -> bytes:
    rows = in_scope.cases(asked.scope).filter(delivered__gte=asked.period.start, delivered__lte=asked.period.end)
    if asked.enterprise is not None:
        rows = rows.filter(enterprise=asked.enterprise)
    rows = rows.filter(region__startswith=asked.town) if asked.town else rows
    return rectify.cases(rows.order_by("delivered", "pk"), *asked.made, str(_("全部")))


KINDS = {
    "injuries": Kind(_("工伤事故台账"), _("按申报日期，一人一行"), "pool.see", injuries.workbook),
    "warnings": Kind(_("预警台账"), _("按研判日期，一件一行"), "warn.see", _opened),
    "deliveries": Kind(_("文书送达台账"), _("按发出日期，一次送达一行"), "warn.see", _issued),
    "rectification": Kind(_("整改台账"), _("按送达日期，一件一行"), "rectify.see", _cases),
}
