"""Units looked up by index and units read all at once answer alike; a single entry is not let wait for all of them."""

import random

import pytest
from deliveries import CUP, DOOR, claim, insured, register
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wushang.integrate import known
from wushang.integrate.deeds.merge_enterprises import MergeEnterprises
from wushang.integrate.models import Alias, Candidate
from wushang.integrate.resolve import Named, Resolver
from wushang.pool import landing
from wushang.pool.models import Commit, Enterprise, EnterpriseVersion, FoundBy, Headcount, Report, Visit
from wushang.terms.identifiers import make_org_code, make_uscc

pytestmark = pytest.mark.django_db(transaction=True)
CODES = [make_uscc("91990100" + make_org_code(f"MA2{n:03}AB")) for n in range(12)]
NAMES = ["恒岳杯业有限公司", "铭锐门业有限公司", "石塘五金厂", "东城包装厂", "老岳杯厂", ""]
REGIONS = ["990100001", "990100002", "990200001", ""]


def invented(draw: random.Random) -> dict:
    name = draw.choice(NAMES)
    return {"name": name or "无名", "plain_name": name, "uscc": draw.choice([*CODES[:8], ""]), "region": draw.choice(REGIONS),
            "insurance_number": draw.choice(["1", "2", "3", ""])}  # fmt: skip


def asked(draw: random.Random) -> Named:
    name = draw.choice(NAMES)
    return Named(draw.choice(["", "云溪市"]) + name if name else "", draw.choice([*CODES, "", "not a code"]),
                 draw.choice(["1", "2", "3", "4", ""]), draw.choice(REGIONS))  # fmt: skip


@pytest.mark.parametrize("seed", range(25))
def test_looking_up_by_index_answers_like_reading_all(people, now, seed):
    draw = random.Random(seed)
    commit = landing.start("landing", "测试", people.wangli.actor, now)
    units = [Enterprise.objects.create(created=now) for _ in range(draw.randrange(1, 9))]
    landing.load(commit, EnterpriseVersion, [{**invented(draw), "enterprise_id": unit.pk} for unit in units])
    for _ in range(draw.randrange(6)):
        kind = draw.choice(["name", "insurance_number", "old_code"])
        value = draw.choice({"name": NAMES[:5], "insurance_number": ["1", "4"], "old_code": CODES[6:]}[kind])
        Alias.objects.get_or_create(enterprise=draw.choice(units), kind=kind, value=value, defaults={"commit": commit})
    landing.publish(commit, now)
    whole, single = Resolver(commit, now), Resolver(commit, now)
    whole._known.read_all()
    for said in [asked(draw) for _ in range(40)]:  # one by one, so that what was met before is of every kind
        assert single.known_by(said) == whole.known_by(said), said
    together = Resolver(commit, now)
    said = [asked(draw) for _ in range(40)]
    together.meet(said)
    assert [together.known_by(one) for one in said] == [whole.known_by(one) for one in said]


def test_one_entry_reads_the_units_it_may_mean_and_no_others(send, monkeypatch):
    send("RegisterEntry", register(CUP, "云溪市恒岳杯业有限公司"), register(DOOR, "铭锐门业有限公司"))
    monkeypatch.setattr(known.KnownUnits, "read_all", lambda _self: pytest.fail("all units were read"))
    with CaptureQueriesContext(connection) as seen:
        send("Report", claim("1号"), claim("2号", "b", worker="", uscc="", employer_name="没有人知道的厂"))
    assert len(seen) < 120


def test_who_asks_one_by_one_for_many_gets_them_all(send, now):
    send("RegisterEntry", register(CUP, "云溪市恒岳杯业有限公司"))
    resolver = Resolver(Commit(), now)
    for n in range(known.CALLS + 1):
        assert resolver.known(Named(f"厂{n}")) is None
    assert resolver._known.whole and resolver.known(Named(uscc=CUP))


def rule_of(model, key):
    return FoundBy(model.objects.current().get(key__startswith=key).found_by)


def test_each_row_keeps_by_which_rule_it_found_its_unit(send, people, now):
    send("RegisterEntry", register(CUP, "云溪市恒岳杯业有限公司", insurance_number="330001", former_names="老岳杯厂"))
    send(
        "Headcount", insured("8", 1, 1, uscc=CUP, name="写错的名"), insured("330001", 2, 2, name="又写错"), insured("", 3, 3),
        insured("", 4, 4, name="老岳杯厂"), insured("77", 5, 5, name="恒悦杯业有限公司"),
    )  # fmt: skip
    found = {month: rule_of(Headcount, f"2026-0{month}") for month in range(1, 6)}
    assert found == {1: FoundBy.USCC, 2: FoundBy.NUMBER, 3: FoundBy.NAME, 4: FoundBy.ALIAS, 5: FoundBy.NEW}
    send("Report", claim("1号", employer_name="写错的名", uscc=""))
    assert rule_of(Report, "1号") == FoundBy.ALIAS, "an earlier file wrote it so, beside the code"
    pair = Candidate.objects.get()
    MergeEnterprises(people.wangli.actor, now, pair.right, pair.left, "同一地址").do()
    assert rule_of(Headcount, "2026-05") == FoundBy.PERSON


def test_a_row_that_names_no_unit_has_no_rule_until_the_register_brings_it(people, now, send):
    from wushang.integrate.delivery import Row
    from wushang.integrate.land import Order, land

    row = Row("v1", "d", {"name": "恒岳杯业有限公司", "visited": "2026-03-06", "facility": "人民医院"}, {"worker": "张三"})
    land(Order("Visit", "hospital_visits", "990100-health", "测试"), [row], people.wangli.actor, now)
    assert Visit.objects.current().get().found_by is None
    send("RegisterEntry", register(CUP, "云溪市恒岳杯业有限公司"))
    assert rule_of(Visit, "v1") == FoundBy.NAME
