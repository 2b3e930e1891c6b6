"""Everything that is true of the city, drawn from a seed before a file is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from wushang.simulate import claims, enterprises, hazards, injuries, recognition, risk, workforce
from wushang.simulate.chance import Stream, streams
from wushang.simulate.months import Calendar, calendar


@dataclass
class City:
    """The city: its calendar, enterprises, agencies with hosts, workforce, risk, claims and hazards."""

    calendar: Calendar
    firms: enterprises.Enterprises
    hosts: dict[int, np.ndarray]
    work: workforce.Workforce
    risk: risk.Risk
    claims: pl.DataFrame
    hazards: pl.DataFrame


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
    return City(cal, firms, hosts, work, happened, filed, hazards.draw(stream, firms, cal)), stream
