"""Last year's first quarter as it was known a year before the data end: April's late reports were still to come then too."""

from collections.abc import Callable
from datetime import date

import pytest
from analyse.test_measures import injury, staff

from wushang.analyse import delivered
from wushang.analyse.cube import Asked, maturity, reckoning
from wushang.analyse.cube import compared as room
from wushang.analyse.cube.compared import Compared, compared
from wushang.pool.reading import Pool
from wushang.terms.period import Period

QUARTER = Period(date(2026, 1, 1), date(2026, 3, 31))
DATA_TO = date(2026, 4, 10)


def told(number: int, occurred: date, reported: date | None, recorded: int, **more) -> dict:
    return injury(number, occurred=occurred, reported=reported, recorded=recorded, **more)


# Versions of the data: 1 (units and what came before) on 2024-12-02, 2 on 2025-04-05, 3 on 2025-06-01, 4 on 2026-04-10.
ROWS = [
    told(1, date(2025, 1, 5), date(2025, 1, 20), 2),
    told(2, date(2025, 3, 5), date(2025, 4, 2), 2, superseded=3),  # counted then; refused in version 3
    told(2, date(2025, 3, 5), date(2025, 4, 2), 3, status="refused"),
    told(3, date(2025, 3, 20), date(2025, 4, 10), 3),  # applied for on the very day, came with version 3
    told(4, date(2025, 3, 21), date(2025, 4, 11), 3),
    told(5, date(2025, 3, 30), date(2025, 5, 2), 3, accepted=date(2025, 5, 9), status="accepted"),
    told(6, date(2025, 3, 31), None, 3),  # entered without an application: known at once
    told(7, date(2026, 2, 1), date(2026, 2, 3), 4),
    told(8, date(2026, 3, 1), date(2026, 4, 9), 4),
]


@pytest.fixture
def asked(pool_of: Callable[..., Pool], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Compared]:
    """asked(commits, against="last_year_then"): commits is a day → version list, as the clock of the ledger tells it."""
    monkeypatch.setattr(reckoning, "filled_tables", lambda _commit: frozenset({"injuries", "headcounts"}))
    monkeypatch.setattr(room, "data_day", lambda _pool: DATA_TO)
    monkeypatch.setattr(room, "came", lambda _commit: {delivered.INJURIES: set()})
    heads = [staff(m, 100, year=year) | {"recorded": 2 if year == 2025 else 4} for year in (2025, 2026) for m in (1, 2, 3)]
    pool = pool_of(injuries=ROWS, headcounts=heads, enterprises=[{"enterprise": 1}, {"enterprise": 2}])
    pool.commit = 4

    def ask(clock: list[tuple[date, int]], against: str = "last_year_then", **more) -> Compared:
        monkeypatch.setattr(maturity, "commit_on", lambda day: max([n for since, n in clock if since <= day], default=0))
        return compared(pool, Asked(("injured_cases", "incidence_rate"), QUARTER, **more), against)

    return ask


def cases(found: Compared) -> tuple[float | None, float | None]:
    last = found.last("injured_cases")
    return found.now.figure("injured_cases").value, last.value if last else None


ALWAYS = [(date(2024, 12, 2), 1), (date(2025, 4, 5), 2), (date(2025, 6, 1), 3), (date(2026, 4, 10), 4)]


def test_the_versions_say_what_was_known_then(asked) -> None:
    """By 10 April 2025 cases 1 and 2 had come, 2 not refused yet; today last year has 1, 3, 4, 5 and 6."""
    found = asked(ALWAYS)
    assert cases(found) == (2, 2) and "按 2025-04-10 所知" in found.how
    assert cases(asked(ALWAYS, against="last_year")) == (2, 5) and asked(ALWAYS, against="last_year").how == ""


def test_a_rate_of_then_stands_on_the_staff_of_then(asked) -> None:
    assert asked(ALWAYS).last("incidence_rate").value == pytest.approx(20.0)


def test_history_that_came_in_one_piece_is_cut_by_its_own_dates(asked) -> None:
    """The clock began in June 2025: by their dates 1, 3 and 6 were known on 10 April 2025; 4 and 5 came later, 2 was refused."""
    found = asked([(date(2025, 6, 1), 3), (date(2026, 4, 10), 4)])
    assert cases(found) == (2, 3) and "按申报日期推算" in found.how


def test_how_far_the_claim_had_come_is_dated_too(asked) -> None:
    """受理: case 5 was accepted on 9 May, so none a year before the data end; today there is one."""
    clock = [(date(2026, 4, 10), 4)]
    assert cases(asked(clock, status="accepted"))[1] == 0
    assert cases(asked(clock, "last_year", status="accepted"))[1] == 1


def test_without_a_day_to_which_the_data_reach_it_is_the_plain_comparison(asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "data_day", lambda _pool: None)
    assert cases(asked(ALWAYS)) == (2, 5)
