"""The consumer of findings: each new one drafts, joins, raises, or proposes a withdrawal; a cursor keeps the place."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wushang.judge.models import Finding
from wushang.people.actor import Actor
from wushang.people.models import one_at_a_time
from wushang.warn import judged, states
from wushang.warn.deeds.draft_warning import DraftWarning
from wushang.warn.deeds.propose_withdrawal import ProposeWithdrawal
from wushang.warn.models import Cursor, Warning

CURSOR = "draft"


def draft_findings(at: datetime) -> int:
    """Handle the findings after the cursor, in order, one transaction each; returns how many changed a warning."""
    changed = 0
    while (pk := _next()) is not None:
        changed += _handle(pk, at)
    return changed


def _next() -> int | None:
    cursor, _new = Cursor.objects.get_or_create(name=CURSOR)
    return Finding.objects.filter(pk__gt=cursor.number).order_by("pk").values_list("pk", flat=True).first()


def _handle(pk: int, at: datetime) -> int:
    """The cursor moves with the deed: killed in between, the finding is handled again from the start."""
    with transaction.atomic():
        one_at_a_time("draft")
        cursor = Cursor.objects.select_for_update().get(name=CURSOR)
        if cursor.number >= pk:
            return 0
        changed = _act(Finding.objects.select_related("version").get(pk=pk), at)
        cursor.number = pk
        cursor.save()
    return changed


def _act(finding: Finding, at: datetime) -> int:
    if not judged.why_not(finding):
        DraftWarning(Actor.system(), at, finding).do()
        return 1
    return _doubt(finding, at)


def _doubt(finding: Finding, at: datetime) -> int:
    """Facts changed and the outcome fell below the open warning: propose. A window that turned changes nothing."""
    if finding.cause != "facts" or finding.kind in ("list", "referral"):
        return 0
    held = Warning.objects.filter(
        enterprise=finding.enterprise_id, policy=finding.policy, state__in=states.OPEN, withdrawal_proposed=None
    ).first()
    level = judged.level_of(finding)
    if held is None or (level is not None and level >= held.rank_level):
        return 0
    why = _("事实变更后不再达到%(level)s条件（%(day)s 研判，数据版本第 %(n)d 号）")
    said = why % {"level": held.rank_level.zh, "day": finding.as_of, "n": finding.commit}
    ProposeWithdrawal(Actor.system(), at, held, said, finding).do()
    return 1
