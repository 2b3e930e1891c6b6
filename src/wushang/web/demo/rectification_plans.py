"""整改方案 of the practice city: photographed and sent within the term, read three working days later; what came of late is left
for you to read."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from wushang.pool import contacts
from wushang.rectify import access, plans
from wushang.rectify.deeds.add_plan_file import AddPlanFile
from wushang.rectify.deeds.review_plan import ReviewPlan
from wushang.rectify.deeds.submit_plan import SubmitPlan
from wushang.rectify.models import Case
from wushang.rectify.states import OPEN
from wushang.terms.calendar import working_days_between
from wushang.web.demo import slip
from wushang.web.demo.place import actor
from wushang.web.demo.plan import Plan

LATEST = 2  # working days before you come: who still owes a plan sends it then
READ = 3  # working days until it is read


def work_through(plan: Plan, at: datetime) -> int:
    rows = Case.objects.filter(state__in=OPEN, accepted=None, level="red").select_related("warning")
    return sum(_send(plan, case, at) or _read(case, at) for case in rows if plans.wanted(case))


def _send(plan: Plan, case: Case, at: datetime) -> bool:
    today = timezone.localdate(at)
    ready = (today - timezone.localdate(case.opened)).days >= 5 + case.pk % 5 or plan.before(at) == LATEST
    who = contacts.usable(contacts.of([case.enterprise_id])[case.enterprise_id])
    if not (ready and who and case.warning.acknowledged and plans.waits_for_unit(case)):
        return False
    link, _token = access.make_link(case.warning, at)
    unit = access.actor_for(link, who[0])
    AddPlanFile(unit, at, case, "整改方案.png", slip.picture()).do()
    SubmitPlan(unit, at, case).do()
    return True


def _read(case: Case, at: datetime) -> bool:
    held = case.plan
    if held is None or held.state != "submitted":
        return False
    if working_days_between(timezone.localdate(held.submitted), timezone.localdate(at)) < READ:
        return False
    ReviewPlan(actor("fangzhiqiang", at), at, case, True, "责任人、资金和时限都写清了。").do()
    return True
