"""整改台账: one row a case, fixed columns, no personal data."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.pool.ledger import Ledger
from wushang.pool.models.clock import latest
from wushang.pool.sheet import Column, Heading
from wushang.rectify import clocks
from wushang.rectify.policy import rules_of, words_of
from wushang.warn.shown import town_names


def cases(rows: QuerySet, unit: str, maker: str, on: date, chosen: str) -> Ledger:
    """Cases with `name` and `region` → the ledger."""
    columns = [
        Column(_("序号"), 8, "count"), Column(_("单位名称"), 28), Column(_("镇（街道、区）"), 12), Column(_("等级"), 6),
        Column(_("文号"), 22, unbroken=True), Column(_("送达日期"), 12, "date"), Column(_("报告期限"), 12, "date"), Column(_("期限依据"), 30),
        Column(_("方案提交"), 12, "date"), Column(_("方案审阅"), 9), Column(_("提交日期"), 12, "date"), Column(_("是否迟交"), 9), Column(_("退回次数"), 9, "count", total=True),
        Column(_("通过日期"), 12, "date"), Column(_("约谈日期"), 12, "date"), Column(_("线索移送"), 12, "date"),
        Column(_("当前环节"), 14), Column(_("办结日期"), 12, "date"), Column(_("经办人"), 9),
    ]  # fmt: skip
    said = _("口径：一行一件；期限以送达次日起算，末日 24 时止。数据版本第 %(n)d 号。") % {"n": latest()}
    heading = Heading(_("整改台账（%(chosen)s）") % {"chosen": chosen}, unit, maker, on, said)
    listed = list(rows.prefetch_related("interviews", "plans", "warning__letters"))
    towns = town_names(case.region or "" for case in listed)
    return Ledger.of(heading, columns, (_row(n, case, towns.get(case.region, "")) for n, case in enumerate(listed, 1)))


def _row(number: int, case: Any, town: str) -> list[Any]:
    held = max((one for one in case.interviews.all() if one.state == "held"), key=lambda one: one.pk, default=None)
    letter = case.warning.letter
    return [
        number, case.name, town, case.rank_level.char, letter.number if letter else "", case.delivered,
        case.report_due, _why(case), *_plan(case), _day(case.submitted), _in_time(case), case.rounds, case.accepted, held.held_on if held else None, _day(case.referred),
        str(case.state_title), _day(case.ended), case.handler.name if case.handler else "",
    ]  # fmt: skip


def _why(case: Any) -> str:
    """What the report's own day follows from; `case.clause` speaks of the step that runs now."""
    if not case.wants_report:
        return _("不要求报告")
    report = clocks.of_case(rules_of(case.warning), "report", case.warning)
    return report.said if report and report.due == case.report_due else case.clause


def _plan(case: Any) -> tuple[Any, str]:
    """整改方案: the day of the newest that was sent, and how it stands; not asked for: 不要求."""
    sent = [plan for plan in case.plans.all() if plan.submitted]
    if sent:
        return _day(sent[-1].submitted), str(sent[-1].state_title)
    return None, _("未交") if "plan" in words_of(case.warning) else _("不要求")


def _in_time(case: Any) -> str:
    if not case.wants_report:
        return _("不要求")
    return _("迟交") if case.late else _("按时") if case.submitted else _("未交")


def _day(at: Any) -> date | None:
    return timezone.localdate(at) if at else None
