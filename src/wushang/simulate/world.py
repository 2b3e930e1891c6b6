"""Everything that is true of the city, drawn from a seed before a file is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from wushang.simulate import (
    accidents,
    claims,
    enterprises,
    hazards,
    health,
    injuries,
    payments,
    recognition,
    risk,
    unreported,
    visits,
    workforce,
)
from wushang.simulate.chance import Stream, streams
from wushang.simulate.months import Calendar, calendar


@dataclass
class City:
    """The city: its calendar, enterprises, agencies with hosts, workforce, risk, claims and hazards; who was hurt and never
    claimed; and what hospitals, the fund, the emergency bureau and the health bureau write of it all."""

    calendar: Calendar
    firms: enterprises.Enterprises
    hosts: dict[int, np.ndarray]
    work: workforce.Workforce
    risk: risk.Risk
    claims: pl.DataFrame
    hazards: pl.DataFrame
    unclaimed: pl.DataFrame
    visits: pl.DataFrame
    payments: pl.DataFrame
    accidents: pl.DataFrame
    cards: pl.DataFrame
    tests: pl.DataFrame


def build(count: int, months: int, seed: int, until: date) -> tuple[City, Stream]:
    """The city itself, nothing written."""
    if count < 20 or months < 3:
        raise ValueError("模拟城市至少需要 20 家单位和 3 个月；请增大单位数或月数。")
    stream = streams(seed)
    cal = calendar(until, months)
    firms = enterprises.draw(stream, count, cal)
    hosts = enterprises.hosts(stream, firms)
    work = workforce.draw(stream, firms, cal)
    happened = risk.draw(stream, firms, work, cal)
    people = injuries.draw(stream, firms, work, happened, hosts, cal)
    filed = recognition.told(claims.draw(stream, people), firms, cal)
    found = hazards.draw(stream, firms, cal)
    unclaimed = unreported.draw(stream, filed, firms, cal)
    seen = visits.draw(stream, filed, unclaimed, cal)
    paid, heard = payments.draw(stream, filed, cal), accidents.draw(stream, filed, cal)
    cards, tests = health.draw(stream, found, firms, cal)
    return City(cal, firms, hosts, work, happened, filed, found, unclaimed, seen, paid, heard, cards, tests), stream
