"""Which open pieces would be raised, or left without ground, by changes that are only foreseen (judge.preview). Writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from wushang.people.scope import Scope
from wushang.terms.level import Level
from wushang.warn import shown, standing, states

SOME = 500  # units a query may name
LEVELS = {level.value for level in Level}


@dataclass(frozen=True)
class Piece:
    """One open piece with what would become of it; `signed`: its letter is signed, or gone out."""

    text: str
    signed: bool


def pieces(lines: Iterable[Any], scope: Scope) -> list[Piece]:
    """`lines` have `.expected` (unit, policy, level before and after) and `.name`; the signed pieces first."""
    wanted = {(one.expected.enterprise, one.expected.policy): one for one in lines if {one.expected.before, one.expected.after} & LEVELS}
    units, found = sorted({unit for unit, _policy in wanted if unit > 0}), []
    for start in range(0, len(units), SOME):
        rows = shown.warnings(scope).filter(enterprise__in=units[start : start + SOME], state__in=states.OPEN)
        for held in rows.prefetch_related("letters"):
            line = wanted.get((held.enterprise_id, held.policy))
            if line is not None and (then := _then(held, line.expected)):
                signed = held.state not in states.UNSIGNED_YET
                found.append(Piece(_("%(name)s %(piece)s：%(then)s") % {"name": line.name, "piece": standing.said(held), "then": then}, signed))
    return sorted(found, key=lambda piece: not piece.signed)


def _then(held: Any, expected: Any) -> str:
    """What would become of the piece; '' for nothing."""
    after = Level(expected.after) if expected.after in LEVELS else None
    if after == held.rank_level:
        return ""
    if after and after > held.rank_level:
        return _("将上升为%(level)s") % {"level": after.zh} if expected.warns else ""
    fallen = _("只达到%(level)s条件") % {"level": after.zh} if after else _("不再达到条件")
    act, older = standing.act_of(held), standing.taken_over(held)
    told = _("%(fallen)s，将建议%(act)s。") % {"fallen": fallen, "act": act}
    if older is None:
        return told
    return told + _("%(act)s后恢复第 %(n)d 件（%(said)s）。") % {"act": act, "n": older.pk, "said": standing.said(older)}
