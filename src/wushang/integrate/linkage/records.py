"""Ledger rows → records for the linkage. Personal values are opened here, in this process's memory, and go nowhere else."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from wushang.integrate.linkage import parts
from wushang.integrate.linkage.windows import Window, within
from wushang.integrate.models import Link
from wushang.integrate.names import core, plain_name
from wushang.integrate.places import place_names
from wushang.integrate.precedence import Voice, speaker
from wushang.people.lease import renew
from wushang.pool.models import Disease, EnterpriseVersion, InjuryVersion, Report, Visit

Record = dict[str, Any]
EPOCH = date(1970, 1, 1)
SOME = 500
TOLD: dict[str, type[Visit] | type[Disease] | type[Report]] = {"visit": Visit, "disease": Disease, "report": Report}
KINDS = tuple(TOLD)
DAY = {"visit": "visited", "disease": "occurred", "report": "day"}
ALL = Q()
NEEDED = {
    "visit": ("visited", "enterprise_id", "employer_text", "sex", "age", "part", "personal"),
    "disease": ("occurred", "enterprise_id", "employer_text", "personal"),
    "report": ("employer_id", "host_id", "values", "personal"),
}
CLAIMS = "injury_recognition"  # the source whose rows are claims; other injury sources tell of what somebody heard


@dataclass(frozen=True)
class Row:
    """A reported row that may tell of an injury: its natural key, its day, and its number as the record's id."""

    what: str
    source: str
    sender: str
    key: str
    pk: int
    day: date
    own: int = 0  # the injury that a report of an injury source made by itself

    @property
    def natural(self) -> tuple[str, str, str]:
        return (self.source, self.sender, self.key)

    @property
    def unique(self) -> str:
        return f"{self.what}:{self.pk}"


def injuries(versions: QuerySet[InjuryVersion]) -> Iterator[Record]:
    """One record for each injury, from its version and what its reports say of the person."""
    rows = versions.values_list("injury_id", "occurred", "employer_id", "host_id", named=True)
    for some in parts_of(rows.iterator(chunk_size=2000)):
        persons = _persons({v.injury_id: v.occurred for v in some})
        firms = _firm_names({e for v in some for e in (v.employer_id, v.host_id) if e})
        for v in some:
            said = persons.get(v.injury_id, {})
            yield {
                "unique_id": str(v.injury_id), "day": _number(v.occurred), "firm": v.employer_id, "host": v.host_id,
                "firm_name": firms.get(v.employer_id or 0, ""), "host_name": firms.get(v.host_id or 0, ""),
                "part": parts.of_words(said.get("part", "")), **_person(said, v.occurred),
            }  # fmt: skip


def _persons(days: dict[int, date]) -> dict[int, dict[str, Any]]:
    """What the reports of each injury say of the person; of several reports the first that says it. The part of the body is the
    reports' own by their order: the injury may have taken its part from the very row that is compared with it."""
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    voices: dict[int, list[Voice]] = defaultdict(list)
    reports = Report.objects.current().filter(injury__in=days).order_by("pk")
    for injury, pk, source, personal, values in reports.values_list("injury_id", "pk", "source", "personal", "values"):
        said, into = _opened(personal) | {name: values.get(name) for name in ("sex", "age")}, found[injury]
        into.update({name: value for name, value in said.items() if value and not into.get(name)})
        voices[injury].append(Voice(source, pk, values, None))
    for injury, some in voices.items():
        heard = speaker("part", some, days[injury])
        found[injury]["part"] = str(heard.values["part"]) if heard else ""
    return found


def visits(rows: Iterable[Any]) -> Iterator[Record]:
    places = place_names()
    for row in rows:
        said = {"sex": row.sex, "age": row.age} | {k: v for k, v in _opened(row.personal).items() if v}
        yield _told("visit", row, row.visited, said, places) | {"part": parts.of_code(row.part)}


def diseases(rows: Iterable[Any]) -> Iterator[Record]:
    places = place_names()
    for row in rows:
        yield _told("disease", row, row.occurred, _opened(row.personal), places) | {"part": ""}


def reports(rows: Iterable[Any]) -> Iterator[Record]:
    """Injuries that somebody entered before there was a claim."""
    for some in parts_of(rows):
        firms = _firm_names({unit for row in some if (unit := row.host_id or row.employer_id)})
        for row in some:
            day, unit = date.fromisoformat(str(row.values["occurred"])[:10]), row.host_id or row.employer_id
            said = _opened(row.personal) | {name: row.values.get(name) for name in ("sex", "age")}
            yield {
                "unique_id": f"report:{row.pk}", "day": _number(day), "firm": unit, "firm_name": firms.get(unit or 0, ""),
                "part": parts.of_words(str(row.values.get("part") or "")), **_person(said, day),
            }  # fmt: skip


