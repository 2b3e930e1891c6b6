"""Beside the to-dos: 报送情况, 本月新增预警, and on first use the four steps."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from wushang.people.models import User
from wushang.people.scope import Scope
from wushang.pool.models import Contact, Headcount, RegisterEntry, Report
from wushang.terms.period import month_of
from wushang.warn import shown
from wushang.warn.states import ENDED
from wushang.web import figures, reporting


def reports(scope: Scope, today: date) -> dict[str, Any] | None:
    """The monthly tables of the last month: come, waiting, late."""
    if not scope.covers("collect.see", settings.WUSHANG_REGION):
        return None
    tables, may_urge = reporting.lines(today), scope.covers("collect.urge", settings.WUSHANG_REGION)
    lines = [
        {"title": line.short_title, "sender": line.sender, "date": line.came or line.due, "late": line.late,
         "state": line.state or _("未到期"), "url": reverse("collect:calendar") if line.late and may_urge else ""}
        for line in tables
    ]  # fmt: skip
    return {"due": len(lines), "received": sum(1 for line in tables if line.came), "lines": lines,
            "place_url": reverse("place") if scope.may("people.see") else None,
            "reconcile_url": reverse("reconcile") if scope.covers("analyse.reconcile", settings.WUSHANG_REGION) else None}  # fmt: skip


def warnings(scope: Scope, today: date) -> dict[str, Any] | None:
    """本月新增预警: by level and by stage."""
    if not scope.may("warn.see"):
        return None
    opened = shown.warnings(scope).filter(opened__date__gte=month_of(today)).order_by()
    levels = dict(opened.values_list("level").annotate(n=Count("pk")))
    states = dict(opened.values_list("state").annotate(n=Count("pk")))
    total = sum(levels.values())
    stages = [{"title": t, "count": sum(states.get(s, 0) for s in within)} for t, within in shown.TABS.values()]
    ended = sum(states.get(state, 0) for state in ENDED)
    return {
        "title": _("%(m)d月新增预警") % {"m": today.month}, "total": total, "url": reverse("warn:warnings"),
        "levels": [{"level": level, "count": levels.get(level, 0)} for level in ("yellow", "orange", "red")],
        "stages": stages, "most": max((s["count"] for s in stages), default=0), "said": _said(total, ended),
    }  # fmt: skip


def _said(total: int, ended: int) -> str:
    if not total:
        return _("本月还没有新增预警。")
    said = {"open": figures.count(total - ended), "ended": figures.count(ended)}
    return (_("在办 %(open)s 件，办结 %(ended)s 件。") if ended else _("在办 %(open)s 件，尚无办结。")) % said


def first_steps(user: User, scope: Scope) -> list[dict[str, Any]]:
    """The four steps of a place that starts, for who uploads and lands (the clerk); empty once an injury table is in."""
    if not scope.may("collect.upload") or not scope.may("collect.confirm") or begun():
        return []
    unit = user.department.name if user.department else ""
    upload = reverse("collect:batches")
    steps: list[tuple[str, str, bool, str, str]] = [
        (_("核对本单位名称"), unit or _("账号还没有单位，请联系系统管理员"), bool(unit), _("查看"), reverse("people:me")),
        (_("上传参保名册"), _("市场主体登记、参保缴费表，一张一张传"), _units_known(), _("上传"), upload),
        (_("上传工伤台账"), _("历史数据不会发送任何通知"), False, _("上传"), upload),
        (_("核实联系人"), _("单位主要负责人、经办人和手机号"), Contact.objects.exclude(verified=None).exists(), _("核实"), reverse("pool:contacts")),
    ]  # fmt: skip
    rows = [{"title": t, "says": says, "done": done, "op": op, "url": url} for t, says, done, op, url in steps]
    for row in rows:
        if not row["done"]:
            row["current"] = True
            break
    return rows


def begun() -> bool:
    """Whether an injury table has come in."""
    return Report.objects.exists()


def to_begin(scope: Scope) -> list[dict[str, Any]] | None:
    """What this person can do before anything has come in: accounts, rules, uploads of the own department. None: once something has,
    and for whom it makes no difference."""
    acts = (
        ("people.manage", _("新建账号"), "people:create_account"), ("judge.draft_policy", _("取用规则范本"), "judge:policies"),
        ("collect.upload", _("上传数据"), "collect:batches"),
    )  # fmt: skip
    found = [{"title": title, "url": reverse(name)} for verb, title, name in acts if scope.may(verb)]
    concerned = found or scope.may("warn.see") or scope.may("collect.see")
    return found if concerned and not begun() else None


def _units_known() -> bool:
    return RegisterEntry.objects.exists() or Headcount.objects.exists()
