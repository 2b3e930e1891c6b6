"""The truth of a city, written beside its files.

| file in truth/ | columns |
|---|---|
| enterprises.csv | enterprise, uscc, insurance_number, name, new_name, renamed, town, new_town, moved, industry, size, insured, opened, closed, agency, lookalike_of |
| rates.csv | enterprise, uscc, industry, industry_rate, risk, rate, programme, rate_after (a year per 1,000 experienced workers, at work) |
| exposure.csv | enterprise, month, headcount, new_workers, expected (injuries at work) |
| injuries.csv | every person hurt: clean values of all fields, `first_file` (month), `landed` (a faultless row of it was sent) |
| hazards.csv | hazard, enterprise, uscc, kind, factor, opened, closed |
| unclaimed.csv | people hurt at work who never claim (未申报): injury (numbered after the claims), day, unit, part |
| visits.csv | number, facility, visited, injury (0: not hurt at work), claimed |
| payments.csv | injury, decision, item, fen, to, day, red (冲红) |
| accidents.csv | number, event, occurred, closed, dead, serious, minor |
| cards.csv, tests.csv | what the health bureau's quarterly files are made from |
| names.csv | uscc, name, kind (registered, former, variant): names that mean the same enterprise |
| dirt.csv | file, row (line in the file, from 1; in csv the record), column, kind, outcome, clean, dirty |
| files.csv | file, source, first, last, encoding, header_row, header_levels, rows, hidden, duplicates, quarantined, accepted, footer_right, totals |
| city.json | seed-free facts: parameters, outbreak, programme, agencies with their hosts |
"""  # noqa: E501

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from wushang.simulate import claims as claim_rules
from wushang.simulate import risk, workforce
from wushang.simulate.delivery import Delivery
from wushang.simulate.enterprises import NEVER, RISK_SHAPE
from wushang.simulate.months import Calendar
from wushang.simulate.places import TOWNS
from wushang.simulate.sheet import money
from wushang.simulate.spoil import Mark
from wushang.simulate.tables import write_csv, write_json
from wushang.simulate.trades import TRADES
from wushang.simulate.world import City


def write_truth(directory: Path, city: City, sent: list[Delivery], marks: list[Mark]) -> None:
    """All files of truth/."""
    directory.mkdir(parents=True, exist_ok=True)
    _enterprises(city).write_csv(directory / "enterprises.csv")
    _rates(city).write_csv(directory / "rates.csv")
    _exposure(city).write_csv(directory / "exposure.csv")
    _injuries(city, sent).write_csv(directory / "injuries.csv")
    owner = city.firms.uscc[city.hazards["enterprise"].to_numpy() - 1]
    city.hazards.with_columns(pl.Series("uscc", owner.tolist(), dtype=pl.String)).write_csv(directory / "hazards.csv")
    _reports(directory, city)
    _names(city, sent, marks).write_csv(directory / "names.csv")
    write_csv(directory / "dirt.csv", "file,row,column,kind,outcome,clean,dirty", [_mark(m) for m in marks])
    write_csv(directory / "files.csv", FILES, [_file(d) for d in sent])
    write_json(directory / "city.json", _city(city))


def _reports(directory: Path, city: City) -> None:
    """The truth behind what the other departments write."""
    city.unclaimed.write_csv(directory / "unclaimed.csv")
    seen = city.visits.select("机构名称", "就诊流水号", "visited", "injury", "claimed")
    seen.rename({"机构名称": "facility", "就诊流水号": "number"}).write_csv(directory / "visits.csv")
    city.payments.select("injury", "decision", "item", "fen", "to", "day", "red").write_csv(directory / "payments.csv")
    heard = city.accidents.select("事故编号", "event", "occurred", "closed", "死亡", "重伤", "轻伤")
    heard.rename({"事故编号": "number", "死亡": "dead", "重伤": "serious", "轻伤": "minor"}).write_csv(directory / "accidents.csv")
    city.cards.write_csv(directory / "cards.csv")
    city.tests.write_csv(directory / "tests.csv")


FILES = "file,source,first,last,encoding,header_row,header_levels,rows,hidden,duplicates,quarantined,accepted,footer_right,totals"
OFTEN_EMPTY = ("new_name", "renamed", "new_town", "moved", "opened", "closed")


def _file(delivery: Delivery) -> tuple[str, ...]:
    sheet = delivery.sheet
    rows, repeated, faulty = len(delivery), len(delivery.repeated), len(delivery.lost)
    totals = json.dumps(sheet.totals or {}, ensure_ascii=False)
    encoding = "" if sheet.is_xlsx else sheet.layout.encoding
    values = (sheet.path, delivery.source, delivery.first, delivery.last, encoding, sheet.header_row(), sheet.levels(),
              rows, len(sheet.layout.hidden), repeated, faulty, rows - repeated - faulty, str(delivery.footer_right).lower(), totals)  # fmt: skip
    return tuple(str(v) for v in values)


def _mark(mark: Mark) -> tuple[str, ...]:
    """A row of dirt.csv; the clean value of a money column is shown in yuan."""
    clean = money(mark.clean) if mark.kind == "thousands" and isinstance(mark.clean, int) else mark.clean
    cells = (mark.file, mark.line, mark.column, mark.kind, mark.outcome, clean, mark.dirty)
    return tuple("" if c is None else str(c) for c in cells)


def _months(cal: Calendar, numbers: np.ndarray) -> list[str | None]:
    """First days of months by number; empty for never and for what was there from the beginning."""
    return [None if n < 0 or n >= NEVER else cal.first(int(n)).isoformat() for n in numbers]


