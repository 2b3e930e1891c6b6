"""The head of 一企一档 ready for its template: the state in one sentence, facts, lanes in time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from wushang.analyse.measures import Ask
from wushang.analyse.peers import peers
from wushang.judge.members import VERBS as LIST_READERS
from wushang.judge.members import memberships
from wushang.judge.models import PolicyVersion
from wushang.people.crypto import mask_name, mask_phone
from wushang.pool import contacts
from wushang.pool import models as pool
from wushang.terms import codes
from wushang.terms.period import Period, add_months, month_end, month_of
from wushang.warn import awards
from wushang.web import days, figures
from wushang.web.dossier import opened
from wushang.web.dossier.early import early
from wushang.web.dossier.known import Unit


def head(unit: Unit) -> dict[str, Any]:
    """Name, code, former names, level, state, and the act that is next."""
    warning = unit.open_warning
    act = {"title": _("去办理"), "url": reverse("warn:warning", args=[warning.pk])} if warning else None
    return {
        "name": unit.seen.name, "code": unit.seen.uscc, "former": unit.seen.former_names,
        "level": warning.level if warning else "", "state": state(unit), "act": act,
    }  # fmt: skip


def state(unit: Unit) -> str:
    """现在状态 in one sentence."""
    parts = []
    warning, case = unit.open_warning, unit.open_case
    if unit.now.provisional:
        parts.append(_("待确认单位，计入合计，不预警"))
    if unit.now.state == "cancelled":
        parts.append(_("已注销"))
    if warning:
        letter = warning.letter
        named = f"{letter.title}{letter.number}" if letter else _("文书")
        told = {"level": warning.rank_level.zh, "letter": named, "state": warning.state_title}
        until = "" if case else _until(warning.due)  # once delivered, the case's clock is the one that runs
        parts.append(_("%(level)s，%(letter)s%(state)s") % told + until)
    if case:
        parts.append(_("整改%(state)s") % {"state": case.state_title} + _until(case.due))
    late = [r for r in unit.referrals if r.ours_to_do and r.reply_by < unit.today]
    if late:
        parts.append(_("转办%(who)s已逾期") % {"who": late[0].to.short_name})
    parts += [
        _("%(day)s起限制评先评优（%(basis)s）") % {"day": days.day(one.since), "basis": one.basis}
        for one in awards.of(unit.warnings) if one.until is None
    ]  # fmt: skip
    may_list = any(unit.may(verb) for verb in LIST_READERS)
    parts += [on_list(*one) for one in memberships(unit.id, unit.today)] if may_list else []
    return format_html("{}。", format_html_join("；", "{}", ((part,) for part in parts))) if parts else _("没有在办的预警和整改。")


def on_list(title: str, since: date, rule: PolicyVersion) -> str:
    """2026-03-20 起列入重点企业名单, with its list."""
    said = _("%(day)s起列入%(title)s名单") % {"day": days.day(since), "title": title}
    return format_html('<a href="{}">{}</a>', reverse("judge:policy_list", args=[rule.pk]), said)


def _until(due: date | None) -> str:
    return _("，%(day)s前") % {"day": days.day_short(due)} if due else ""


def facts(unit: Unit) -> list[list[tuple[str, str]]]:
    """Three columns of label and value."""
    now, payment = unit.seen, unit.newest_payment
    trade = f"{codes.name('industry', now.industry)}（{now.industry}）" if now.industry else "—"
    return [
        [(_("行业"), trade), (_("地方产业"), now.tag or "—"), (_("镇街"), unit.region.name if unit.region else "—"),
         (_("主管部门"), unit.regulator.short_name if unit.regulator else "—")],
        [(_("参保人数"), insured(unit)), (_("今年工伤事故"), accidents(unit)),
         (_("同行业、人数相近"), alike(unit) or _("同类单位太少，不比较")), (_("费率"), figures.premium_rate(payment.rate) if payment else "—")],
        [*_contacts(unit), (_("规模"), codes.name("size", now.size) or "—"), (_("社保单位编号"), now.insurance_number or "—")],
    ]  # fmt: skip


def insured(unit: Unit) -> str:
    """100 人（2026年2月）, which opens to that month's rows."""
    if not unit.headcounts:
        return _("没有参保数据")
    month, heads = unit.headcounts[-1]
    said = _("%(n)s 人（%(month)s）") % {"n": figures.count(heads), "month": days.month(month)}
    return opened.figure(unit, said, "headcounts", Period(month, month_end(month)))


