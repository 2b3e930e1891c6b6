"""What the page 本单位 shows beside the settings: days of force, 文号, 应报日, where to change what."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Max, Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.collect.models import DueRule
from wushang.collect.owed import DAY
from wushang.collect.source import shipped
from wushang.judge.models import STATES, PolicyVersion
from wushang.people.models import Department
from wushang.people.scope import Scope
from wushang.warn import channels, issuing
from wushang.warn.models import LetterNumber, StartDay
from wushang.web import days

LINKS = (  # title, what it is for, url name, verb
    (gettext_lazy("预警规则"), gettext_lazy("依据文件、数值、历史试算、启用"), "judge:policies", "judge.see"),
    (gettext_lazy("文书模板"), gettext_lazy("有哪些文书、哪条规则用、字段、样张"), "place_letters", "people.see"),
    (gettext_lazy("发送额度"), gettext_lazy("各渠道设了什么、用了多少、挡下什么"), "place_sending", "warn.outbox"),
    (gettext_lazy("待发箱"), gettext_lazy("推送和各渠道的启用日期"), "warn:outbox", "warn.outbox"),
    (gettext_lazy("报送情况"), gettext_lazy("各部门的应报日"), "collect:calendar", "collect.see"),
    (gettext_lazy("报送表样"), gettext_lazy("认得哪些表、列怎么对应"), "collect:sources", "collect.sources"),
    (gettext_lazy("联系人"), gettext_lazy("单位负责人、经办人，核实和导入"), "pool:contacts", "pool.contacts"),
    (gettext_lazy("部门与地区"), gettext_lazy("部门、镇（街道、区）的名称和启停，区划变更"), "people:places", "people.see"),
    (gettext_lazy("账号"), gettext_lazy("谁有什么岗位、管哪里"), "people:accounts", "people.see"),
    (gettext_lazy("岗位权限"), gettext_lazy("每个岗位能做什么"), "people:roles", "people.see"),
    (gettext_lazy("交接"), gettext_lazy("把待办、在办件交给接手的人"), "people:hand_over", ""),
)


def links(scope: Scope) -> list[dict[str, Any]]:
    """Where to change what: the pages this person may open."""
    found = []
    for title, says, name, verb in LINKS:
        if verb and not scope.may(verb):
            continue
        try:
            found.append({"title": title, "says": says, "url": reverse(name)})
        except NoReverseMatch:  # the page is not built in yet
            continue
    return found


def rules(scope: Scope, today: date) -> list[dict[str, Any]]:
    """启用日期 of the rules in force or approved that this person may see."""
    held = PolicyVersion.objects.filter(state__in=("in_force", "approved"))
    rows = [row for row in held if scope.covers("judge.see", row.region)]
    return [
        {"title": row.title, "n": row.number, "day": row.effective_from, "state": STATES[row.state_on(today)], "mode": row.mode_title,
         "url": reverse("judge:policy", args=[row.pk])}
        for row in rows
    ]  # fmt: skip


def hands(scope: Scope, today: date) -> list[dict[str, Any]]:
    """发文单位: of each rule in force or approved, who may draft, review and sign what it issues, and whom it lacks."""
    held = PolicyVersion.objects.filter(state__in=("in_force", "approved"))
    rows = [(row, one) for row in held if scope.covers("judge.see", row.region) for one in issuing.hands(row.pack, row.region, today)]
    return [{"title": row.title, "url": reverse("judge:policy", args=[row.pk]), "hands": one} for row, one in rows]


def starts() -> list[dict[str, Any]]:
    """启用日期 of the push and of each channel that leaves the house; None: nothing leaves by it."""
    held = {row.name: row for row in StartDay.objects.all()}
    outside = [(f"channel:{name}", channels.channel(name).title) for name in channels.names() if channels.channel(name).outside]
    return [{"title": title, "row": held.get(name)} for name, title in [("push", _("工伤三推送")), *outside]]


def series(year: int) -> list[dict[str, Any]]:
    """文号 of a year by word: how many are ours, how many came from the OA, the last of each, what is void."""
    rows = LetterNumber.objects.filter(year=year).order_by().values("issuer", "word").annotate(
        own=Count("pk", filter=Q(source="own")), last=Max("number", filter=Q(source="own")), oa=Count("pk", filter=Q(source="oa")),
        void=Count("pk", filter=Q(cancelled__isnull=False)),
    )  # fmt: skip
    names = dict(Department.objects.values_list("code", "short_name"))
    return [row | {"issuer": names.get(row["issuer"], row["issuer"])} for row in rows.order_by("issuer", "word")]


def due_days(today: date) -> dict[str, Any]:
    """应报日: the default, and the rules that differ from it."""
    sources = shipped()
    rows = [
        {"title": sources[row.source].title if row.source in sources else row.source,
         "sender": row.sender.short_name if row.sender else _("全部报送部门"), "day": row.day, "since": days.month(row.since)}
        for row in DueRule.objects.select_related("sender").order_by("source", "since") if row.since <= today
    ]  # fmt: skip
    return {"default": DAY, "rows": rows}
