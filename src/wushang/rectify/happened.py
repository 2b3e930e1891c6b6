"""发生了什么, for the enterprise: plain words. No ‰, no interval, no names, no body parts."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from wushang.analyse.peers import peers
from wushang.rectify.words import said_day
from wushang.warn import facts, judged
from wushang.warn.units import version_of

RATE = set("‰%")


def parts(warning: Any) -> list[dict[str, Any]]:
    """The sentence in parts; the figures stand out."""
    told, found = judged.told(warning.finding), judged.accidents(warning.finding)
    hazards = facts.open_hazards(warning.enterprise_id, told.as_of, told.commit)
    insured = facts.insured(warning.enterprise_id, told.as_of, told.commit)
    said: list[dict[str, Any]] = []
    if found.events:
        said += [
            {"t": _("%(when)s收到工伤事故报告 ") % {"when": told.window_title}},
            {"t": _("%(n)d 起") % {"n": found.events}, "b": True},
            {"t": _("（已认定 %(a)d 起、正在办理 %(b)d 起）。") % {"a": found.recognised, "b": found.pending}},
        ]
    if hazards:
        said.append({"t": _("还有没有消除的职业病危害：%(list)s。") % {"list": "、".join(hazards)}})
    return [*said, *_beside(warning, told, insured, found.events)]


def _beside(warning: Any, told: judged.Told, insured: int | None, events: int) -> list[dict[str, Any]]:
    """您单位参保 58 人，发生 5 起；同行业、参保 29～116 人的 24 家单位同期大多 0～1 起。 Both counted the same way."""
    if not insured:
        return []
    now = version_of(warning.enterprise_id)
    alike = peers(now, insured, judged.ask(told), told.commit) if now else None
    own = _("您单位参保 %(n)d 人") % {"n": insured}
    if alike is None:
        return [{"t": own + _("。")}]
    beside = _("，发生 %(events)d 起；%(who)s同期%(said)s。") % {"events": events, "who": alike.who, "said": alike.said}
    return [{"t": own + beside}]


def events(warning: Any) -> list[dict[str, str]]:
    """Each accident: day, workshop and post, kind, and whether it is still being decided."""
    told, found = judged.told(warning.finding), judged.accidents(warning.finding)
    listed = []
    for injury, row in zip(found.injuries, found.rows(told.as_of), strict=True):
        place = "，".join(part for part in (row["workshop"], row["post"], row["kind"]) if part)
        pending = _("（正在办理）") if injury.status in facts.PENDING else ""
        listed.append({"when": said_day(injury.occurred), "text": (place or _("工伤事故")) + pending})
    return listed


def grounds(warning: Any) -> dict[str, Any]:
    """依据哪一条: the document and its clause, the comparisons that held but those of rates (‰, %), which the unit's page leaves to the
    office, and the versions by which the office answers the same for ever."""
    finding, version = warning.finding, warning.version
    met = [one.text for one in judged.compared(finding) if one.holds and not RATE & set(one.text)]
    return {
        "document": judged.basis_said(finding), "clause": finding.clause, "met": met,
        "number": version.number, "since": version.effective_from, "commit": finding.commit,
    }  # fmt: skip
