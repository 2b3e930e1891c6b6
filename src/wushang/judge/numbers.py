"""各数的依据: every number of a rule with its days and whose words it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from wushang.judge.pack import Dated, Pack, Parameter, plain
from wushang.judge.wording import grounds_said


@dataclass(frozen=True)
class Number:
    """One value of one parameter; `until`: its last day, None where none is set; `default`: the platform's own, to be settled by the place."""

    title: str
    shown: str
    since: date
    until: date | None
    words: str
    default: bool


def numbers(pack: Pack) -> list[Number]:
    """In the order of the file, earlier values first."""
    return [one for parameter in pack.parameters.values() for one in _values(parameter)]


def _values(parameter: Parameter) -> Iterator[Number]:
    unit = "" if parameter.kind == "flag" else parameter.unit
    dated = sorted(parameter.values, key=lambda one: one.start)
    for one, following in zip(dated, [*dated[1:], None], strict=True):
        shown = _("未填") if one.value is None else f"{plain(one.value)}{unit}"
        yield Number(
            parameter.title,
            shown,
            one.start,
            _last_day(one, following),
            grounds_said(one.grounds),
            one.grounds.basis == "platform_default",
        )


def _last_day(one: Dated, following: Dated | None) -> date | None:
    ends = [day for day in (one.end, following.start - timedelta(days=1) if following else None) if day]
    return min(ends, default=None)
