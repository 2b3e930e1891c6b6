"""另发文书 (撤销通知, 挂牌督办通知书) once it is issued: who is told, and what it does to the warning."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from wushang.warn import papers, standing, states, tell, words
from wushang.warn.models import Letter, Warning

MOVES = {"revocation": "revoke", "attached": "join"}  # purpose → what the warning must allow when it leaves


def may_still_leave(warning: Warning, letter: Letter) -> bool:
    return states.allows(warning, MOVES[letter.purpose])


def must_still_hold(warning: Warning, letter: Letter) -> None:
    """A warning that was merged or closed meanwhile is neither revoked nor listed."""
    states.must_allow(warning, MOVES[letter.purpose])


def follow(warning: Warning, letter: Letter, at: datetime) -> None:
    """A 撤销通知 ends the warning on the day it leaves; every 另发文书 goes to whom the first one went."""
    if letter.purpose == "revocation":
        _end(warning, letter, at)
    _tell(warning, letter, at)


def _end(warning: Warning, letter: Letter, at: datetime) -> None:
    states.move(warning, "revoke")
    warning.ended, warning.due = at, None
    warning.end_reason, warning.end_cause = str(letter.values.get("reason", "")), letter.cause
    warning.withdrawal_proposed, warning.withdrawal_why = None, ""
    warning.save(update_fields=["ended", "due", "end_reason", "end_cause", "withdrawal_proposed", "withdrawal_why"])
    warning.deliveries.filter(state="waiting").update(state="withheld", finished=at)
    standing.stand_again(warning, at)


def _tell(warning: Warning, letter: Letter, at: datetime) -> None:
    first: Any = warning.letter
    name = str(letter.values.get("enterprise", ""))
    common: dict[str, Any] = {"warning": warning, "letter": letter, "purpose": "letter"}
    said = words.revocation_to_enterprise(letter, first) if letter.purpose == "revocation" else words.further_to_enterprise(letter)
    tell.enterprise(at, warning.enterprise, name, link=papers.link(letter.code), **said, **common)
    had = first.deliveries.exclude(department=None).select_related("department")
    for unit in {row.department_id: row.department for row in had}.values():
        tell.department(at, unit, link=words.page_of(warning), **words.letter_to_unit(letter, name), **common)
