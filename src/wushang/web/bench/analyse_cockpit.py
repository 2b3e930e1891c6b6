"""All that 会商一页 and the wall show, read from the snapshot by a process that has never read it, beside the DuckDB SQL that
a person would write for the same figures; and once more, as the next who looks gets it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from wushang.people.models import Region
from wushang.people.scope import Scope
from wushang.pool import reading, reckoned, snapshot
from wushang.terms.period import Period, add_months
from wushang.web.bench import SCALES, Measured, made_snapshot, seconds
from wushang.web.meeting import figures, wall
from wushang.web.meeting.asked import Asked
from wushang.web.meeting.content import Content

IDS = {"analyse.cockpit_data": "sqlite"}
COLD, WARM = 0.5, 0.05  # seconds
TODAY, ASKED = date(2026, 11, 20), Asked(date(2026, 10, 1))
LIVE = "recorded <= {n} AND (superseded IS NULL OR superseded > {n})"
COUNTS = "status IN ('reported','accepted','recognised','deemed') AND reported IS NOT NULL"


def run(name: str, scale: str, folder: Path) -> Measured:
    city = Region.objects.create(code="990100", name="云溪市", kind="city")
    for n in range(16):
        Region.objects.create(code=f"990100{n + 1:03d}", name=f"第{n + 1}镇", kind="township", parent=city)
    manifest = made_snapshot.make(*SCALES[scale])
    _cockpit()  # what a server that stands has imported
    cursor = reading.open(Scope.system(), manifest=manifest).engine.connection.con.cursor()  # type: ignore[attr-defined]
    hand = seconds(lambda: [cursor.execute(sql).fetchall() for sql in _sql(manifest)], 3)
    cold, warm = seconds(_cold, 3), seconds(_cockpit, 3)
    total, counted = _cockpit(), cursor.execute(_total(manifest)).fetchone()
    if total != counted[0]:
        raise AssertionError(f"the page says {total}, the SQL {counted[0]}")
    units, months, injuries = SCALES[scale]
    note = f"{units:,} units × {months} months, {injuries:,} injuries; read again {warm * 1000:.0f} ms; baseline: SQL by hand"
    return Measured(cold, "s", hand, 2.0, note, tuple(_missed(scale, cold, warm)))


def _missed(scale: str, cold: float, warm: float) -> Iterator[str]:
    if cold > COLD:
        yield f"cold within {COLD * 1000:.0f} ms ({cold * 1000:.0f})"
    if warm > WARM:
        yield f"again within {WARM * 1000:.0f} ms ({warm * 1000:.0f})"


def _cold() -> None:
    """As after a new version of the data: nothing reckoned, no question written out."""
    figures._KEPT.clear()
    reckoned.forget()
    vars(reading.engine()._local).pop("texts", None)  # type: ignore[attr-defined]
    _cockpit()


def _cockpit() -> int:
    """Everything that the page and the wall draw; returns the total."""
    content = Content(reading.open(Scope.system(), verb="analyse.meeting"), ASKED, Scope.system(), TODAY)
    content.sentences(), content.towns(), content.trend(), content.bars(), content.basis(), content.headline()
    wall.area_map(content), wall.crossed(content)
    return content.figures.total.now


def _table(manifest: snapshot.Manifest, name: str) -> str:
    return f"(SELECT * FROM read_parquet({manifest.files(name)}) WHERE {LIVE.format(n=manifest.commit)})"


def _within(period: Period, column: str = "reported") -> str:
    return f"{column} BETWEEN '{period.start}' AND '{period.end}'"


def _sql(manifest: Any) -> list[str]:
    """Events by month, place, trade and cause; people; headcounts of both years; undated claims."""
    injuries, units, staff = (_table(manifest, name) for name in ("injuries", "enterprises", "headcounts"))
    line = Period(add_months(ASKED.end, -35), ASKED.period.end)
    placed = f"(SELECT enterprise u, region ur, industry ui FROM {units})"
    firsts = f"""SELECT event, min(reported) reported, arg_min(kind, injury) kind, arg_min(region, injury) region,
        arg_min(industry, injury) industry, arg_min(enterprise, injury) enterprise FROM {injuries} WHERE {COUNTS} GROUP BY event"""
    return [
        f"""SELECT date_trunc('month', reported), kind, coalesce(nullif(f.region,''), ur, ''), substr(coalesce(nullif(f.industry,''), ui, ''), 1, 3),
            count(*) FROM ({firsts}) f LEFT JOIN {placed} ON f.enterprise = u WHERE {_within(line)} GROUP BY ALL""",
        f"""SELECT coalesce(nullif(i.region,''), ur, ''), count(*), count(*) FILTER (severity = 'fatal'), count(*) FILTER (severity = 'serious'),
            count(*) FILTER (situation = '14-6') FROM {injuries} i LEFT JOIN {placed} ON i.enterprise = u
            WHERE {COUNTS} AND {_within(ASKED.period)} GROUP BY ALL""",
        *(f"SELECT region, sum(insured) FROM {staff} WHERE {_within(p, 'month')} GROUP BY ALL" for p in (ASKED.period, ASKED.last)),
        f"SELECT count(*) FROM {injuries} WHERE reported IS NULL AND {_within(ASKED.period, 'occurred')}",
    ]


def _total(manifest: Any) -> str:
    return f"SELECT count(*) FROM (SELECT min(reported) d FROM {_table(manifest, 'injuries')} WHERE {COUNTS} GROUP BY event) WHERE {_within(ASKED.period, 'd')}"
