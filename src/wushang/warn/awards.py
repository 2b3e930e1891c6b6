"""限制评先评优: in force only where the place has entered its own document for it (the rule's 地方补充 of that name), from the
delivery of the warning until it ends. The platform keeps the flag and its dates; whoever gives awards asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from wushang.warn import judged
from wushang.warn.models import Warning

WORD = "award_restriction"  # of `then:`, and of the rule's own switch


@dataclass(frozen=True)
class Restriction:
    since: date
    until: date | None  # the day the warning ended; None while it goes on
    basis: str
    warning: int


def basis(finding: Any) -> str:
    """《…》第十二条 as the place entered it; '' where the outcome asks for no restriction or nothing was entered."""
    if WORD not in judged.words_of(finding):
        return ""
    parameter = judged.pack_of(finding).parameters.get(WORD)
    held = parameter.on(finding.as_of) if parameter else None
    if held is None or held.value is not True or held.grounds.basis != "place":
        return ""
    document = held.grounds.document.strip()
    return (document if "《" in document else f"《{document}》") + held.grounds.clause.strip()


def of(warnings: Iterable[Warning]) -> Iterator[Restriction]:
    """The restrictions of delivered warnings, those over included."""
    for warning in warnings:
        if warning.delivered and warning.state != "withdrawn" and (said := basis(warning.finding)):
            ended = timezone.localdate(warning.ended) if warning.ended else None
            yield Restriction(warning.delivered, ended, said, warning.pk)
