"""同行业、人数相近: the same days and the same kind of accident for all; nothing where it would tell of few or of anything."""

from datetime import date

import pytest
from rectify.place import Place

from wushang.analyse.measures import Ask
from wushang.analyse.peers import peers
from wushang.pool import snapshot
from wushang.rectify import happened
from wushang.warn.units import version_of

ASK = Ask(date(2026, 3, 20))
MONTH = [date(2026, 2, 1)]


@pytest.fixture
def place(people, now) -> Place:
    return Place(people, now)


def neighbours(place, *insured: int, industry: str = "C3389") -> list:
    made = []
    for n, people in enumerate(insured):
        unit = place.enterprise(f"邻厂{industry}{n}", "990100001", industry=industry)
        place.staff(MONTH, people, at=unit)
        made.append(unit)
    return made


def told(place, insured: int | None = 58, ask: Ask = ASK):
    snapshot.build(place.now)
    found = peers(version_of(place.cup.pk), insured, ask)
    return (found.units, found.low, found.high) if found else None


def test_units_of_the_division_from_half_to_twice_as_many_people_are_alike(place):
    neighbours(place, 29, 40, 58, 90, 116, 28, 117)  # the last two are too small and too large
    neighbours(place, 58, 58, industry="E4710")
    assert told(place) == (5, 0, 0)


def test_they_are_counted_as_the_unit_itself_is(place):
    one, *_rest = neighbours(place, 29, 40, 58, 90, 116)
    place.injure(date(2026, 2, 2), at=one)
    place.injure(date(2026, 2, 3), at=one, at_work=False)  # on the way to work
    place.injure(date(2025, 12, 31), at=one)
    place.injure(date(2026, 3, 1), at=one, status="refused", recognised=None)
    assert told(place) == (5, 0, 1)
    assert told(place, ask=Ask(date(2026, 3, 20), scope="all")) == (5, 0, 2)


def test_too_few_or_too_different_units_tell_nothing(place):
    four = neighbours(place, 40, 50, 60, 70)
    assert told(place) is None
    neighbours(place, 80, industry="C3381")
    assert told(place) == (5, 0, 0)
    place.injure(date(2026, 2, 2), date(2026, 2, 3), date(2026, 2, 4), at=four[0])
    assert told(place) is None  # 0～3 起 says of nobody what is usual


def test_without_a_number_of_people_nothing_is_compared(place):
    neighbours(place, 29, 40, 58, 90, 116)
    assert told(place, insured=None) is None


def test_the_units_page_puts_its_own_count_beside_it(place):
    neighbours(place, 29, 40, 58, 90, 116)
    place.staff(MONTH, 58)
    place.injure(date(2026, 1, 5), date(2026, 2, 6), date(2026, 3, 7))
    warning = place.warning("red")
    snapshot.build(place.now)
    said = "".join(part["t"] for part in happened.parts(warning))
    assert said.endswith("您单位参保 58 人，发生 3 起；同行业、参保 29～116 人的 5 家单位同期都是 0 起。")
