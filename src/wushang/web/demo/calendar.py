"""When things happen in the replay: files come on the fifth working day after their month, at nine in the morning."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.utils import timezone

from wushang.terms.calendar import add_working_days


@dataclass(frozen=True)
class Sending:
    """One file of the city and the moment its department sends it."""

    path: Path
    source: str
    sender: str
    at: datetime


# what the practice city replays; the yearly and quarterly lists of other departments are for trying by hand
SENDERS = {
    "register": "990100-market", "insurance_monthly": "990100-tax",
    "injury_recognition": "990100-hrss", "disease_hazards": "990100-health",
    "hospital_visits": "990100-health", "benefit_payments": "990100-agency", "safety_accidents": "990100-emergency",
}  # fmt: skip


LATELY = ("hospital_visits", "benefit_payments", "safety_accidents")  # of these only the last months: the replay stays short
MONTHS = timedelta(days=200)


def moment(day: date, hour: int = 9) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def sendings(city: Path) -> list[Sending]:
    """The city's files in the order in which they were sent; the full register before everything else."""
    with (city / "truth" / "files.csv").open(encoding="utf-8") as handle:
        rows = [row for row in csv.DictReader(handle) if row["source"] in SENDERS]
    first = min(date.fromisoformat(row["first"]) for row in rows)
    since = max(date.fromisoformat(row["last"]) for row in rows) - MONTHS
    rows = [row for row in rows if row["source"] not in LATELY or date.fromisoformat(row["last"]) > since]
    found = []
    for row in rows:
        last = first if "全量" in row["file"] else date.fromisoformat(row["last"])
        found.append(Sending(city / row["file"], row["source"], SENDERS[row["source"]], moment(add_working_days(last, 5))))
    return sorted(found, key=lambda s: (s.at, s.source != "register"))


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
