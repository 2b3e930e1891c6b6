"""需要领导推动的事: what is late and has to be pushed, the gravest first, at most five."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from wushang.people.models import Region
from wushang.people.scope import Scope
from wushang.pool.models import EnterpriseVersion
from wushang.rectify.models import Case, Referral
from wushang.rectify.states import WITH_ENTERPRISE
from wushang.terms import codes
from wushang.terms.level import Level
from wushang.warn.units import visible
from wushang.web.meeting.content import VERB, Content
from wushang.web.reporting import Line

MOST = 5
SAID = 24  # characters of a matter's own words


@dataclass(frozen=True)
class Matter:
    """One line: whose, what, who must act, how late. `hidden` names the unit without its name."""

    level: str
    name: str
    hidden: str
    url: str
    town: str
    problem: str
    department: str
    days: int

    @property
    def when(self) -> str:
        return _("已逾期 %(n)d 天") % {"n": self.days}

    @property
    def rank(self) -> tuple[int, int]:
        return (-(Level(self.level).rank if self.level else 0), -self.days)


def matters(content: Content) -> list[Matter]:
    """Late cases and referrals in the page's scope, and tables that departments owe."""
    found = [*_cases(content.scope, VERB, content.today), *_referrals(content.scope, VERB, content.today)]
    if content.scope.covers(VERB, settings.WUSHANG_REGION):
        found += _tables(content.scope, content.sent)
    return sorted(found, key=lambda matter: (matter.rank, matter.name))[:MOST]


def _cases(scope: Scope, verb: str, today: date) -> Iterator[Matter]:
    late = Case.objects.filter(state__in=(*WITH_ENTERPRISE, "listed"), due__lt=today, enterprise__in=visible(scope, verb))
    rows = list(late.select_related("handler__department"))
    units = _units(row.enterprise_id for row in rows)
    for row in _gravest(rows, units, lambda row: row.level, lambda row: row.due):
        asked = row.referrals.select_related("to").order_by("-pk").first()
        by = asked.to.short_name if asked else row.handler.department.short_name if row.handler else ""
        yield _matter(row, units, f"{row.state_title}", by, (today - row.due).days, _url(scope, "rectify.see", "rectify:case", row.pk))


def _referrals(scope: Scope, verb: str, today: date) -> Iterator[Matter]:
    late = Referral.objects.filter(
        state__in=("sent", "accepted", "sent_back"), reply_by__lt=today, enterprise__in=visible(scope, verb)
    ).select_related("to", "warning", "case")
    units = _units(row.enterprise_id for row in late)
    for row in _gravest(late, units, lambda row: row.warning.level if row.warning else "", lambda row: row.reply_by):
        kind = row.what[:SAID].strip("，。、；") if row.kind == "other" else row.kind_title
        problem = _("转办：%(kind)s，%(state)s") % {"kind": kind, "state": row.state_title}
        yield _matter(row, units, problem, row.to.short_name, (today - row.reply_by).days, _url(scope, "rectify.see", "rectify:referral", row.pk))


def _gravest(rows: Iterable[Any], units: dict[int, EnterpriseVersion], level: Any, due: Any) -> list[Any]:
    """No more than can be shown: what is told of each row takes queries of its own."""
    def place(row: Any) -> tuple[int, date, str]:
        name = units[row.enterprise_id].name if row.enterprise_id in units else ""
        return (-(Level(level(row)).rank if level(row) else 0), due(row), name)

    return sorted(rows, key=place)[:MOST]


def _tables(scope: Scope, lines: list[Line]) -> Iterator[Matter]:
    for line in lines:
        if line.late:
            said = _("%(title)s未报") % {"title": line.title}
            yield Matter("", line.sender, line.sender, _url(scope, "collect.see", "collect:batches"), "", said, line.sender, line.late)


def _matter(row: Any, units: dict[int, EnterpriseVersion], problem: str, by: str, late: int, url: str) -> Matter:
    unit = units.get(row.enterprise_id)
    level = getattr(row, "level", "") or getattr(getattr(row, "warning", None), "level", "")
    if unit is None:
        return Matter(level, "", "", url, "", problem, by, late)
    town = Region.objects.filter(code=unit.region).values_list("name", flat=True).first() or ""
    trade = codes.name("industry", unit.industry[:3]) if unit.industry else ""
    hidden = _("%(town)s %(trade)s 1 家") % {"town": town, "trade": trade}
    return Matter(level, unit.name, hidden, url, town, problem, by, late)


def _units(ids: Any) -> dict[int, EnterpriseVersion]:
    return {v.enterprise_id: v for v in EnterpriseVersion.objects.current().filter(enterprise__in=list(ids))}


def _url(scope: Scope, verb: str, name: str, *args: int) -> str:
    """Where the matter is worked on; '' for who may not go there."""
    return reverse(name, args=args) if scope.may(verb) else ""