def _told(what: str, row: Any, day: date, said: dict[str, Any], places: list[str]) -> Record:
    name = core(plain_name(row.employer_text, places)) if row.employer_text else ""
    return {"unique_id": f"{what}:{row.pk}", "day": _number(day), "firm": row.enterprise_id, "firm_name": name, **_person(said, day)}


def _person(said: dict[str, Any], day: date) -> Record:
    number = str(said.get("id_number") or "").strip().upper()
    whole = len(number) == 18 and number[:17].isdigit()
    sex = ("M" if int(number[16]) % 2 else "F") if whole else str(said.get("sex") or "")
    age = said.get("age")
    born = int(number[6:10]) if whole else day.year - int(str(age)) if str(age or "").isdigit() else None
    return {"id_number": number if "*" not in number else "", "name": _name(said.get("worker")), "sex": sex, "born": born}


def _name(name: Any) -> str:
    """A name that was masked (张*) or shortened (张某) names nobody."""
    text = "".join(str(name or "").split())
    return "" if not text or "*" in text or "某" in text or "×" in text else text


def _opened(sealed: str) -> dict[str, Any]:
    return json.loads(sealed) if sealed else {}


def _number(day: date) -> int:
    return (day - EPOCH).days


def _firm_names(ids: set[int]) -> dict[int, str]:
    rows = EnterpriseVersion.objects.current().filter(enterprise__in=ids).values_list("enterprise_id", "plain_name")
    return {enterprise: core(plain) for enterprise, plain in rows}


def told_rows(what: str, wanted: Any = ALL, linked: bool = False) -> Iterator[Row]:
    """Current rows of one kind that the condition wants; those linked already only where asked for."""
    rows = _of(what).filter(wanted)
    rows = rows if linked else rows.filter(~linked_rows(Q(what=what)))
    names = ("source", "sender", "key", "pk", DAY[what], *(["injury_id"] if what == "report" else []))
    for said in rows.order_by("pk").values_list(*names).iterator():
        yield Row(what, *said)


def new(since: int) -> Q:
    return Q(recorded__number__gt=since)


def during(what: str, windows: Iterable[Window]) -> Q:
    """Rows whose day lies in one of the stretches."""
    return within(DAY[what], windows)


def linked_rows(which: Q) -> Exists:
    """Rows that have a link of a sort."""
    same = {name: OuterRef(name) for name in ("source", "sender", "key")}
    return Exists(Link.objects.filter(which, **same, state=Link.LINKED))


def _of(what: str) -> QuerySet:
    if what != "report":
        return TOLD[what].objects.current()  # type: ignore[attr-defined]
    same = {"injury": OuterRef("injury")}
    claim = Report.objects.current().filter(**same, source=CLAIMS)
    day = InjuryVersion.objects.current().filter(**same).values("occurred")[:1]
    return Report.objects.current().exclude(source=CLAIMS).filter(~Exists(claim)).annotate(day=Subquery(day)).filter(day__isnull=False)


def claimed(injuries: Iterable[int]) -> set[int]:
    """Those of the injuries that a claim tells of."""
    rows = Report.objects.current().filter(injury__in=list(injuries), source=CLAIMS)
    return set(rows.values_list("injury_id", flat=True))


def newest_told(at_most: int) -> Iterator[Record]:
    """Records of the newest reports of each kind."""
    for what, made in _MADE.items():
        ids = _of(what).order_by(f"-{DAY[what]}").values_list("pk", flat=True)[:at_most]
        for some in parts_of(ids):
            yield from made(_needed(what, some))


def told_records(rows: Iterable[Row]) -> Iterator[Record]:
    wanted = list(rows)
    for what, made in _MADE.items():
        for some in parts_of(row.pk for row in wanted if row.what == what):
            yield from made(_needed(what, some))


def _needed(what: str, ids: list[int]) -> Iterable[Any]:
    """Only what is compared: a diagnosis or the place of an injury is not opened for it."""
    return TOLD[what].objects.filter(pk__in=ids).values_list("pk", *NEEDED[what], named=True)  # type: ignore[attr-defined]


def parts_of(things: Iterable[Any]) -> Iterator[list[Any]]:
    """A few at a time; the work goes on."""
    stream = iter(things)
    while some := list(islice(stream, SOME)):
        renew()
        yield some


_MADE: dict[str, Callable[[Iterable[Any]], Iterator[Record]]] = {"visit": visits, "disease": diseases, "report": reports}
