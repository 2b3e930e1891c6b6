"""What people do in these tests, in one word each."""

from __future__ import annotations

from typing import Any

from rectify.place import Place

from wushang.people.actor import Actor
from wushang.rectify import access
from wushang.rectify.deeds.confirm_report import ConfirmReport
from wushang.rectify.deeds.open_case import OpenCase
from wushang.rectify.deeds.save_answer import SaveAnswer
from wushang.rectify.deeds.start_report import StartReport
from wushang.rectify.deeds.submit_report import SubmitReport
from wushang.rectify.models import Case
from wushang.rectify.report_form import form

FULL: dict[str, Any] = {q.code: "已写明" for q in form("", "C3382", {}).questions if q.kind == "text"}
FULL["measures"] = [{"what": "冲床加装光电保护", "who": "陈伟民", "money": "3000", "by": "2026-04-10", "state": "done"}]


def opened(place: Place, **more: Any) -> Case:
    return OpenCase(Actor.system(), place.now, place.warning(**more)).do()


def reported(place: Place, case: Case, at: Any) -> Case:
    """Filled in, confirmed by the head, handed in."""
    link, _token = access.make_link(case.warning, place.now)
    who = access.actor_for(link, place.head)
    draft = StartReport(who, at, case).do()
    SaveAnswer(who, at, case, draft, FULL).do()
    ConfirmReport(who, at, case, draft, place.head, "陈伟民", promised=True).do()
    SubmitReport(who, at, case, draft).do()
    case.refresh_from_db()
    return case
