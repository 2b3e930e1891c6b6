"""Files of other years and towns that are no more: 石塘镇 was merged into 东城街道 on 2026-01-01; the county was 980100 to 2001."""

from datetime import date

import pytest

from wushang.integrate.places import Places
from wushang.people.models import Region, RegionChange

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2025, 6, 1), date(2026, 3, 1)


@pytest.fixture
def merged(people):
    RegionChange.objects.create(on=date(2026, 1, 1), kind="区划调整", old="990100002", new="990100001")
    RegionChange.objects.create(on=date(2002, 1, 1), kind="同名改码", old="980100", new="990100")
    Region.objects.filter(code="990100002").update(valid_to=date(2025, 12, 31))


@pytest.mark.parametrize("said", ["石塘镇", "石塘", "990100002", "云溪市石塘镇"])
def test_a_word_of_a_merged_town_is_the_town_of_the_day(merged, said):
    towns = Places()
    assert (towns.known_town(said, BEFORE), towns.known_town(said, AFTER)) == ("990100002", "990100001")
    assert towns.known_town(said) == "990100001"  # who has no day means today


@pytest.mark.parametrize(("code", "region"), [("980100", "990100"), ("980100001", "990100001"), ("980200", "")])
def test_an_old_county_code_in_a_file_of_an_earlier_year_is_our_county(merged, code, region):
    assert Places().known_town(code, date(2000, 5, 1)) == region


def row(month: str) -> dict:
    values = {"name": "云溪甲杯业有限公司", "town": "石塘镇", "month": date.fromisoformat(month), "insured": 50}
    return {"key": month, "digest": month, "values": values, "personal": {}, "period": month[:7], "number": 1}


def test_headcounts_go_by_the_town_of_their_month(merged, send):
    from wushang.collect.handing import HandedRow
    from wushang.pool.models import Headcount

    send("Headcount", *(HandedRow(**row(month)) for month in ("2025-12-01", "2026-01-01")))
    assert list(Headcount.objects.order_by("month").values_list("region", flat=True)) == ["990100002", "990100001"]


def test_an_injury_keeps_the_town_of_its_day(merged, send):
    from wushang.collect.handing import HandedRow
    from wushang.pool.models import Report

    for day in ("2025-12-31", "2026-01-01"):
        values = {"name": "云溪甲杯业有限公司", "employer": "云溪甲杯业有限公司", "town": "石塘镇", "occurred": date.fromisoformat(day)}
        send("Report", HandedRow(day, day, values, {}, day[:7], 1))
    assert [r.values["region"] for r in Report.objects.order_by("pk")] == ["990100002", "990100001"]
