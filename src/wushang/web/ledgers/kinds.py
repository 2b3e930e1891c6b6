"""The ledgers there are: what each is called, which verb shows its rows, how its rows are made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people.models import User
from wushang.people.page import number_of
from wushang.pool.ledger import Ledger
from wushang.rectify import in_scope
from wushang.rectify import ledgers as rectify
from wushang.rectify.views.lists import LISTS
from wushang.terms.level import Level
from wushang.warn import ledgers as warn
from wushang.warn import shown
from wushang.web.ledgers import injuries
from wushang.web.ledgers.asked import Asked


@dataclass(frozen=True)
class Kind:
    title: Any
    says: Any
    verb: str
    make: Callable[[Asked, slice], Ledger]  # the rows of a window under the total of all


def _warnings(asked: Asked, **between: Any) -> Any:
    rows = shown.filtered(shown.warnings(asked.scope, "ledger.print"), asked.said).filter(**between)
    return rows.filter(enterprise=asked.enterprise) if asked.enterprise is not None else rows


def _chosen(asked: Asked) -> str:
    """Which warnings are listed, where not all: （橙色，送达）."""
    level, stage = asked.said.get("level", ""), asked.said.get("stage", "")
    parts = [Level(level).zh if level in set(Level) else "", str(shown.TABS[stage][0]) if stage in shown.TABS else ""]
    parts += [asked.said.get("q", "").strip(), _("建议撤回的") if asked.said.get("proposed") else ""]
    if handler := number_of(asked.said, "handler"):
        parts.append(User.objects.filter(pk=handler).values_list("name", flat=True).first() or "")
    told = "，".join(filter(None, parts))
    return f"（{told}）" if told else ""


def _opened(asked: Asked, window: slice) -> Ledger:
    rows = _warnings(asked, opened__date__gte=asked.period.start, opened__date__lte=asked.period.end)
    return warn.warnings(rows.order_by("opened", "pk"), *asked.made, _chosen(asked)).part(window)


def _issued(asked: Asked, window: slice) -> Ledger:
    rows = _warnings(asked, issued__date__gte=asked.period.start, issued__date__lte=asked.period.end)
    return warn.deliveries(rows, *asked.made, _chosen(asked)).part(window)


def _cases(asked: Asked, window: slice) -> Ledger:
    title, cut = LISTS.get(asked.said.get("list", ""), LISTS["all"])
    rows = in_scope.cases(asked.scope).filter(cut, delivered__gte=asked.period.start, delivered__lte=asked.period.end)
    if asked.enterprise is not None:
        rows = rows.filter(enterprise=asked.enterprise)
    rows = rows.filter(region__startswith=asked.town) if asked.town else rows
    return rectify.cases(rows.order_by("delivered", "pk"), *asked.made, str(title)).part(window)


KINDS = {
    "injuries": Kind(gettext_lazy("工伤事故台账"), gettext_lazy("按申报日期，一人一行"), "pool.see", injuries.of),
    "warnings": Kind(gettext_lazy("预警台账"), gettext_lazy("按研判日期，一件一行"), "warn.see", _opened),
    "deliveries": Kind(gettext_lazy("文书送达台账"), gettext_lazy("按发出日期，一次送达一行"), "warn.see", _issued),
    "rectification": Kind(gettext_lazy("整改台账"), gettext_lazy("按送达日期，一件一行"), "rectify.see", _cases),
}
