"""What a delivery would add is what landing it adds, and looking ahead leaves no trace in the ledger."""

from datetime import date

import pytest
from deliveries import CUP, DOOR, Row, claim, insured, register
from django.apps import apps

from wushang.collect.handing import Handed
from wushang.integrate.expected import foresee
from wushang.pool import reading
from wushang.pool.models import Enterprise, EnterpriseVersion
from wushang.pool.tables import declared

pytestmark = pytest.mark.django_db(transaction=True)
SENDERS = {"Report": ("injury_recognition", "990100-hrss"), "Headcount": ("insurance_monthly", "990100-agency"),
           "RegisterEntry": ("register", "990100-market"), "DiseaseHazard": ("disease_hazards", "990100-health")}  # fmt: skip


def counts():
    return {model._meta.label: model.objects.count() for model in apps.get_models()}


@pytest.fixture
def ahead(now, people):
    """ahead("Report", row, …) → what they would change; every table of the ledger has as many rows as before."""

    def look(lands, *rows, whole=()):
        before = counts()
        source, sender = SENDERS[lands]
        found = foresee(Handed(lands, source, sender, "测试", 1, False, whole, frozenset(), list(rows)), now)
        assert counts() == before
        return found

    return look


def hazard(key, uscc=CUP, digest="h", **more):
    values = {"name": "云溪市恒岳杯业有限公司", "uscc": uscc, "kind": "over_limit", "factor": "噪声", "opened": date(2026, 2, 1)}
    return Row(key, digest, values | more)


NUMBERS = ("enterprise", "employer", "host", "injury", "event", "worker", "merged_into", "recorded", "superseded")


def plain(table, rows):
    """Rows as a sorted list of what stands in them besides numbers of our own."""
    names = [name for name, _type in declared()[table].columns if name not in NUMBERS]
    return sorted(repr([(name, row.get(name)) for name in names]) for row in rows)


def stands(table):
    pool = reading.for_enterprises(Enterprise.objects.values_list("pk", flat=True))
    return pool.fetch(pool.table(table)).to_pylist()


def after(table, found, before):
    """The rows of a table once the delivery has landed, from those before it."""
    key = declared()[table].columns[0][0]
    kept = [row for row in before if row[key] not in found.without.get(table, ())]
    return plain(table, [*kept, *found.added.get(table, [])])


DELIVERIES = {
    "a new claim of a known unit": ("Report", [claim("9号")], ()),
    "a new claim of an unknown unit": ("Report", [claim("9号", uscc="", employer_name="云溪市某某皮革厂", town="石塘镇")], ()),
    "a changed claim": ("Report", [claim("1号", "v2", conclusion="recognised", decided=date(2026, 4, 1))], ()),
    "a second report of the same injury": ("Report", [claim("8号", "b", kind="02")], ()),
    "a claim of a dispatched worker": ("Report", [claim("7号", "c", worker="", host_name="铭锐门业有限公司", host_uscc=DOOR)], ()),
    "a claim that is gone from its month": ("Report", [claim("5号", "d", worker="")], ("2026-03",)),
    "a month of staff": ("Headcount", [insured("7", 3, 60), insured("8", 3, 20, name="铭锐门业有限公司")], ("2026-03",)),
    "a month of staff again, one changed and one gone": ("Headcount", [insured("7", 1, 59)], ("2026-01",)),
    "a new hazard": ("DiseaseHazard", [hazard("h2", factor="粉尘")], ()),
    "a hazard that is closed": ("DiseaseHazard", [hazard("h1", digest="v2", closed=date(2026, 3, 1))], ()),
    "a rename in the register": ("RegisterEntry", [register(CUP, "云溪市恒悦杯业有限公司", "r2")], ()),
    "a new unit in the register": ("RegisterEntry", [register(DOOR, "铭锐门业有限公司", town="石塘镇")], ()),
}


@pytest.mark.parametrize("name", DELIVERIES)
def test_what_is_foreseen_is_what_landing_does(send, ahead, name):
    send("RegisterEntry", register(CUP, "云溪市恒岳杯业有限公司", insurance_number="7"))
    send("Headcount", insured("7", 1, 58), insured("8", 1, 21, name="铭锐门业有限公司"), insured("7", 2, 57))
    send("Report", claim("1号"), claim("2号", "b", worker="", situation="14-6"))
    send("DiseaseHazard", hazard("h1"))
    lands, rows, whole = DELIVERIES[name]
    found = ahead(lands, *rows, whole=whole)
    tables = ("enterprises", "injuries", "headcounts", "disease_hazards")
    wanted = {table: after(table, found, stands(table)) for table in tables}
    commit, outcome = send(lands, *rows, whole=whole)
    assert {table: plain(table, stands(table)) for table in tables} == wanted
    assert len(found.units) == len(outcome.touched)
    assert {unit for unit in found.units if unit > 0} <= outcome.touched


def test_an_unknown_unit_has_a_negative_number_a_name_and_is_unconfirmed(ahead):
    found = ahead("Report", claim("1号", uscc="", employer_name="云溪市某某皮革厂"))
    assert found.new == {-1: "云溪市某某皮革厂"}
    [unit], [injury] = found.added["enterprises"], found.added["injuries"]
    assert (unit["enterprise"], unit["provisional"]) == (-1, True)
    assert (injury["injury"], injury["enterprise"], injury["worker"], injury["status"]) == (-1, -1, -1, "reported")


def test_a_delivery_that_is_known_already_changes_nothing(send, ahead):
    send("Report", claim("1号"))
    found = ahead("Report", claim("1号"))
    assert (found.units, found.added["injuries"], found.without["injuries"]) == (set(), [], set())


def test_a_claim_that_changes_hands_touches_both_units(send, ahead):
    send("RegisterEntry", register(CUP, "云溪市恒岳杯业有限公司"), register(DOOR, "铭锐门业有限公司"))
    send("Report", claim("1号"))
    found = ahead("Report", claim("1号", "v2", uscc=DOOR, employer_name="铭锐门业有限公司"))
    assert found.units == set(EnterpriseVersion.objects.current().values_list("enterprise", flat=True))
    [injury] = found.added["injuries"]
    assert found.without == {"injuries": {injury["injury"]}}
