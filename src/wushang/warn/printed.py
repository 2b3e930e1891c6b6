"""What stands in writing of a unit: in a letter that was issued, in a 更正说明 of it, in a piece that has not left. Writes nothing.

The figures are those printed; what is not printed is as known at the version of the data that the paper was made from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from wushang.pool.models import InjuryVersion
from wushang.terms import codes
from wushang.warn import facts, judged, units, wording
from wushang.warn.models import Correction, Letter, Warning

EVENTS, PEOPLE, ACCIDENTS, HAZARDS = "events", "people", "accidents", "hazards"


@dataclass(frozen=True)
class Told:
    """What may be told of a unit, as known at a commit."""

    events: int
    people: int
    rows: dict[int, str]  # injury → in a few words
    hazards: tuple[str, ...]


@dataclass(frozen=True)
class Paper:
    """One piece: the version of the data it was made from, what it told, which of that is printed in it."""

    letter: Letter | None
    known: int
    told: Told
    prints: frozenset[str]


def told(warning: Warning, commit: int) -> Told:
    """The figures and the accidents of a warning's own window, as known at a commit."""
    frame = judged.told(warning.finding)
    found = facts.accidents(warning.enterprise_id, frame.period, commit, frame.basis, frame.status, frame.at_work)
    rows = {injury.injury_id: _accident(injury) for injury in found.injuries}
    return Told(found.events, found.people, rows, tuple(facts.open_hazards(warning.enterprise_id, frame.as_of, commit)))


def _accident(injury: InjuryVersion) -> str:
    """3月6日 机械伤害 冲压工: what a letter says of one accident; no person, no state of the claim."""
    kind = codes.name("accident_kind", injury.kind, injury.occurred) if injury.kind else ""
    return " ".join(part for part in (short(injury.occurred), kind, injury.post) if part)


def short(day: date) -> str:
    return _("%(y)d年%(m)d月%(d)d日") % {"y": day.year, "m": day.month, "d": day.day}


def papers(warning: Warning, before: int) -> Iterator[Paper]:
    """The issued letters of a warning and the notes on them; before it is issued the piece itself, which prints nothing."""
    issued = [one for one in warning.letters.all() if one.purpose == "main" and not one.dropped and warning.issued]
    for letter in issued:
        yield _letter(warning, letter)
    if not issued:
        yield Paper(None, warning.finding.commit, told(warning, warning.finding.commit), frozenset())
    for correction in _explained(warning, before):
        yield _note(warning, correction)


def _letter(warning: Warning, letter: Letter) -> Paper:
    known, fields = warning.finding.commit, wording.letter(letter.kind).fields
    events = _count(letter.values.get("events", _listed(warning, letter).get("events")))
    people = _count(letter.values.get("people"))
    then = told(warning, known)
    said = replace(then, events=then.events if events is None else events, people=then.people if people is None else people)
    there = {EVENTS: events is not None, PEOPLE: people is not None, ACCIDENTS: ACCIDENTS in fields, HAZARDS: HAZARDS in fields}
    return Paper(letter, known, said, frozenset(name for name, is_there in there.items() if is_there))


def _listed(warning: Warning, letter: Letter) -> dict[str, Any]:
    """The unit's own row in the list of a 通报, which may list several units; {} for other letters."""
    now = units.version_of(warning.enterprise_id)
    names = {letter.values.get("enterprise"), now.name if now else ""}
    rows = letter.values.get("listed") or [{}]
    return next((row for row in rows if row.get("name") in names), rows[0])


def _count(value: Any) -> int | None:
    """A number as drafted or as typed by a person."""
    return int(value) if str(value).isdecimal() else None


def _explained(warning: Warning, before: int) -> list[Correction]:
    notes = [one.pk for one in warning.letters.all() if one.purpose == "correction"]
    rows = Correction.objects.filter(note__in=notes, state="explained", enterprise=warning.enterprise_id, commit__lt=before)
    return list(rows.select_related("note").prefetch_related("uses").order_by("pk"))


def _note(warning: Warning, correction: Correction) -> Paper:
    """A note prints what its correction had found changed in the letter: from then on that is what was told."""
    names = {title: name for name, title in figure_titles().items()}
    changed = {use.figure for use in correction.uses.all() if use.outside and use.old != use.new}
    prints = frozenset(names[title] for title in changed if title in names)
    return Paper(correction.note, correction.commit, told(warning, correction.commit), prints)


def figure_titles() -> dict[str, str]:
    """What each figure of a letter is called."""
    return {EVENTS: _("工伤事故起数"), PEOPLE: _("受伤人次"), ACCIDENTS: _("事故清单"), HAZARDS: _("职业病危害因素")}