def accidents(unit: Unit) -> str:
    """2 起；上年同期 1 起: each opens to its own days, all kinds of accidents in it, on the way to work too."""
    this = Period(date(unit.day.year, 1, 1), unit.day)
    last = this.shift_years(-1)
    said = [opened.figure(unit, _("%(n)d 起") % {"n": unit.events(one)}, days=one) for one in (this, last)]
    return format_html(_("{}；上年同期 {}（含上下班途中）"), *said)


def alike(unit: Unit) -> str:
    """24 家单位（参保 29～116 人）大多 0～1 起, counted as the unit's own accidents are; '' where nothing usual can be told."""
    if unit.known.asked or not unit.headcounts:
        return ""
    found = peers(unit.seen, unit.headcounts[-1][1], Ask(unit.today, scope="all"))
    told = {"n": found.units, "least": found.least, "most": found.most, "said": found.said} if found else {}
    return _("%(n)d 家单位（参保 %(least)d～%(most)d 人）%(said)s") % told if found else ""


def _contacts(unit: Unit) -> list[tuple[str, str]]:
    """Head and handler, masked; who may use them sees the rest where a letter is delivered."""
    found = []
    for role, title in ((role, str(title)) for role, title in contacts.ROLES.items()):
        contact = next((c for c in unit.contacts if c.role == role), None)
        if contact is None:
            found.append((title, _("没有登记")))
            continue
        checked = _("%(day)s核实") % {"day": days.day(contact.verified)} if contact.verified else _("未核实")
        found.append((title, f"{mask_name(contact.name)} {mask_phone(contact.phone)} {checked}"))
    return found


def lanes(unit: Unit) -> dict[str, Any] | None:
    """Accidents, warnings, visits, hazards side by side in time, with the headcount above."""
    start = date(unit.day.year - 2, 1, 1)
    points = [[f"{month}", heads] for month, heads in unit.headcounts if month >= start]
    rows = [
        _lane(_("事故"), "dot", ((r.occurred, _kind(r)) for r in unit.counted), start),
        {"name": _("预警"), "shape": "level", "events": [
            {"date": f"{timezone.localdate(w.opened)}", "label": days.day_short(w.opened), "level": w.level,
             "url": reverse("warn:warning", args=[w.pk])} for w in unit.warnings if timezone.localdate(w.opened) >= start
        ]},
        _lane(_("走访"), "square", ((v.on, "") for v in unit.visits), start),
        _lane(_("隐患"), "stroke", ((h.opened, "") for h in unit.hazards), start),
    ]  # fmt: skip
    if not points and not any(row["events"] for row in rows):
        return None
    line = {"name": _("参保人数"), "unit": _("人"), "points": points} if points else None
    unripe = add_months(month_of(unit.day), -1)
    return {
        "since": _("%(year)d年以来") % {"year": start.year},
        "note": _("圆点＝事故，等级形＝预警，方框＝走访，竖线＝隐患；斜纹＝申报期未满，数字可能增加") + early(unit),
        "data": {"from": f"{start}", "to": f"{unit.day}", "unripe_from": f"{unripe}", "line": line, "lanes": rows},
        "table": {"head": [_("日期"), _("事项")], "rows": [
            [event["date"], f"{row['name']} {event['label']}".strip()] for row in rows for event in row["events"]
        ]},
    }  # fmt: skip


def _lane(name: str, shape: str, events: Iterable[tuple[date, str]], start: date) -> dict[str, Any]:
    return {"name": name, "shape": shape, "events": [
        {"date": f"{day}", "label": label, "level": "", "url": ""} for day, label in events if day >= start
    ]}  # fmt: skip


def _kind(row: pool.InjuryVersion) -> str:
    return codes.name("accident_kind", row.kind) if row.kind else ""
