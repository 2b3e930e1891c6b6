"""What is measured of one case (案件), as of a day: from its row of the snapshot's table `cases`, on either road."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import ibis
from django.utils.translation import gettext_lazy as _

from wushang.analyse.injuries import days_between
from wushang.analyse.measures import Ask, Measure, measures

if TYPE_CHECKING:
    from wushang.pool.reading import Pool

Column = Callable[[Any, Any], Any]  # rows of cases, the day → whole days; missing where the case has no such deadline


@dataclass(frozen=True, kw_only=True)
class CaseMeasure(Measure):
    """A measure whose `value` is (case, value)."""

    column: Column


def measure_of_case(code: str, title: Any, title_en: str, formula: Any, column: Column) -> CaseMeasure:
    def value(pool: Pool, ask: Ask) -> ibis.Table:
        rows = cases(pool, ask.as_of)
        return rows.select("case", value=column(rows, ibis.literal(ask.as_of)))

    return CaseMeasure(
        code=code, title=title, title_en=title_en, unit="日", formula=formula, source="案件办理记录", tables=("cases",), value=value,
        bases=(), scopes=(), column=column,
    )  # fmt: skip


def cases(pool: Pool, as_of: date) -> ibis.Table:
    """The cases opened by a day, as they stood on it: what came later has not happened yet."""
    rows, day = pool.table("cases"), ibis.literal(as_of)
    rows = rows.filter(rows.opened <= day)
    return rows.mutate(**{name: ibis.ifelse(rows[name] <= day, rows[name], ibis.null("date")) for name in ("submitted", "accepted", "ended")})


def _since(rows: Any, start: Any, end: Any, counts: Any) -> Any:
    """Days from one date to another where it counts, else 0; never less than 0."""
    days = days_between(start, end)
    return ibis.ifelse(counts & (days > 0), days, 0)


def _unreported(rows: Any, day: Any) -> Any:
    late = _since(rows, rows.report_due, day, rows.submitted.isnull() & rows.ended.isnull())
    return ibis.ifelse(rows.report_due.isnull(), ibis.null("int64"), late)


def _late(rows: Any, day: Any) -> Any:
    late = _since(rows, rows.report_due, ibis.coalesce(rows.submitted, day), rows.submitted.notnull())
    return ibis.ifelse(rows.report_due.isnull(), ibis.null("int64"), late)


def _open(rows: Any, day: Any) -> Any:
    return _since(rows, rows.opened, day, rows.accepted.isnull() & rows.ended.isnull())


CASE_MEASURES = {
    one.code: one
    for one in (
        measure_of_case(
            "days_unreported", _("整改逾期未报天数"), "Days a report is overdue",
            _("报送期限届满次日起算，到统计日没有报送的天数；已报送、已终止的为0；不要求报告的为缺数"), _unreported,
        ),
        measure_of_case(
            "days_reported_late", _("整改逾期上报天数"), "Days a report came late",
            _("报送日期晚于期限的天数；没有报送的为0；不要求报告的为缺数"), _late,
        ),
        measure_of_case("days_open", _("在办天数"), "Days a case is open", _("立案到统计日的天数；已审核通过、已终止的为0"), _open),
    )
}  # fmt: skip


def looked_up(code: str) -> Measure | None:
    """A measure by its code: of enterprises and groups, or of cases."""
    return CASE_MEASURES.get(code) or measures().get(code)


def measure_of(code: str) -> Measure:
    """The same, of a checked pack."""
    found = looked_up(code)
    if found is None:
        raise KeyError(code)
    return found
