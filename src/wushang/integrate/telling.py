"""What reports and linked rows (医院首诊, 职业病报告, 事故) say of an injury, as voices that an order of precedence weighs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from wushang.integrate.linked import codes_part
from wushang.integrate.models import Link
from wushang.integrate.precedence import Voice
from wushang.pool.known import NOW, Known
from wushang.pool.models import Accident, Commit, Disease, Report, Told, Visit

MODELS: dict[str, type[Told]] = {"visit": Visit, "disease": Disease, "accident": Accident}
SOME = 200


def voice(fact: Any) -> Voice:
    """One row as a voice."""
    if isinstance(fact, Report):
        return Voice(fact.source, fact.pk, fact.values, fact)
    return Voice(fact.source, fact.pk, said(fact), fact, linked=True)


def said(fact: Told) -> dict[str, Any]:
    """A linked row's values by the fields of an injury."""
    if isinstance(fact, Visit):
        return {"part": codes_part(fact.part)}
    if isinstance(fact, Disease):
        return {"post": fact.post}
    assert isinstance(fact, Accident)
    return {"hour": fact.hour, "kind": fact.kind, "severity": "fatal" if _all_died(fact) else ""}


def _all_died(accident: Accident) -> bool:
    """An accident counts its people and names none: it tells how one of them fared only where all fared alike."""
    return bool(accident.dead) and not (accident.serious or accident.minor or accident.missing)


def linked(injuries: Iterable[int], known: Known = NOW) -> dict[int, list[Told]]:
    """The rows that are linked to each of these injuries, as they are known."""
    ids, found = sorted(set(injuries)), defaultdict[int, list[Told]](list)
    links = [link for part in _parts(ids) for link in Link.objects.filter(injury__in=part, state=Link.LINKED, what__in=MODELS)]
    for what, model in MODELS.items():
        mine = [link for link in links if link.what == what]
        rows = _rows(model, mine, known)
        for link in mine:
            found[link.injury_id] += rows.get((link.source, link.sender, link.key), [])
    return found


def untell(commit: Commit) -> None:
    """Call in the publishing transaction: the injuries to which this commit's rows are linked must hear them anew."""
    for what, model in MODELS.items():
        changed = model.objects.filter(Q(recorded=commit) | Q(superseded=commit)).values("key")  # type: ignore[attr-defined]
        Link.objects.filter(what=what, state=Link.LINKED, told=True, key__in=changed).update(told=False)


def _rows(model: type[Told], links: list[Link], known: Known) -> dict[tuple[str, str, str], list[Told]]:
    """Their rows by natural key."""
    wanted = {(link.source, link.sender, link.key) for link in links}
    found: dict[tuple[str, str, str], list[Told]] = defaultdict(list)
    for part in _parts(sorted(wanted)):
        same = Q(source__in={one[0] for one in part}, key__in=[one[2] for one in part])
        for row in known.of(model).filter(same):
            if (row.source, row.sender, row.key) in wanted:
                found[row.source, row.sender, row.key].append(row)
    return found


def _parts(values: list[Any]) -> Iterable[list[Any]]:
    return (values[start : start + SOME] for start in range(0, len(values), SOME))
