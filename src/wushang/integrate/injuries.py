"""One injury from its reports and the rows linked to it: a dated order of precedence per field gives the values."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Q

from wushang.integrate import telling
from wushang.integrate.delivery import as_date
from wushang.integrate.precedence import Voice, ranked, speaker
from wushang.pool import landing
from wushang.pool.models import Commit, InjuryVersion, Report, Told, Worker
from wushang.terms import codes

DATES = ("occurred", "reported", "accepted", "decided", "hired")
PLAIN = ("hour", "situation", "kind", "severity", "part", "nature", "grade", "workshop", "post", "employment", "region", "industry", "sex")  # fmt: skip
TEXTS = {"situation", "kind", "severity", "part", "nature", "workshop", "post", "employment", "region", "industry", "sex"}
GRADES = {str(n): n for n in range(1, 11)} | {"none": 0}  # 未达级 is 0; 未鉴定 stays empty
CONCLUDED = {name: name for name in ("recognised", "deemed", "refused", "withdrawn")} | {"rejected": "refused"}
SOME = 500
LIMITS = {f.attname: f.max_length for f in InjuryVersion._meta.concrete_fields if f.max_length}


def derive(commit: Commit, injuries: Iterable[int]) -> set[int]:
    """Write new versions of these injuries from the reports that will be current; returns the enterprises touched."""
    touched: set[int] = set()
    for old, new in _derived(commit, injuries):
        landing.claim(commit, InjuryVersion, [v.pk for v in old if v.superseded_id is None])
        landing.load(commit, InjuryVersion, new)
        touched |= _units(old, new)
    return touched


def derive_changed(commit: Commit, injuries: Iterable[int]) -> set[int]:
    """The same, but only of injuries that come out otherwise than they are; returns the enterprises touched."""
    touched: set[int] = set()
    for old, new in _derived(commit, injuries):
        now = {v.injury_id: v for v in old}
        other = [row for row in new if any(getattr(now.get(row["injury_id"]), name, None) != value for name, value in row.items())]
        replaced = [now[row["injury_id"]] for row in other if row["injury_id"] in now]
        landing.claim(commit, InjuryVersion, [v.pk for v in replaced])
        landing.load(commit, InjuryVersion, other)
        touched |= _units(replaced, other)
    return touched


def _derived(commit: Commit, injuries: Iterable[int]) -> Iterator[tuple[list[InjuryVersion], list[dict[str, Any]]]]:
    """The versions as they are and as they come out, some injuries at a time. What is comes first: published meanwhile, it
    can no longer be claimed."""
    ids = sorted(set(injuries))
    for start in range(0, len(ids), SOME):
        some = ids[start : start + SOME]
        old = list(InjuryVersion.objects.current().filter(injury__in=some))
        reports: dict[int, list[Report]] = defaultdict(list)
        for report in _after(commit).filter(injury__in=some).order_by("pk"):
            reports[report.injury_id].append(report)
        workers, linked = _workers({r.worker_key for rs in reports.values() for r in rs if r.worker_key}), telling.linked(reports)
        yield old, [version(injury, said, workers, linked.get(injury, ())) for injury, said in sorted(reports.items())]


def _units(old: list[InjuryVersion], new: list[dict[str, Any]]) -> set[int]:
    seen = {e for v in old for e in (v.employer_id, v.host_id)} | {e for v in new for e in (v["employer_id"], v["host_id"])}
    return {e for e in seen if e}


def _after(commit: Commit):
    """The reports that will be current once this commit is published."""
    return Report.objects.filter(
        Q(recorded=commit) | (Q(superseded=None) | Q(superseded__number=None) & ~Q(superseded=commit))
        & Q(recorded__number__isnull=False)
    ).exclude(superseded=commit)


def _workers(keys: set[str]) -> dict[str, int]:
    wanted = sorted(keys)
    known: dict[str, int] = {}
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        Worker.objects.bulk_create([Worker(key=key) for key in some], ignore_conflicts=True)
        known.update(Worker.objects.filter(key__in=some).values_list("key", "pk"))
    return known


def version(injury: int, reports: list[Report], workers: dict[str, int], linked: Iterable[Told] = ()) -> dict[str, Any]:
    """The values of an injury from its reports and what is linked to it; pure but for its arguments."""
    voices = [telling.voice(fact) for fact in (*reports, *linked)]
    first = first_day(reports)
    said = {name: _best(name, voices, first) for name in (*DATES, *PLAIN, "conclusion", "place", "age")}
    dates = {name: as_date(said[name]) for name in DATES}
    occurred = dates["occurred"] or first
    employer, host = (_best_unit(name, voices, first) for name in ("employer_id", "host_id"))
    status = _status(said["conclusion"], dates)
    return {
        "injury_id": injury, "employer_id": employer, "host_id": host,
        "worker_id": next((workers[r.worker_key] for r in reports if r.worker_key), None),
        "event": _event(injury, host or employer, occurred, said["hour"], said["place"]),
        **{name: dates[name] for name in ("reported", "accepted", "hired")}, "occurred": occurred,
        "recognised": dates["decided"] if status in ("recognised", "deemed") else None,
        **{name: _fit(name, said[name]) for name in PLAIN},
        **_kinds(said, occurred), "sender": _sender(voices, first), "status": status,
        "at_work": not said["situation"] or codes.is_production(said["situation"]),
        "tenure_days": (occurred - dates["hired"]).days if dates["hired"] and dates["hired"] <= occurred else None,
    }  # fmt: skip


def _kinds(said: dict[str, Any], occurred: date) -> dict[str, str]:
    """What is counted by instead of free text and of an age to the year."""
    of_text = {f"{name}_kind": codes.kind_in(f"{name}_kind", str(said[name] or ""), occurred) for name in ("workshop", "post")}
    return {**of_text, "age_band": codes.age_band(int(said["age"]) if said["age"] else None, occurred)}


def _sender(voices: list[Voice], first: date) -> str:
    """The department whose report the injury rests on: the one whose word on the day of the event counts."""
    heard = speaker("occurred", voices, first)
    return heard.fact.sender if heard else ""


def first_day(reports: Iterable[Report]) -> date:
    """The earliest day that a report gives: by it the order of precedence is chosen."""
    return min(day for r in reports if (day := as_date(r.values.get("occurred"))))


def _fit(name: str, value: Any) -> Any:
    """Free words longer than the column keep their beginning (the whole stands in the Report)."""
    if name == "grade":
        return GRADES.get(str(value or ""))
    if name in TEXTS:
        return str(value or "")[: LIMITS[name]]
    return value


def _best(name: str, voices: list[Voice], occurred: date) -> Any:
    heard = speaker(name, voices, occurred)
    return heard.values[name] if heard else None


def _best_unit(name: str, voices: list[Voice], occurred: date) -> int | None:
    """The unit by the reports alone."""
    heard = ranked(name, (voice for voice in voices if not voice.linked), occurred)
    return next((unit for voice in heard if (unit := getattr(voice.fact, name))), None)


def _status(conclusion: str | None, dates: dict[str, date | None]) -> str:
    if conclusion in CONCLUDED:
        return CONCLUDED[conclusion]
    return "accepted" if dates["accepted"] else "reported"


def _event(injury: int, enterprise: int | None, occurred: date, hour: int | None, place: str | None) -> str:
    """起: injuries at one enterprise on one day, in one hour, at one place share an event; else each is its own."""
    if enterprise is None or hour is None or not place:
        return f"i{injury}"
    spot = hashlib.sha256("".join(place.split()).encode()).hexdigest()[:10]
    return f"e{enterprise}:{occurred:%Y%m%d}:{hour}:{spot}"
