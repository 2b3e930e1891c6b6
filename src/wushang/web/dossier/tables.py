"""The tables of 一企一档: accidents, letters, rectification, referrals and visits, hazards, years."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from wushang.analyse.dimensions.worker import band, band_name
from wushang.integrate.lineage.facts import INJURIES
from wushang.pool import models as pool
from wushang.terms import codes
from wushang.web import days, figures
from wushang.web.dossier import opened
from wushang.web.dossier.known import Unit
from wushang.web.ledgers.injuries import STATUS


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
        person = [unit.masked_names.get(row.injury_id, "—"), row.part or "—"] if unit.names_workers else []
        rows.append([
            {"text": days.day(row.occurred), "title": _("看来源"), "url": source(unit, row.injury_id)}, days.day(row.reported), *person, row.workshop or "—", named("accident_kind", row.kind),
            named("situation", row.situation), named("severity", row.severity), tenure(row.tenure_days), status(row),
        ])  # fmt: skip
    by_year = sorted({row.occurred.year for row in unit.counted}, reverse=True)
    note = format_html_join(_("、"), "{}", ((_events(unit, y),) for y in by_year))
    export = f"{reverse('ledger_file', args=['injuries'])}?enterprise={unit.id}&from=2000-01-01" if unit.may("ledger.print") else ""
    return {"title": _("工伤事故"), "note": note, "export_url": export, "table": _table(head, rows), "said": _often(unit)}


def _events(unit: Unit, year: int) -> str:
    days_ = opened.year(year)
    return opened.figure(unit, _("%(y)d年 %(n)d 起") % {"y": year, "n": unit.events(days_)}, days=days_)


def source(unit: Unit, injury: int) -> str:
    return reverse("integrate:lineage_injury", args=[injury]) + (f"?{unit.known.query}" if unit.known.query else "")


def _often(unit: Unit) -> str:
    """A remark where most accidents share a workshop, or hit new workers."""
    rows, away = unit.counted, sum(1 for row in unit.injuries if row.host_id and row.host_id != unit.id)
    if away:
        return _("其中 %(n)d 人次在实际用工单位发生，事故计入用工单位。") % {"n": away}
    new = sum(1 for row in rows if row.tenure_days is not None and row.tenure_days < 90)
    if len(rows) < 3 or not new:
        return ""
    return _("%(all)d 人次中 %(new)d 人次工龄不满 3 个月。") % {"all": len(rows), "new": new}


def named(kind: str, code: str) -> str:
    return codes.name(kind, code) if code else "—"


def status(row: pool.InjuryVersion) -> str:
    said = str(STATUS.get(row.status, row.status))
    return said if row.grade is None else said + "，" + (_("无级") if row.grade == 0 else _("%(n)d 级") % {"n": row.grade})


def tenure(held: int | None) -> str:
    return band_name(band(held)) or "—"


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
            "empty": _("没有预警。") if unit.may("warn.see") else _("您的岗位不能查看预警。")}  # fmt: skip


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
    rows = [[days.day(h.opened), named("hazard_kind", h.kind), h.factor or "—", days.day(h.closed)] for h in unit.hazards]
    still_open = sum(1 for h in unit.hazards if h.closed is None)
    every, left = (_("%(n)d 项") % {"n": n} for n in (len(rows), still_open))
    said = opened.figure(unit, every, "hazards"), opened.figure(unit, left, "hazards", state="open")
    note = format_html(_("{}，未销号 {}"), *said) if rows else ""
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
            _of_year(unit, f"{mean:,.1f}", year, "headcounts") if mean is not None else "—",
            _of_year(unit, str(unit.events(opened.year(year))), year), _of_year(unit, str(cases), year),
            figures.rate(cases * 1000 / mean) if mean else _("不可计算"),
            _of_year(unit, figures.yuan(sum(paid)), year, "headcounts") if paid else "—",
        ])  # fmt: skip
    small = unit.headcounts and unit.headcounts[-1][1] < 100
    said = _("小单位一年一起也会使发生率很高，不宜单独比较；看起数和同行业、人数相近的单位。含上下班途中和视同。") if small else _("按发生日期，含上下班途中和视同；发生率＝受伤人次 ÷ 平均参保人数。")
    return {"title": _("年度"), "table": _table(head, rows), "said": said if rows else "", "empty": _("没有参保和事故数据。")}


def _of_year(unit: Unit, text: str, year: int, what: str = INJURIES) -> dict[str, str]:
    """A figure of a year that opens the list that adds up to it."""
    return {"text": text, "url": opened.address(unit, what, opened.year(year)), "title": _("看名单")}
