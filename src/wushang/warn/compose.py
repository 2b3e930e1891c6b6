"""The first values of a letter's fields, from the finding, the ledger and the handler; a person may change them all."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils import timezone

from wushang.analyse.peers import peers
from wushang.people import area
from wushang.pool.models import EnterpriseVersion
from wushang.pool.models.clock import latest
from wushang.terms.level import Level
from wushang.terms.period import Period
from wushang.warn import awards, facts, issuing, judged, office, units, within, wording
from wushang.warn.models import Letter, Warning
from wushang.warn.piece import day


def values(warning: Warning, kind: str) -> dict[str, Any]:
    """Everything known for a letter of this kind; only the fields that its wording has."""
    now = units.version_of(warning.enterprise_id)
    assert now is not None  # nothing is drafted for an enterprise without a version
    known = {**_unit(now), "copies": _copies(warning, now), **_figures(warning), **terms(warning, kind), **_people(warning)}
    if kind == "circular":
        known |= _whole_place(warning, now)
    return {name: known[name] for name in wording.letter(kind).fields if known.get(name) not in (None, "", [])}


def _unit(now: EnterpriseVersion) -> dict[str, Any]:
    regulator = units.regulator_of(now)
    return {
        "enterprise": now.name,
        "uscc": now.uscc,
        "regulator": regulator.name if regulator else "",
        "place": area.whole(now.region[:6]),
    }


def _copies(warning: Warning, now: EnterpriseVersion) -> str:
    """抄送: whom the rule addresses beside the unit, and its township; they get it when it leaves, and nobody else is printed."""
    told = [*issuing.addressees(warning.finding), units.township_of(now.region)]
    return "，".join(dict.fromkeys(unit.name for unit in told if unit))


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
        "comparison": _beside(warning, told, insured, found.events),
    }


def _beside(warning: Warning, told: judged.Told, insured: int | None, events: int) -> str:
    """你单位参保58人，发生5起；同行业、参保29～116人的24家单位同期大多0～1起: plain, no rate, both counted the same way; the
    unit's own people alone where too few are alike."""
    now = units.version_of(warning.enterprise_id)
    if not insured or now is None:
        return ""
    alike = peers(now, insured, judged.ask(told), told.commit)
    said = f"，发生{events}起；{alike.who}同期{alike.said}" if alike else ""
    return f"你单位参保{insured}人{said}。".replace(" ", "")


def _listed(warning: Warning, events: int, insured: int | None) -> dict[str, Any]:
    """The enterprise's row of a circular; the rate only where a headcount is known."""
    now = units.version_of(warning.enterprise_id)
    assert now is not None
    township = units.township_of(now.region)
    rate = f"{events * 1000 / insured:.2f}" if insured else "不可计算"
    region = township.short_name if township else ""
    return {"name": now.name, "region": region, "events": events, "insured": insured or "", "rate": rate}


def _whole_place(warning: Warning, now: EnterpriseVersion, on: date | None = None) -> dict[str, Any]:
    """What a circular says of the whole county: its own count up to the day the data reach, and against the same days of last
    year; days of which nothing is known yet are in neither. `on`: by what is known on that later day, not when it was judged."""
    told = judged.told(warning.finding)
    commit = latest() if on else told.commit
    period = _as_far_as_known(_until(told.period, on), facts.known_to(now.region[:6], commit))
    total = facts.events_in(now.region[:6], period, commit, told.basis)
    before = facts.events_in(now.region[:6], period.shift_years(-1), commit, told.basis)
    share = Decimal(total - before) * 100 / before if before else None
    word = "上升" if share and share > 0 else "下降"
    same = "与上年同期持平" if share == 0 else ""
    change = same or (
        f"比上年同期{word}{abs(share).quantize(Decimal('0.1'), ROUND_HALF_UP)}%" if share is not None else ""
    )
    said = {"period": f"{day(period.start)}至{day(period.end)}", "total": total, "change": change, "judged": told.as_of.isoformat()}
    return said | _counted_by(told.basis)


def _until(period: Period, on: date | None) -> Period:
    """A count of this year goes on to a later day of it; one of another window, or of a year that is over, stays."""
    return Period(period.start, on) if on and period.start == date(on.year, 1, 1) else period


def brought_up(warning: Warning, letter: Letter, on: date) -> dict[str, Any]:
    """The whole place's figures of a circular on the day it is handed in: it may have lain since it was judged. What a person
    wrote stays."""
    now = units.version_of(warning.enterprise_id)
    if letter.kind != "circular" or now is None:
        return {}
    touched = {name for edit in letter.edits.all() for name in edit.changes}
    return {name: value for name, value in _whole_place(warning, now, on).items() if name not in touched}


def _counted_by(basis: str) -> dict[str, str]:
    """口径 beside the number, and at the end of the letter, as the rule counts."""
    by = {"occurred": "发生日期", "reported": "申报日期", "recognised": "认定日期"}[basis]
    definition = wording.letter("circular").fields["definition"].default
    return {"counted_by": by, "definition": str(definition).replace("发生日期", by)}


def _as_far_as_known(period: Period, known: date | None) -> Period:
    return Period(period.start, known) if known and known in period else period


def terms(warning: Warning, kind: str) -> dict[str, str]:
    """What the rule itself says in a letter of this kind (期限, 评先评优依据) as it is now: no draft goes on with older ones."""
    said = within.of(warning.finding) | {"award_basis": awards.basis(warning.finding)}
    return {name: value for name, value in said.items() if name in wording.letter(kind).fields}


def _people(warning: Warning) -> dict[str, Any]:
    """The handler and the office's telephone; never the handler's own: a letter is kept, printed and passed on."""
    handler = warning.handler
    return {"contact": handler.name if handler else "", "contact_phone": office.telephone(issuing.bureau(warning.finding))}


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
