"""The list behind a figure: the same period, commit and filters, so that its rows are as many as the figure says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

import ibis
from django.urls import reverse

from wushang.people.page import number_of
from wushang.pool.reading import Pool
from wushang.terms.period import Period, month_end
from wushang.web.meeting import events
from wushang.web.meeting.asked import Asked, asked
from wushang.web.meeting.counted import late_state
from wushang.web.meeting.figures import NOWHERE, Figures

SAID = ("town", "industry", "not_industry", "kind", "not_kind", "severity", "month", "late")


@dataclass(frozen=True)
class Drill:
    """Which rows: parts of the address. `commit` pins the version of the data; 0 means the present one."""

    asked: Asked
    commit: int
    said: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def address(cls, asked: Asked, commit: int, **said: str) -> str:
        parts = {name: value for name, value in said.items() if value}
        query = urlencode({"commit": str(commit), **parts})
        return f"{reverse('meeting_list')}?{asked.query}&{query}"

    @classmethod
    def of(cls, params: Mapping[str, str], today: date) -> Drill:
        said = {name: params[name] for name in SAID if params.get(name)}
        return cls(asked(params, today), number_of(params, "commit"), said)

    @property
    def period(self) -> Period:
        """The period asked for, or the one month of it that was pressed."""
        try:
            month = date.fromisoformat(f"{self.said.get('month', '')}-01")
        except ValueError:
            return self.asked.period
        return Period(month, month_end(month))

    @property
    def of_units(self) -> bool:
        return "late" in self.said

    @property
    def of_people(self) -> bool:
        return "severity" in self.said

    def rows(self, pool: Pool, figures: Figures, today: date) -> ibis.Table:
        """Events; injuries where people were counted; late cases where units were counted."""
        if self.of_units:
            return self._placed(_late(pool, today), figures, pool)
        rows = events.cases(pool) if self.of_people else events.events(pool)
        rows = events.within(rows, self.period)
        if self.of_people:
            rows = rows.filter(rows.severity == self.said["severity"])
        return self._placed(rows, figures, pool)

    def _placed(self, rows: ibis.Table, figures: Figures, pool: Pool) -> ibis.Table:
        """Cut by township, trade and cause, by the very names that the figures were grouped by."""
        if town := self.said.get("town"):
            wanted = NOWHERE if town == "none" else town
            rows = _among(pool, rows, "region", lambda code: figures.town(code) == wanted)
        if division := self.said.get("industry"):
            rows = rows.filter(rows.industry.substr(0, 3) == division)
        if left_out := self.said.get("not_industry"):
            rows = rows.filter(~rows.industry.substr(0, 3).isin(left_out.split(",")))
        if kind := self.said.get("kind"):
            rows = _among(pool, rows, "kind", lambda code: figures.kind(code) == kind)
        if left_out := self.said.get("not_kind"):
            names = left_out.split(",")
            rows = _among(pool, rows, "kind", lambda code: figures.kind(code) not in names)
        return rows


def _among(pool: Pool, rows: ibis.Table, column: str, belongs: Any) -> ibis.Table:
    """Keep the rows whose code belongs: the codes that occur are few."""
    found = pool.fetch(rows.select(code=rows[column].fill_null("")).distinct())["code"].to_pylist()
    wanted = [code for code in found if belongs(code)]
    return rows.filter(rows[column].fill_null("").isin(wanted)) if wanted else rows.filter(ibis.literal(False))


def _late(pool: Pool, today: date) -> ibis.Table:
    """One row per unit with an overdue case."""
    rows, units = pool.table("cases"), pool.table("enterprises")
    late = rows.filter((rows.state == "overdue") | late_state(rows, today))
    per_unit = late.group_by("enterprise").agg(report_due=late.report_due.min())
    places = units.select(unit="enterprise", region="region", industry="industry")
    joined = per_unit.left_join(places, per_unit.enterprise == places.unit)
    return joined.select("enterprise", "report_due", "region", "industry")
