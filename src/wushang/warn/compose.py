"""The first values of a letter's fields, from the finding, the ledger and the handler; a person may change them all."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone

from wushang.pool.models import EnterpriseVersion
from wushang.terms.deadline import Length, due
from wushang.terms.level import Level
from wushang.warn import facts, judged, units, wording
from wushang.warn.models import Letter, Warning
from wushang.warn.piece import day

CHECK_WITHIN = Length.parse("10 working_days")  # 自查, our default; the clerk may change the date


def values(warning: Warning, kind: str, today: date) -> dict[str, Any]:
    """Everything known for a letter of this kind; only the fields that its wording has."""
    now = units.version_of(warning.enterprise_id)
    assert now is not None  # nothing is drafted for an enterprise without a version
    known = {**_unit(now), **_figures(warning), **_dates(warning, today), **_people(warning)}
    if kind == "circular":
        known |= _whole_place(warning, now)
    return {name: known[name] for name in wording.letter(kind).fields if known.get(name) not in (None, "", [])}


def _unit(now: EnterpriseVersion) -> dict[str, Any]:
    regulator, township = units.regulator_of(now), units.township_of(now.region)
    return {
        "enterprise": now.name,
        "uscc": now.uscc,
        "regulator": regulator.name if regulator else "",
        "copies": "，".join(d.name for d in (regulator, township) if d),
    }


def _figures(warning: Warning) -> dict[str, Any]:
    """Counts as of the finding's day and commit, in its own window."""
    told = judged.told(warning.finding)
    found = judged.accidents(warning.finding)
    insured = facts.insured(warning.enterprise_id, told.as_of, told.commit)
    return {
        "as_of": told.as_of.isoformat(),
        "period": told.window_title,
        "events": found.events,
        "recognised": found.recognised,
        "pending": found.pending,
        "people": found.people,
        "accidents": found.rows(told.as_of),
        "hazards": facts.open_hazards(warning.enterprise_id, told.as_of, told.commit),
        "basis": told.basis_said,
        "level": Level(warning.level).zh,
        "reason": f"{told.window_title}收到你单位工伤事故报告{found.events}起（已认定{found.recognised}起、正在办理{found.pending}起）",
        "listed": [_listed(warning, found.events, insured)],
        "comparison": f"你单位参保{insured}人。" if insured else "",
    }


def _listed(warning: Warning, events: int, insured: int | None) -> dict[str, Any]:
    """The enterprise's row of a circular; the rate only where a headcount is known."""
    now = units.version_of(warning.enterprise_id)
    assert now is not None
    township = units.township_of(now.region)
    rate = f"{events * 1000 / insured:.2f}" if insured else "不可计算"
    region = township.short_name if township else ""
    return {"name": now.name, "region": region, "events": events, "insured": insured or "", "rate": rate}


def _whole_place(warning: Warning, now: EnterpriseVersion) -> dict[str, Any]:
    """What a circular says of the whole county: its own count, and against the same period last year."""
    told = judged.told(warning.finding)
    total = facts.events_in(now.region[:6], told.period, told.commit, told.basis)
    before = facts.events_in(now.region[:6], told.period.shift_years(-1), told.commit, told.basis)
    share = Decimal(total - before) * 100 / before if before else None
    word = "上升" if share and share > 0 else "下降"
    same = "与上年同期持平" if share == 0 else ""
    change = same or (
        f"比上年同期{word}{abs(share).quantize(Decimal('0.1'), ROUND_HALF_UP)}%" if share is not None else ""
    )
    return {"period": f"{day(told.period.start)}至{day(told.period.end)}", "total": total, "change": change}


def _dates(warning: Warning, today: date) -> dict[str, Any]:
    length = judged.clock(warning.finding, "report") or judged.clock(warning.finding, "plan")
    asked = due(today, length or Length.parse("30 days"))
    plan = due(today, judged.clock(warning.finding, "plan") or Length.parse("30 days"))
    return {
        "check_by": due(today, CHECK_WITHIN).isoformat(),
        "report_by": asked.isoformat(),
        "plan_by": plan.isoformat(),
    }


def _people(warning: Warning) -> dict[str, Any]:
    """The handler and the office's telephone; never the handler's own: a letter is kept, printed and passed on."""
    handler = warning.handler
    return {"contact": handler.name if handler else "", "contact_phone": settings.WUSHANG_OFFICE_PHONE}


def issuer_of(now: EnterpriseVersion) -> str:
    bureau = units.issuing_bureau(now.region)
    return bureau.name if bureau else ""


def revocation_values(warning: Warning, first: Letter, reason: str) -> dict[str, Any]:
    """Fields of the 撤销通知; who is asked is taken from the first letter."""
    issued = warning.issued
    letter_day = first.signed or (timezone.localdate(issued) if issued else warning.delivered)
    return {
        "enterprise": first.values.get("enterprise", ""),
        "level": Level(warning.level).zh,
        "letter_title": first.title,
        "letter_number": first.number,
        "letter_date": letter_day.isoformat() if letter_day else "",
        "reason": reason.rstrip("。"),
        "contact": first.values.get("contact", ""),
        "contact_phone": first.values.get("contact_phone", ""),
        "copies": first.values.get("copies", ""),
    }
