"""整改方案 of a case: whether the rule asks this unit for one, and whose turn it is."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wushang.people.deed import refuse
from wushang.rectify.duties import ANSWERED, asked_of, on_paper_only
from wushang.rectify.models import Case, Plan, PlanFile, Referral
from wushang.rectify.policy import words_of
from wushang.rectify.states import OPEN


def wanted(case: Case) -> bool:
    """The rule asks for one and the report was not accepted yet; 接续纸质件 whose bureau was asked on paper give it on paper."""
    if "plan" not in words_of(case.warning) or not case.is_open or case.accepted is not None:
        return False
    asked = asked_of(case, "plan")
    return not on_paper_only(case.warning, asked) and not _seen_to(case, asked)


def _seen_to(case: Case, asked: Referral | None) -> bool:
    """The bureau reported of the plan already, and nothing that was sent here waits to be read."""
    plan = case.plan
    return asked is not None and asked.state in ANSWERED and (plan is None or plan.state == "draft")


def waiting(units: Any) -> QuerySet:
    """Plans of these units that wait for a reviewer."""
    return Plan.objects.filter(state="submitted", case__enterprise__in=units, case__state__in=OPEN, case__accepted=None)


def waits_for_unit(case: Case) -> bool:
    """Whether the unit has still to send it, or to send it again."""
    plan = case.plan
    return wanted(case) and (plan is None or plan.state == "draft")


def waits_for_reviewer(case: Case) -> bool:
    """Whether what the unit sent has still to be read."""
    plan = case.plan
    return wanted(case) and plan is not None and plan.state == "submitted"


def returned(plan: Plan | None) -> Plan | None:
    """The round before that came back, with the reviewer's reason."""
    return plan.case.plans.filter(round=plan.round - 1).first() if plan else None


def sent(case: Case) -> list[Plan]:
    """Every round that was sent, newest first: a draft is the unit's own."""
    return list(case.plans.exclude(submitted=None).order_by("-round").prefetch_related("files"))


def files(plan: Plan) -> list[PlanFile]:
    return [file for file in plan.files.all() if file.removed is None]


def must_be_wanted(case: Case) -> None:
    if not wanted(case):
        raise refuse("not_wanted", _("本件现在不用交整改方案。"), _("有疑问请打电话问经办人。"))


def must_be_draft(plan: Plan) -> None:
    if plan.state != "draft":
        raise refuse(
            "sent", _("整改方案%(state)s，不能再改。") % {"state": plan.state_title}, _("需要补充请打电话告诉经办人，退回后再改。")
        )