def _enterprises(city: City) -> pl.DataFrame:
    firms, cal = city.firms, city.calendar
    return pl.DataFrame({
        "enterprise": np.arange(1, len(firms) + 1), "uscc": firms.uscc.tolist(),
        "insurance_number": firms.insurance.tolist(), "name": firms.name.tolist(),
        "new_name": [n if r < NEVER else None for n, r in zip(firms.new_name, firms.renamed, strict=True)],
        "renamed": _months(cal, firms.renamed), "town": [TOWNS[t].code for t in firms.town],
        "new_town": [TOWNS[t].code if m < NEVER else None for t, m in zip(firms.new_town, firms.moved, strict=True)],
        "moved": _months(cal, firms.moved), "industry": [TRADES[t].code for t in firms.trade],
        "size": np.rint(firms.size).astype(int), "insured": firms.insured, "opened": _months(cal, firms.opened),
        "closed": _months(cal, firms.closed), "agency": firms.group("dispatch"),
        "lookalike_of": [None if n < 0 else int(n) + 1 for n in firms.lookalike],
    }, schema_overrides=dict.fromkeys(OFTEN_EMPTY, pl.String))  # fmt: skip


def _rates(city: City) -> pl.DataFrame:
    firms, plan = city.firms, city.risk.programme
    member = np.isin(np.arange(len(firms)), plan.enterprises)
    return pl.DataFrame({
        "enterprise": np.arange(1, len(firms) + 1), "uscc": firms.uscc.tolist(),
        "industry": [TRADES[t].code for t in firms.trade], "industry_rate": [TRADES[t].rate for t in firms.trade],
        "risk": firms.risk.round(6), "rate": firms.rate().round(4), "programme": member,
        "rate_after": (firms.rate() * np.where(member, plan.factor, 1.0)).round(4),
    })  # fmt: skip


def _exposure(city: City) -> pl.DataFrame:
    work, cal = city.work, city.calendar
    enterprise, month = np.nonzero(work.heads)
    return pl.DataFrame({
        "enterprise": enterprise + 1, "month": cal.first_days[month], "headcount": work.heads[enterprise, month],
        "new_workers": work.new[enterprise, month], "expected": city.risk.expected[enterprise, month].round(6),
    })  # fmt: skip


def _injuries(city: City, sent: list[Delivery]) -> pl.DataFrame:
    """Every injury with the month of its first file and whether a faultless row of it was sent."""
    first: dict[int, str] = {}
    landed: set[int] = set()
    for delivery in (d for d in sent if d.source == "injury_recognition"):
        for row, injury in enumerate(delivery.subject.tolist()):
            first.setdefault(injury, delivery.first.isoformat())
            if row not in delivery.lost:
                landed.add(injury)
    order = city.claims["injury"].to_list()
    return city.claims.with_columns(
        pl.Series("first_file", [first.get(i) for i in order], dtype=pl.String),
        pl.Series("landed", [i in landed for i in order]),
    )


def _names(city: City, sent: list[Delivery], marks: list[Mark]) -> pl.DataFrame:
    """Names under which each enterprise stands in the files."""
    firms = city.firms
    now = firms.name_at(len(city.calendar.first_days) - 1)
    rows = {(str(u), str(n), "registered") for u, n in zip(firms.uscc, now, strict=True)}
    rows |= {(str(u), str(n), "former") for u, n, m in zip(firms.uscc, firms.name, now, strict=True) if n != m}
    frames = {d.sheet.path: d.sheet.frame for d in sent}
    for mark in marks:
        if mark.kind in ("name_variant", "broken_name"):
            rows.add((frames[mark.file]["统一社会信用代码"][mark.row], str(mark.dirty), "variant"))
    return pl.DataFrame(sorted(rows), schema=["uscc", "name", "kind"], orient="row")


def _city(city: City) -> dict[str, Any]:
    outbreak, plan, firms = city.risk.outbreak, city.risk.programme, city.firms
    return {
        "until": city.calendar.until.isoformat(), "first_month": city.calendar.first(city.calendar.start).isoformat(),
        "parameters": {
            "risk_shape": RISK_SHAPE, "tenure_ratio": risk.TENURE_RATIO, "new_worker_months": workforce.NEW_MONTHS,
            "workers_per_event": list(risk.HURT_SHARES), "commuting_rate": risk.COMMUTING_RATE,
            "illness_rate": risk.ILLNESS_RATE, "delay_median_days": claim_rules.DELAY_MEDIAN,
            "decision_median_days": claim_rules.DECISION_MEDIAN,
        },
        "outbreak": {
            "group": outbreak.group, "industries": sorted({TRADES[firms.trade[e]].code for e in outbreak.enterprises}),
            "town": TOWNS[outbreak.town].code, "first": outbreak.first.isoformat(), "last": outbreak.last.isoformat(),
            "expected_extra_events": round(float(outbreak.extra_expected), 3), "extra_events": outbreak.extra_events,
            "enterprises": [e + 1 for e in outbreak.enterprises],
        },
        "programme": {"enterprises": [e + 1 for e in plan.enterprises], "start": plan.start.isoformat(),
                      "factor": plan.factor, "uscc": firms.uscc[plan.enterprises].tolist()},
        "agencies": {str(a + 1): [int(h) + 1 for h in hosts] for a, hosts in city.hosts.items()},
    }  # fmt: skip
