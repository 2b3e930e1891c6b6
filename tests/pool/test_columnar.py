"""Rows as Arrow say what the ledger says, whatever stands in them: commas, quotes, line ends, nothing and the empty text."""

from datetime import date

import pytest

from wushang.pool import columnar, landing
from wushang.pool.models import Enterprise, EnterpriseVersion, Injury, InjuryVersion
from wushang.pool.publishers import publications
from wushang.pool.tables import declared

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = ['甲,"乙"\n丙', "", "\\N", "NULL", "t", " 空格 ", "\t制表\r\n", "''"]


@pytest.fixture
def ledger(people, now):
    commit = landing.start("landing", "一", people.system.actor, now)
    for place, name in enumerate(NAMES):
        firm, hurt = Enterprise.objects.create(created=now), Injury.objects.create(created=now)
        landing.load(commit, EnterpriseVersion, [{"enterprise_id": firm.pk, "name": name, "plain_name": "x", "provisional": place % 2 == 0}])
        landing.load(commit, InjuryVersion, [{
            "injury_id": hurt.pk, "employer_id": firm.pk, "event": name or "e", "occurred": date(2026, 1, 1 + place), "status": "reported",
            "reported": None if place % 2 else date(2026, 2, 1), "hour": None if place % 3 else place, "situation": "14-1",
        }])  # fmt: skip
    landing.publish(commit, now)


@pytest.mark.parametrize("name", ["enterprises", "injuries"])
def test_every_value_is_that_of_the_ledger(ledger, name, monkeypatch):
    monkeypatch.setattr(columnar, "ROWS", 3)  # several parts
    rows, schema = publications()[name].select(publications()[name].numbered().order_by("pk")), declared()[name].schema
    said = [tuple(row.values()) for part in columnar.tables(rows, schema) for row in part.to_pylist()]
    assert said == list(rows) and len(said) == len(NAMES)


def test_no_rows_are_no_parts(people):
    one = publications()["injuries"]
    assert list(columnar.tables(one.select(one.numbered()), declared()["injuries"].schema)) == []
