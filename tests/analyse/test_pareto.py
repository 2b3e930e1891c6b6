"""一企一查 of one unit from the ledger's rows: workshops, posts and tenure, counted as its measures count them."""

from datetime import date

import pytest

from wushang.analyse.measures import Ask
from wushang.analyse.pareto import of_unit
from wushang.pool import landing
from wushang.pool.models import Enterprise, Injury, InjuryVersion

pytestmark = pytest.mark.django_db(transaction=True)
YEAR = Ask(date(2026, 3, 20))


def landed(people, now, unit: int, *rows: dict) -> int:
    """These injuries of a unit as one commit; its number."""
    commit = landing.start("landing", "工伤", people.system.actor, now)
    told = {"employer_id": unit, "occurred": date(2026, 2, 1), "status": "reported", "at_work": True, "severity": "minor"}
    landing.load(commit, InjuryVersion, [
        {"injury_id": (pk := Injury.objects.create(created=now).pk), "event": f"e{pk}"} | told | row for row in rows
    ])  # fmt: skip
    return landing.publish(commit, now)


def told(rows) -> list[tuple[str, int, str]]:
    return [(row.name, row.cases, str(row.share)) for row in rows]


@pytest.fixture
def units(people, now) -> tuple[int, int]:
    return tuple(Enterprise.objects.create(created=now).pk for _ in range(2))


def test_workshops_of_what_counts_at_the_unit(people, now, units) -> None:
    """Four count: 金工 twice, one without a word, one dispatched from the other unit; not the commuting, the refused, last year's,
    nor the own worker hurt at the other unit."""
    cup, other = units
    known = landed(
        people, now, cup,
        {"workshop": "金工车间"}, {"workshop": "金工车间 "}, {"workshop": ""}, {"workshop": "焊接车间", "employer_id": other, "host_id": cup},
        {"workshop": "金工车间", "at_work": False}, {"workshop": "金工车间", "status": "refused"},
        {"workshop": "金工车间", "occurred": date(2025, 12, 31)}, {"workshop": "金工车间", "host_id": other},
    )  # fmt: skip
    assert told(of_unit(cup, "workshop", YEAR, known)) == [("金工车间", 2, "50.00"), ("焊接车间", 1, "25.00"), ("不详", 1, "25.00")]
    assert sum(row.cases for row in of_unit(cup, "workshop", Ask(date(2026, 3, 20), scope="all"), known)) == 5
    assert sum(row.cases for row in of_unit(cup, "workshop", Ask(date(2026, 3, 20), status="accepted"), known)) == 0
    assert told(of_unit(other, "workshop", YEAR, known)) == [("金工车间", 1, "100.00")]


def test_how_long_employed_in_the_bands_of_the_cube(people, now, units) -> None:
    days = (0, 29, 30, 89, 90, 179, 180, 364, 365, 1094, 1095, 3649, 3650, None)
    known = landed(people, now, units[0], *[{"tenure_days": n} for n in days])
    assert [(row.name, row.cases) for row in of_unit(units[0], "tenure", YEAR, known, shown=9)] == [
        (name, 2) for name in sorted(("不满1个月", "1—3个月", "3—6个月", "6个月—1年", "1—3年", "3—10年"))
    ] + [("10年及以上", 1), ("不详", 1)]


def test_posts_as_they_were_known_then(people, now, units) -> None:
    before = landed(people, now, units[0], {"post": "冲床工"})
    after = landed(people, now, units[0], {"post": "焊工"})
    assert told(of_unit(units[0], "post", YEAR, before)) == [("冲床工", 1, "100.00")]
    assert len(of_unit(units[0], "post", YEAR, after)) == 2
