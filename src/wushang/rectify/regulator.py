"""Ask the unit's regulator for what the policy says when a case opens."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from wushang.people.actor import Actor
from wushang.rectify import clocks
from wushang.rectify.deeds.refer import Refer
from wushang.rectify.models import Case
from wushang.warn import units


def ask_regulator(case: Case, rules: Any, actor: Actor, at: datetime, clock: str, kind: str, what: str) -> str:
    """Send the 转办 by the policy's clock; without a regulator on record say so, a person has to choose one."""
    now = units.version_of(case.enterprise_id)
    unit = units.regulator_of(now) if now else None
    # where the rule counts from a signature that is not there yet, the bureau is asked all the same, from the delivery
    found = clocks.of_case(rules, clock, case.warning) or clocks.deadline(rules, clock, case.delivered)
    if unit is None or found is None:
        return _("没有登记行业主管部门或没有期限，请人工转办：%(what)s") % {"what": what}
    Refer(actor, at, case.warning, to=unit, kind=kind, what=what, reply_by=found.due).do()
    return ""
