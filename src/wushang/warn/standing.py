"""What stands after a warning was taken back: the piece that it had taken over goes on where it was, and what the facts still
meet is drafted anew. Nothing was raised for good while the higher letter could be withdrawn.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from wushang.judge.models import Finding
from wushang.people.actor import Actor
from wushang.terms.level import Level
from wushang.warn import clocks, judged, states
from wushang.warn.deeds.draft_warning import DraftWarning
from wushang.warn.deeds.propose_withdrawal import ProposeWithdrawal
from wushang.warn.models import Entry, Warning

TAKEN_BACK = ("withdrawn", "revoked")


def stand_again(taken: Warning, at: datetime) -> Warning | None:
    """Call in the act that withdraws or revokes `taken`; returns the piece that stands now, None where none does."""
    held, finding = restore(taken, at), newest(taken)
    level = judged.level_of(finding) if finding else None
    if held is not None and finding and finding.cause == "facts" and (level is None or level < held.rank_level):
        _propose(held, finding, at)
    elif finding and level and level < taken.rank_level and (held is None or level > held.rank_level):
        held = draft_again(finding, at) or held
    return held


def newest(warning: Warning) -> Finding | None:
    """What the facts say now of the unit under the warning's rule."""
    rows = Finding.objects.filter(enterprise=warning.enterprise_id, policy=warning.policy, region=warning.finding.region)
    return rows.select_related("version").first()


def restore(taken: Warning, at: datetime) -> Warning | None:
    """The newest piece that was merged into `taken` goes on in the state it had, with its letter, number and signatures."""
    held = taken_over(taken)
    if held is None:
        return None
    states.move(held, "restore", to=state_before(held))
    held.ended, held.end_reason, held.merged_into = None, "", None
    held.due = clocks.due(held.state, timezone.localdate(at))
    held.save(update_fields=["ended", "end_reason", "merged_into", "due"])
    _number_anew(held)
    _record(held, at, _("第 %(n)d 件（%(level)s）%(state)s，本件恢复办理") % _named(taken))
    _record(taken, at, _("第 %(n)d 件（%(level)s，%(state)s）恢复办理") % _named(held))
    return held


def _number_anew(held: Warning) -> None:
    """A number that was given up when the higher letter left is never used again."""
    letter = held.letter
    if held.state == "signed" and letter.number and not letter.numbers.filter(cancelled=None).exists():
        letter.number = ""
        letter.save(update_fields=["number"])


def state_before(merged: Warning) -> str:
    """Where a merged piece was, by what had happened to it; one that was not signed is raised in place, never merged."""
    happened = {"acknowledged": merged.acknowledged, "delivered": merged.delivered, "issued": merged.issued}
    return next((state for state, when in happened.items() if when), "signed")


def draft_again(finding: Finding, at: datetime) -> Warning | None:
    """A draft of the level that the facts still meet, though it is no news; None where no draft may be made from it."""
    if judged.why_not(finding, again=True):
        return None
    return DraftWarning(Actor.system(), at, finding, again=True).do()


def drafted_after(finding: Finding, at: datetime) -> bool:
    """The facts fell after somebody had taken the higher piece back: what they still meet is drafted."""
    level = judged.level_of(finding)
    last = Warning.objects.filter(enterprise=finding.enterprise_id, policy=finding.policy).order_by("-pk").first()
    fell = last is not None and last.state in TAKEN_BACK and level is not None and level < last.rank_level
    return fell and draft_again(finding, at) is not None


def after(warning: Warning) -> str:
    """What taking this piece back would bring about, in words; '' where nothing else stands then."""
    held, finding = taken_over(warning), newest(warning)
    act = act_of(warning)
    if held is not None:
        return _("%(act)s后恢复第 %(n)d 件：%(said)s。") % {"act": act, "n": held.pk, "said": said(held)}
    level = judged.level_of(finding) if finding else None
    if finding is None or level is None or level >= warning.rank_level or judged.why_not(finding, again=True):
        return ""
    return _("%(act)s后仍达到%(level)s条件，按%(level)s重新起草。") % {"act": act, "level": level.zh}


def act_of(warning: Warning) -> str:
    """What ends a piece now: 撤回 before the unit has the letter, 撤销 after."""
    return _("撤销") if warning.delivered else _("撤回")


def taken_over(warning: Warning) -> Warning | None:
    """The newest piece that was merged into this one."""
    return warning.merged_from.filter(state="merged").order_by("-pk").first()


def said(warning: Warning) -> str:
    """橙色 云人社预〔2026〕7号，已送达."""
    letter, state = warning.letter, states.TITLES[state_before(warning) if warning.state == "merged" else warning.state]
    number = f" {letter.number}" if letter and letter.number else ""
    return _("%(level)s%(number)s，%(state)s") % {"level": Level(warning.level).zh, "number": number, "state": state}


def _propose(held: Warning, finding: Finding, at: datetime) -> None:
    if not held.withdrawal_proposed:
        ProposeWithdrawal(Actor.system(), at, held, why_fallen(held, finding), finding).do()


def why_fallen(held: Warning, finding: Finding) -> str:
    """事实变更后不再达到红色条件，现为橙色（…研判，数据版本第 …号）."""
    level = judged.level_of(finding)
    now = _("，现为%(level)s") % {"level": level.zh} if level else ""
    told = {"level": held.rank_level.zh, "now": now, "day": finding.as_of, "n": finding.commit}
    return _("事实变更后不再达到%(level)s条件%(now)s（%(day)s 研判，数据版本第 %(n)d 号）") % told


def _named(warning: Warning) -> dict[str, object]:
    return {"n": warning.pk, "level": warning.rank_level.zh, "state": warning.state_title}


def _record(warning: Warning, at: datetime, text: str) -> None:
    Entry.objects.create(warning=warning, at=at, name=str(_("研判")), text=text)
