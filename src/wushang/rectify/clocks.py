"""The clocks of a case: how long each step may take by the policy in force, with the clause; our defaults say so.

domain.md E1, J: report 1 month from delivery (永康), 30 days (高台 orange, red), none for yellow; review 10 working
days,
补正 5 working days, at most 2 rounds; 数据核对 5 working days. A clock ends at 24:00 local: the day after is late.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from wushang.judge.pack import Clock, Grounds
from wushang.terms.deadline import Length
from wushang.terms.deadline import due as ends_on
from wushang.warn import within
from wushang.warn.clocks import begins

if TYPE_CHECKING:
    from wushang.judge.pack import Case as Rules
    from wushang.judge.pack import Recheck


def _default(step: str, length: str, start: str, rounds: int | None = None) -> Clock:
    return Clock(step, length, start, Grounds("platform_default", why="规则没有写期限，按平台默认"), rounds)


# Steps that every case may come to, although a document says nothing of them.
DEFAULTS = {
    "review": _default("review", "10 working_days", "submitted"),
    "return": _default("return", "5 working_days", "returned", rounds=2),
    "correction": _default("correction", "5 working_days", "asked"),
    "reply": _default("reply", "3 days", "found"),  # of the bureau to which a serious injury was handed over at once
    **within.DEFAULTS,  # 核对申请 and 自查, as the letter grants and asks them
}


@dataclass(frozen=True)
class Deadline:
    """The last day of a step and why."""

    step: str
    due: date
    length: str  # 1个月, 10个工作日
    clause: str  # the document's words, or why it is our default
    basis: str  # document | platform_default | place

    @property
    def by_default(self) -> bool:
        return self.basis == "platform_default"

    @property
    def said(self) -> str:
        """“1个月”，依据：… / 10个工作日（平台默认：…）."""
        if self.by_default:
            return _("%(length)s（平台默认：%(why)s）") % {"length": self.length, "why": self.clause}
        return _("%(length)s，依据：“%(clause)s”") % {"length": self.length, "clause": self.clause}


def clock_of(rules: Rules | None, step: str) -> Clock | None:
    """The policy's clock of a step, else the platform's default, else None: no such step."""
    return (rules.clocks.get(step) if rules else None) or DEFAULTS.get(step)


def deadline(rules: Rules | None, step: str, start: date | None) -> Deadline | None:
    """The step's last day counted from `start`; None where the policy has no such step or it has not begun."""
    clock = clock_of(rules, step)
    if clock is None or not clock.length or start is None:
        return None
    length, grounds = Length.parse(clock.length), clock.grounds
    clause = grounds.why if grounds.basis == "platform_default" else grounds.clause or grounds.document
    return Deadline(step, ends_on(start, length), length.zh, clause, grounds.basis)


def of_case(rules: Rules | None, step: str, warning: Any) -> Deadline | None:
    """The last day of a step that counts from the letter's way (report, plan, inspection, interview, objection), by the
    rule's own `from:`. None before that day has come."""
    clock = clock_of(rules, step)
    return deadline(rules, step, begins(clock, warning)) if clock else None


def wanted(rules: Rules | None, step: str) -> bool:
    """Whether the rule has the step at all, begun or not."""
    clock = clock_of(rules, step)
    return bool(clock and clock.length)


def most_rounds(rules: Rules | None) -> int:
    """How often a report may be sent back (补正)."""
    clock = clock_of(rules, "return")
    return clock.rounds if clock and clock.rounds is not None else DEFAULTS["return"].rounds or 0


def ripe_on(rule: Recheck, start: date) -> date:
    """The first day of a re-check: the window after `start`, and then the time an employer has to report (申报期)."""
    end = window_end(rule, start)
    return ends_on(end, Length.parse(rule.lag), on_holiday="stay") if rule.lag else end


def window_end(rule: Recheck, start: date) -> date:
    """The last day of the window that begins the day after `start`; a window is a count, so it ends on a holiday too."""
    return ends_on(start, Length.parse(rule.after), on_holiday="stay")
