"""启用日期: what happened, was found, or was imported as history before the day of force counts, and never warns."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

import ibis

from wushang.analyse.measures import measures
from wushang.analyse.values import filled_tables, values
from wushang.judge.few import Few
from wushang.judge.judging import ask, these
from wushang.judge.pack import Pack
from wushang.pool.models import DiseaseHazard, InjuryVersion
from wushang.pool.reading import Pool


def news(pack: Pack, pool: Pool, as_of: date, since: date, units: list[int]) -> tuple[set[int], set[int]]:
    """Of these units: where something that counts happened on or after `since`; and where only imported history did."""
    if not units:
        return set(), set()
    imported = imported_injuries(since, units)
    struck = injured(pack, pool, as_of, since, units, imported) | endangered(pack, since, units, historical=False)
    by_history = endangered(pack, since, units, historical=True)
    if imported:
        by_history |= injured(pack, pool, as_of, since, units, frozenset())
    return struck, by_history - struck


def imported_injuries(since: date, units: list[int]) -> frozenset[int]:
    """Injuries since the day of force that came in as history, whatever corrected them later."""
    # units are compared here, not in SQL: a first run names tens of thousands, more than SQLite takes in one query
    rows = InjuryVersion.objects.filter(occurred__gte=since, recorded__historical=True)
    wanted = set(units)
    triples = rows.values_list("injury", "employer", "host").iterator()
    return frozenset(injury for injury, employer, host in triples if employer in wanted or host in wanted)


def injured(pack: Pack, pool: Pool, as_of: date, since: date, units: list[int], without: frozenset[int]) -> set[int]:
    """Units that have an injury which the policy counts and which happened since."""
    asks = {
        code: (use.measure, replace(ask(use, as_of), not_before=since, without=without))
        for code, use in pack.measures.items()
        if measures()[use.measure].of_injuries
    }
    if not asks:
        return set()
    named, filled = isinstance(pool, Few) and not without, filled_tables(pool.commit) | pool.more
    if isinstance(pool, Few):
        pool.put({table for code, _ask in asks.values() for table in measures()[code].tables} | {"enterprises"})

    def struck() -> ibis.Table:
        some = pool.table("enterprises") if named else these(pool, pool.table("enterprises"), units)
        table = values(pool, asks, some, filled)
        return table.filter(ibis.or_(*[(table[name] > 0).fill_null(False) for name in asks])).select("enterprise")

    name = hashlib.sha256(f"{pack.text}|{as_of}|{since}|{sorted(filled)}".encode()).hexdigest()[:16]
    found = pool.fetch(pool.view(f"struck_{name}", struck) if named else struck())
    return set(found["enterprise"].to_pylist()) & set(units)


def endangered(pack: Pack, since: date, units: list[int], historical: bool) -> set[int]:
    """Units with a hazard found since, if the policy looks at hazards."""
    if all(use.measure != "disease_hazards" for use in pack.measures.values()):
        return set()
    rows = DiseaseHazard.objects.current().filter(opened__gte=since, recorded__historical=historical)
    return set(rows.values_list("enterprise", flat=True)) & set(units)
