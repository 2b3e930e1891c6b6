"""今日待办 and its weekly sheet."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.people import audit
from wushang.people.page import signed_in
from wushang.people.todo import Todo, todos
from wushang.pool.sheet import Column, Heading, ledger
from wushang.terms.level import Level
from wushang.web import days
from wushang.web.desk import side
from wushang.web.desk.data_day import data_to
from wushang.web.running.queues import judging

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TABS = {
    "mine": gettext_lazy("我的待办"), "started": gettext_lazy("我发起的"),
    "passed": gettext_lazy("已转出"), "week": gettext_lazy("本周到期"),
}  # fmt: skip


@signed_in
def desk(request: Any) -> HttpResponse:
    today: date = request.today
    every = todos(request.actor, today)
    tab = request.GET.get("tab") if request.GET.get("tab") in TABS else "mine"
    mine, shown = of_tab(every, "mine", today), of_tab(every, tab, today)
    steps = side.first_steps(request.user, request.scope) if not mine else []
    page = Paginator(shown, 50).get_page(request.GET.get("page"))
    return render(request, "web/desk.html", {
        "today": today, "data_to": None if steps else data_to(), "mine": len(mine),
        "due_today": sum(1 for row in mine if row.due == today),
        "late": sum(1 for row in mine if row.due and row.due < today),
        "tabs": [
            {"title": title, "url": f"?tab={name}", "count": len(of_tab(every, name, today)), "active": name == tab}
            for name, title in TABS.items()
        ],
        "rows": list(page.object_list), "page": page, "export_url": reverse("desk_week") if mine else None,
        "next": _next(every, today), "week_url": "?tab=week",
        "judging": not steps and judging(request.now),
        "to_begin": None if mine or steps else side.to_begin(request.scope),
        "upload_url": reverse("collect:batches") if request.scope.may("collect.upload") else None,
        "steps": steps, "trial_url": reverse("judge:policies") if steps and request.scope.may("judge.see") else None,
        "reports": side.reports(request.scope, today), "warnings": side.warnings(request.scope, today),
    })  # fmt: skip


def of_tab(every: list[Todo], tab: str, today: date) -> list[Todo]:
    """The rows of a tab; 本周到期: one's own that are due by Sunday, late ones too."""
    if tab == "week":
        return [row for row in every if row.tab == "mine" and row.due is not None and row.due <= sunday(today)]
    return [row for row in every if row.tab == tab]


def sunday(today: date) -> date:
    return today + timedelta(days=6 - today.weekday())


def _next(every: list[Todo], today: date) -> dict[str, Any] | None:
    """The next thing that comes up, with whoever it is now."""
    coming = next((row for row in every if row.tab != "mine" and row.due and row.due >= today), None)
    return {"date": coming.due, "name": coming.name, "what": coming.what} if coming else None


@signed_in
def week(request: Any) -> HttpResponse:
    """本周调度表: what is due by Sunday or late, as xlsx."""
    today, user = request.today, request.user
    rows = of_tab(todos(request.actor, today), "week", today)
    unit = user.department.name if user.department else settings.WUSHANG_CITY
    columns = [
        Column(_("序号"), 8, "count"), Column(_("期限"), 12, "date"), Column(_("状态"), 12), Column(_("事项"), 30),
        Column(_("等级"), 6), Column(_("单位"), 34), Column(_("镇（街道、区）"), 14), Column(_("环节"), 10),
        Column(_("上一手"), 20), Column(_("经办人"), 10), Column(_("备注"), 20),
    ]  # fmt: skip
    heading = Heading(_("本周调度表"), unit, user.name, today, _("含本周到期和已逾期的待办，按期限排序。"))
    data = ledger(heading, columns, (_cells(n, row, today) for n, row in enumerate(rows, 1)), "A3")
    audit.write(request.actor, request.now, "desk.export", "page:desk", {"rows": len(rows)})
    answer = HttpResponse(data, content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(True, f"{_('本周调度表')} {today}.xlsx") or "attachment"
    return answer


def _cells(number: int, row: Todo, today: date) -> list[Any]:
    level = Level(row.level).char if row.level else ""
    return [number, row.due, days.left(row.due, today), str(row.what), level, row.name, row.town, str(row.stage),
            row.before, row.holder, ""]  # fmt: skip
