"""一企一档 ready for its template: the state in one sentence, facts, lanes in time, tables, 经过, 数从哪来."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.collect.source import shipped
from wushang.people.crypto import mask_name, mask_phone
from wushang.people.models import Department
from wushang.pool import models as pool
from wushang.pool.models.clock import latest
from wushang.terms import codes
from wushang.terms.period import add_months, month_of
from wushang.web import days, figures
from wushang.web.dossier.known import Unit
from wushang.web.dossier.peers import peers
from wushang.web.ledgers.injuries import STATUS

SIZES = {"large": "大型", "medium": "中型", "small": "小型", "micro": "微型"}
ROLES = {"head": "主要负责人", "handler": "经办人"}
PAST = 40  # entries of 经过


def head(unit: Unit) -> dict[str, Any]:
    """Name, code, former names, level, state, and the act that is next."""
    warning = unit.open_warning
    act = {"title": _("去办理"), "url": reverse("warn:warning", args=[warning.pk])} if warning else None
    return {
        "name": unit.now.name, "code": unit.now.uscc, "former": unit.now.former_names,
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
    return "；".join(parts) + "。" if parts else _("没有在办的预警和整改。")


def _until(due: date | None) -> str:
    return _("，%(day)s前") % {"day": days.day_short(due)} if due else ""


def facts(unit: Unit) -> list[list[tuple[str, str]]]:
    """Three columns of label and value."""
    now, year = unit.now, unit.today.year
    month, heads = unit.headcounts[-1] if unit.headcounts else (None, None)
    before = date(year - 1, unit.today.month, min(unit.today.day, 28)) if unit.today.month == 2 else unit.today.replace(year=year - 1)
    trade = f"{codes.name('industry', now.industry)}（{now.industry}）" if now.industry else "—"
    insured = _("%(n)s 人（%(month)s）") % {"n": figures.count(heads), "month": days.month(month)} if month else _("没有参保数据")
    events = _("%(now)d 起；上年同期 %(last)d 起") % {"now": unit.events(year, unit.today), "last": unit.events(year - 1, before)}
    payment = unit.newest_payment
    return [
        [(_("行业"), trade), (_("地方产业"), now.tag or "—"), (_("镇街"), unit.region.name if unit.region else "—"),
         (_("主管部门"), unit.regulator.short_name if unit.regulator else "—")],
        [(_("参保人数"), insured), (_("今年工伤事故"), events), (_("同行业同规模"), peers(now, unit.today) or _("同类单位太少，不比较")),
         (_("费率"), figures.premium_rate(payment.rate) if payment else "—")],
        [*_contacts(unit), (_("规模"), SIZES.get(now.size, "—")), (_("社保单位编号"), now.insurance_number or "—")],
    ]  # fmt: skip


def _contacts(unit: Unit) -> list[tuple[str, str]]:
    """Head and handler, masked; who may use them sees the rest where a letter is delivered."""
    found = []
    for role, title in ROLES.items():
        contact = next((c for c in unit.contacts if c.role == role), None)
        if contact is None:
            found.append((title, _("没有登记")))
            continue
        checked = _("%(day)s核实") % {"day": days.day(contact.verified)} if contact.verified else _("未核实")
        found.append((title, f"{mask_name(contact.name)} {mask_phone(contact.phone)} {checked}"))
    return found


def lanes(unit: Unit) -> dict[str, Any] | None:
    """Accidents, warnings, visits, hazards side by side in time, with the headcount above."""
    start = date(unit.today.year - 2, 1, 1)
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
    unripe = add_months(month_of(unit.today), -1)
    return {
        "since": _("%(year)d年以来") % {"year": start.year},
        "note": _("圆点＝事故，等级形＝预警，方框＝走访，竖线＝隐患；斜纹＝申报期未满，数字可能增加"),
        "data": {"from": f"{start}", "to": f"{unit.today}", "unripe_from": f"{unripe}", "line": line, "lanes": rows},
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


def tables(unit: Unit) -> list[dict[str, Any]]:
    return [_injuries(unit), _letters(unit), _cases(unit), _asked(unit), _hazards(unit), _years(unit)]


def _table(head: list[tuple[str, bool]], rows: list[list[Any]]) -> dict[str, Any]:
    return {"head": [{"title": title, "num": num} for title, num in head], "rows": rows, "tight": True}


def _injuries(unit: Unit) -> dict[str, Any]:
    who = [(_("职工"), False), (_("部位"), False)] if unit.names_workers else []
    head = [(_("发生日期"), False), (_("申报日期"), False), *who, (_("车间"), False), (_("类别"), False), (_("情形"), False),
            (_("程度"), False), (_("工龄"), False), (_("状态"), False)]  # fmt: skip
    rows = []
    for row in unit.injuries:
        named = [unit.masked_names.get(row.injury_id, "—"), row.part or "—"] if unit.names_workers else []
        rows.append([
            days.day(row.occurred), days.day(row.reported), *named, row.workshop or "—", _named("accident_kind", row.kind),
            _named("situation", row.situation), _named("severity", row.severity), _tenure(row.tenure_days), _status(row),
        ])  # fmt: skip
    by_year = sorted({row.occurred.year for row in unit.counted}, reverse=True)
    note = _("、").join(_("%(y)d年 %(n)d 起") % {"y": y, "n": unit.events(y)} for y in by_year)
    export = f"{reverse('ledger_file', args=['injuries'])}?enterprise={unit.id}&from=2000-01-01" if unit.scope.may("ledger.print") else ""
    return {"title": _("工伤事故"), "note": note, "export_url": export, "table": _table(head, rows), "said": _often(unit)}


def _often(unit: Unit) -> str:
    """A remark where most accidents share a workshop, or hit new workers."""
    rows, away = unit.counted, sum(1 for row in unit.injuries if row.host_id and row.host_id != unit.id)
    if away:
        return _("其中 %(n)d 人次在实际用工单位发生，事故计入用工单位。") % {"n": away}
    new = sum(1 for row in rows if row.tenure_days is not None and row.tenure_days < 90)
    if len(rows) < 3 or not new:
        return ""
    return _("%(all)d 人次中 %(new)d 人次工龄不满 3 个月。") % {"all": len(rows), "new": new}


def _named(kind: str, code: str) -> str:
    return codes.name(kind, code) if code else "—"


def _status(row: pool.InjuryVersion) -> str:
    said = str(STATUS.get(row.status, row.status))
    return said if row.grade is None else said + "，" + (_("无级") if row.grade == 0 else _("%(n)d 级") % {"n": row.grade})


def _tenure(held: int | None) -> str:
    if held is None:
        return "—"
    for limit, said in ((30, _("不满 1 个月")), (90, _("3 个月内")), (365, _("3 个月—1 年")), (1095, _("1—3 年"))):
        if held < limit:
            return said
    return _("3 年以上")


def _letters(unit: Unit) -> dict[str, Any]:
    head = [(_("日期"), False), (_("等级"), False), (_("文书"), False), (_("文号"), False), (_("状态"), False)]
    rows = []
    for row in unit.warnings:
        letter = row.letter
        rows.append([
            days.day(row.opened), {"level": row.level, "text": ""},
            {"text": letter.title if letter else row.rank_level.zh, "url": reverse("warn:warning", args=[row.pk])},
            letter.number or "—" if letter else "—", row.state_title,
        ])  # fmt: skip
    return {"title": _("预警与文书"), "note": _("%(n)d 件") % {"n": len(rows)} if rows else "", "table": _table(head, rows),
            "empty": _("没有预警。") if unit.scope.may("warn.see") else _("您的岗位不能查看预警。")}  # fmt: skip


def _cases(unit: Unit) -> dict[str, Any]:
    head = [(_("送达日期"), False), (_("报告期限"), False), (_("提交日期"), False), (_("退回 次"), True), (_("状态"), False)]
    rows = [
        [{"text": days.day(row.delivered), "url": reverse("rectify:case", args=[row.pk])}, days.day(row.report_due),
         days.day(row.submitted) + (_("（迟交）") if row.late else ""), str(row.rounds), row.state_title]
        for row in unit.cases
    ]  # fmt: skip
    return {"title": _("整改"), "table": _table(head, rows), "empty": _("没有整改件。")}


def _asked(unit: Unit) -> dict[str, Any]:
    head = [(_("日期"), False), (_("部门"), False), (_("事项"), False), (_("结果"), False)]
    rows = [(timezone.localdate(r.sent), r.to.short_name, r.kind_title, r.state_title) for r in unit.referrals]
    rows += [(v.on, v.by.department.short_name if v.by and v.by.department else "—", v.kind_title, v.result_title) for v in unit.visits]
    rows.sort(key=lambda row: row[0], reverse=True)
    return {"title": _("转办与走访"), "table": _table(head, [[days.day(d), *rest] for d, *rest in rows]), "empty": _("没有转办和走访。")}


def _hazards(unit: Unit) -> dict[str, Any]:
    head = [(_("发现日期"), False), (_("类别"), False), (_("危害因素"), False), (_("销号日期"), False)]
    rows = [[days.day(h.opened), _named("hazard_kind", h.kind), h.factor or "—", days.day(h.closed)] for h in unit.hazards]
    open_ones = sum(1 for h in unit.hazards if h.closed is None)
    note = _("%(n)d 项，未销号 %(open)d 项") % {"n": len(rows), "open": open_ones} if rows else ""
    return {"title": _("职业病危害隐患"), "note": note, "table": _table(head, rows), "empty": _("卫健部门没有报送过这家单位的隐患。")}


def _years(unit: Unit) -> dict[str, Any]:
    """Each year: mean headcount of the months delivered, accidents, rate, contribution."""
    head = [(_("年度"), False), (_("平均参保 人"), True), (_("事故 起"), True), (_("受伤 人次"), True), (_("工伤事故发生率 ‰"), True), (_("缴费 元"), True)]
    rows = []
    for year in sorted({m.year for m, _n in unit.headcounts} | {r.occurred.year for r in unit.counted}, reverse=True):
        heads = [n for month, n in unit.headcounts if month.year == year]
        mean = sum(heads) / len(heads) if heads else None
        cases = sum(1 for row in unit.counted if row.occurred.year == year)
        paid = [h.paid for h in unit.payments if h.month.year == year and h.paid is not None]
        rows.append([
            _("%(y)d年") % {"y": year} + (_("（%(n)d 个月）") % {"n": len(heads)} if heads and len(heads) < 12 else ""),
            f"{mean:,.1f}" if mean is not None else "—", str(unit.events(year)), str(cases),
            figures.rate(cases * 1000 / mean) if mean else _("不可计算"), figures.yuan(sum(paid)) if paid else "—",
        ])  # fmt: skip
    small = unit.headcounts and unit.headcounts[-1][1] < 100
    said = _("小单位一年一起也会使发生率很高，不宜单独比较；看起数和同行业同规模。") if small else _("按发生日期；发生率＝受伤人次 ÷ 平均参保人数。")
    return {"title": _("年度"), "table": _table(head, rows), "said": said if rows else "", "empty": _("没有参保和事故数据。")}


def past(unit: Unit) -> list[dict[str, Any]]:
    """经过: what happened, newest first, by year."""
    once = {(entry["date"], entry["text"]): entry for entry in _entries(unit)}  # a warning and its case may say the same
    entries = sorted(once.values(), key=lambda entry: entry["date"], reverse=True)[:PAST]
    if entries:
        entries[0]["new"] = True
    return [{"year": _("%(y)d年") % {"y": year}, "entries": list(group)} for year, group in groupby(entries, key=lambda e: e["date"].year)]


def _entries(unit: Unit) -> Iterable[dict[str, Any]]:
    for row in unit.injuries:
        said = _("接报事故（%(day)s，%(kind)s）") % {"day": days.day_short(row.occurred), "kind": _named("accident_kind", row.kind)}
        yield _entry(row.reported or row.occurred, said)
    for warning in unit.warnings:
        url = reverse("warn:warning", args=[warning.pk])
        for line in warning.entries.all():
            yield _entry(timezone.localdate(line.at), line.text, url)
    for case in unit.cases:
        for line in case.lines.all():
            yield _entry(timezone.localdate(line.at), line.text, reverse("rectify:case", args=[case.pk]))
    for visit in unit.visits:
        yield _entry(visit.on, f"{visit.kind_title}：{visit.result_title}")
    for hazard in unit.hazards:
        yield _entry(hazard.opened, _("发现职业病危害隐患：%(what)s") % {"what": hazard.factor or _named("hazard_kind", hazard.kind)})
        if hazard.closed:
            yield _entry(hazard.closed, _("职业病危害隐患销号"))


def _entry(day: date, text: str, url: str = "") -> dict[str, Any]:
    return {"date": day, "text": text, "new": False, "url": url}


def sources(unit: Unit) -> str:
    """数从哪来: which table of which department, when it came; the version of the data."""
    senders = dict(Department.objects.values_list("code", "short_name"))
    lines = []
    for source in shipped().values():
        model = getattr(pool, source.lands)
        of = {"employer": unit.id} if source.lands == "Report" else {"enterprise": unit.id}
        row = model.objects.current().filter(source=source.id, **of).select_related("recorded").order_by("-recorded_id").first()
        if row:
            when = days.day_short(row.recorded.published)
            lines.append(f"{source.title}：{senders.get(row.sender, row.sender)}，{when}")
    told = "；".join(lines) or _("没有部门报送过这家单位的数据")
    return told + _("。数据版本第 %(n)s 号。") % {"n": figures.count(latest())}


