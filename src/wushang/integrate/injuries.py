"""One injury from its reports: a deterministic key joins them, a dated order of precedence per field gives the values."""

from __future__ import annotations

import functools
import hashlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.db.models import Q

from wushang.integrate.delivery import as_date
from wushang.pool import landing
from wushang.pool.models import Commit, InjuryVersion, Report, Worker
from wushang.terms import codes

DATES = ("occurred", "reported", "accepted", "decided", "hired")
PLAIN = ("hour", "situation", "kind", "severity", "part", "nature", "grade", "workshop", "post", "employment", "region", "industry")  # fmt: skip
TEXTS = {"situation", "kind", "severity", "part", "nature", "workshop", "post", "employment", "region", "industry"}
GRADES = {str(n): n for n in range(1, 11)} | {"none": 0}  # 未达级 is 0; 未鉴定 stays empty
CONCLUDED = {name: name for name in ("recognised", "deemed", "refused", "withdrawn")} | {"rejected": "refused"}
LIMITS = {f.attname: f.max_length for f in InjuryVersion._meta.concrete_fields if f.max_length}


@functools.cache
def _orders() -> list[dict[str, Any]]:
    orders = yaml.safe_load((Path(__file__).parent / "precedence.yaml").read_text(encoding="utf-8"))
    return sorted(orders, key=lambda order: order["from"], reverse=True)


def order_for(field: str, occurred: date) -> list[str]:
    order = next(o for o in _orders() if o["from"] <= occurred)
    return order["fields"].get(field, order["default"])


def derive(commit: Commit, injuries: Iterable[int]) -> set[int]:
    """Write new versions of these injuries from the reports that will be current; returns the enterprises touched."""
    touched: set[int] = set()
    ids = sorted(set(injuries))
    for start in range(0, len(ids), 500):
        touched |= _derive_some(commit, ids[start : start + 500])
    return touched


def _derive_some(commit: Commit, ids: list[int]) -> set[int]:
    reports: dict[int, list[Report]] = defaultdict(list)
    for report in _after(commit).filter(injury__in=ids).order_by("pk"):
        reports[report.injury_id].append(report)
    old = list(InjuryVersion.objects.current().filter(injury__in=ids))
    workers = _workers({r.worker_key for rs in reports.values() for r in rs if r.worker_key})
    new = [version(injury, said, workers) for injury, said in sorted(reports.items())]
    landing.claim(commit, InjuryVersion, [v.pk for v in old if v.superseded_id is None])
    landing.load(commit, InjuryVersion, new)
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


def version(injury: int, reports: list[Report], workers: dict[str, int]) -> dict[str, Any]:
    """The values of an injury from its reports; pure but for its arguments."""
    occurred = min(day for r in reports if (day := as_date(r.values.get("occurred"))))
    said = {name: _best(name, reports, occurred) for name in (*DATES, *PLAIN, "conclusion", "place")}
    dates = {name: as_date(said[name]) for name in DATES} | {"occurred": occurred}
    employer = _best_attribute("employer_id", reports, occurred)
    host = _best_attribute("host_id", reports, occurred)
    status = _status(said["conclusion"], dates)
    return {
        "injury_id": injury, "employer_id": employer, "host_id": host,
        "worker_id": next((workers[r.worker_key] for r in reports if r.worker_key), None),
        "event": _event(injury, host or employer, occurred, said["hour"], said["place"]),
        **{name: dates[name] for name in ("occurred", "reported", "accepted", "hired")},
        "recognised": dates["decided"] if status in ("recognised", "deemed") else None,
        **{name: _fit(name, said[name]) for name in PLAIN},
        "status": status,
        "at_work": not said["situation"] or codes.is_production(said["situation"]),
        "tenure_days": (occurred - dates["hired"]).days if dates["hired"] and dates["hired"] <= occurred else None,
    }  # fmt: skip


def _fit(name: str, value: Any) -> Any:
    """Free words longer than the column keep their beginning (the whole stands in the Report)."""
    if name == "grade":
        return GRADES.get(str(value or ""))
    if name in TEXTS:
        return str(value or "")[: LIMITS[name]]
    return value


def _best(name: str, reports: list[Report], occurred: date) -> Any:
    ranked = _ranked(name, reports, occurred)
    return next((r.values[name] for r in ranked if r.values.get(name) not in (None, "")), None)


def _best_attribute(name: str, reports: list[Report], occurred: date) -> Any:
    return next((getattr(r, name) for r in _ranked(name, reports, occurred) if getattr(r, name)), None)


def _ranked(name: str, reports: list[Report], occurred: date) -> list[Report]:
    order = order_for(name, occurred)
    place = {source: rank for rank, source in enumerate(order)}
    return sorted(reports, key=lambda r: (place.get(r.source, len(order)), -r.pk))


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
