"""The meeting page lists the towns that stood in its period: 石塘镇 was merged into 东城街道 on 2026-01-01."""

from datetime import date

import pytest

from wushang.people.models import Region
from wushang.terms.period import Period
from wushang.web.meeting.content import area_towns

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("start", "end", "towns"),
    [
        (date(2025, 10, 1), date(2025, 12, 31), ["东城街道", "石塘镇"]),
        (date(2025, 12, 1), date(2026, 1, 31), ["东城街道", "石塘镇"]),  # for half of it
        (date(2026, 1, 1), date(2026, 3, 31), ["东城街道"]),
    ],
)
def test_a_town_that_is_no_more_is_listed_in_the_months_it_stood(people, start, end, towns):
    Region.objects.filter(code="990100002").update(valid_to=date(2025, 12, 31))
    assert list(area_towns(people.shenzhiyuan.actor.scope, Period(start, end)).values()) == towns
