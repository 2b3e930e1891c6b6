"""The consumer of findings: each new one drafts, joins, raises, or proposes a withdrawal; a cursor keeps the place.

One that fails is noted (warn.failing), the next ones go on, and it is tried again unless newer facts have been judged.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from wushang.judge.models import Finding
from wushang.people.actor import Actor
from wushang.warn import failing, judged, standing, states
from wushang.warn.deeds.draft_warning import DraftWarning
from wushang.warn.deeds.propose_withdrawal import ProposeWithdrawal
from wushang.warn.models import Cursor, Warning

CURSOR = "draft"


def draft_findings(at: datetime) -> int:
    """Those that failed and are due again, then those after the cursor, in order, one transaction each; returns how many
    changed a warning."""
    changed = sum(failing.again(_item(pk), lambda pk=pk: _act_late(pk, at), at) for pk in failing.due(CURSOR, at))
    while (pk := _next()) is not None:
        changed += failing.in_turn(_item(pk), lambda pk=pk: _act(_finding(pk), at), at)
    return changed


def _next() -> int | None:
    cursor, _new = Cursor.objects.get_or_create(name=CURSOR)
    return Finding.objects.filter(pk__gt=cursor.number).order_by("pk").values_list("pk", flat=True).first()


def _finding(pk: int) -> Finding:
    return Finding.objects.select_related("version").get(pk=pk)


def _item(pk: int) -> failing.Item:
    enterprise = Finding.objects.values_list("enterprise", flat=True).get(pk=pk)
    return failing.Item(CURSOR, pk, _("第 %(n)d 条研判结果生成预警") % {"n": pk}, enterprise)


def _act_late(pk: int, at: datetime) -> int:
    """What failed earlier. Newer facts about the unit, judged since by the same policy, speak in its place."""
    finding = _finding(pk)
    newer = Finding.objects.filter(pk__gt=pk, policy=finding.policy, enterprise=finding.enterprise_id)
    if newer.filter(cause="facts", historical=False, may_warn=True).exists():
        return 0
    return _act(finding, at)


def _act(finding: Finding, at: datetime) -> int:
    if not judged.why_not(finding):
        DraftWarning(Actor.system(), at, finding).do()
        return 1
    return _doubt(finding, at)


def _doubt(finding: Finding, at: datetime) -> int:
    """Facts changed and the outcome fell below the open warning: propose. A window that turned changes nothing."""
    if finding.cause != "facts" or finding.kind in ("list", "referral"):
        return 0
    same = Warning.objects.filter(enterprise=finding.enterprise_id, policy=finding.policy)
    held, level = same.filter(state__in=states.OPEN).first(), judged.level_of(finding)
    if held is None:
        return int(standing.drafted_after(finding, at))
    if held.withdrawal_proposed or (level is not None and level >= held.rank_level):
        return 0
    ProposeWithdrawal(Actor.system(), at, held, standing.why_fallen(held, finding), finding).do()
    return 1
