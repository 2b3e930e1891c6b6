"""发生了什么, for the enterprise: plain words. No ‰, no interval, no names, no body parts."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from wushang.rectify.words import said_day
from wushang.warn import facts, judged


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
    if insured:
        said.append({"t": _("您单位参保 %(n)d 人。") % {"n": insured}})
    return said


def events(warning: Any) -> list[dict[str, str]]:
    """Each accident: day, workshop and post, kind, and whether it is still being decided."""
    told, found = judged.told(warning.finding), judged.accidents(warning.finding)
    listed = []
    for injury, row in zip(found.injuries, found.rows(told.as_of), strict=True):
        place = "，".join(part for part in (row["workshop"], row["post"], row["kind"]) if part)
        pending = _("（正在办理）") if injury.status in facts.PENDING else ""
        listed.append({"when": said_day(injury.occurred), "text": (place or _("工伤事故")) + pending})
    return listed
