"""重点企业: the shipped rule with thresholds that the practice city entered itself, and one list that 郭安 signed."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from wushang.judge.deeds.draft_policy import DraftPolicy
from wushang.judge.deeds.edit_parameters import EditParameters
from wushang.judge.deeds.freeze_list import FreezeList
from wushang.judge.models import FrozenList, PolicyVersion
from wushang.terms.problem import Refused
from wushang.web.demo.place import actor
from wushang.web.demo.plan import Plan

RULE = "yongkang-key-enterprises"
THRESHOLDS = {"parameters.key_events_from": 2, "parameters.general_events_from": 1}
DOCUMENT, CLAUSE = "云安委办〔练习〕1号", "本年发生2起以上工伤事故的列为重点企业，发生1起的列为一般企业"
SIGNED = 10  # working days before the visitor's


def entered(at: datetime) -> PolicyVersion:
    """A draft of the rule with the city's own thresholds."""
    offered, author = PolicyVersion.objects.get(policy=RULE, state="offered"), actor("lijianguo", at)
    draft = DraftPolicy(author, at, offered.text, settings.WUSHANG_REGION, f"version {offered.number}").do()
    return EditParameters(author, at, draft, THRESHOLDS, DOCUMENT, CLAUSE).do()


def sign(plan: Plan, at: datetime) -> None:
    """定名单 once; a city so small that nobody has two accidents signs none."""
    if plan.before(at) > SIGNED or FrozenList.objects.exists():
        return
    version = PolicyVersion.objects.filter(policy=RULE, state="in_force").latest("number")
    try:
        FreezeList(actor("guoan", at), at, version, "key", "市安委办第3次例会纪要（练习）").do()
    except Refused:
        return
