"""期限 that a letter names: lengths of the rule's own clocks and what they count from, never a date.

A letter is drafted, signed and received on three different days, and the case counts from what the rule says: the receipt as a
rule. A date written at drafting is wrong by then, or past; “自收到之日起30日内” says what the case's clock says, whenever the
letter arrives.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushang.judge.pack import Clock, Grounds
from wushang.terms.deadline import Length
from wushang.warn import judged


def _default(step: str, length: str) -> Clock:
    return Clock(step, length, "delivered", Grounds("platform_default", why="规则没有写期限，按平台默认"))


# What every letter grants or asks although a rule says nothing of it; a rule's clock of the same name comes first.
DEFAULTS = {"objection": _default("objection", "5 working_days"), "self_check": _default("self_check", "10 working_days")}
# Word of a field (report_within, report_from) → the clock it is read from.
CLOCKS = {"report": "report", "plan": "plan", "check": "self_check", "objection": "objection"}
# What a clock counts from, where that is not the receipt of this very letter (which each letter calls by its own name).
MOMENTS = {"acknowledged": gettext_lazy("签收"), "issued": gettext_lazy("印发"), "found": gettext_lazy("印发")}


def of(finding: Any) -> dict[str, str]:
    """Every 期限 as a letter says it: 30日, 5个工作日; '' for a step that the rule does not have, and for a start that is the
    receipt."""
    said = {f"{word}_within": _length(finding, step) for word, step in CLOCKS.items()}
    starts = {f"{word}_from": str(MOMENTS.get(_start(finding, step), "")) for word, step in CLOCKS.items()}
    return said | starts | {"interview_when": _interview(finding)}


def _clock(finding: Any, step: str) -> Clock | None:
    rules = judged.rules_of(finding)
    held = rules.clocks.get(step) if rules else None
    return held if held and held.length else DEFAULTS.get(step)


def _length(finding: Any, step: str) -> str:
    clock = _clock(finding, step)
    return Length.parse(clock.length).zh if clock else ""


def _start(finding: Any, step: str) -> str:
    clock = _clock(finding, step)
    return clock.start if clock else ""


def _interview(finding: Any) -> str:
    """When the head is talked to; day and place stand only in the appointment itself (rectify's Interview)."""
    if "interview" not in judged.words_of(finding):
        return ""
    length, start = _length(finding, "interview"), _start(finding, "interview") or "acknowledged"
    moment = MOMENTS.get(start, _("收到本函"))
    return _("自%(moment)s之日起%(length)s内") % {"moment": moment, "length": length} if length else _("按另行通知的时间")
