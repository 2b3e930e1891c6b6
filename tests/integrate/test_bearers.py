"""Units found all at once by their code, and the same units one by one: the same answers, and nothing new to note of them."""

import random

import polars as pl
import pytest
from integrate.test_known import CODES, NAMES, REGIONS, invented

from wushang.integrate.bearers import borne
from wushang.integrate.models import Alias
from wushang.integrate.resolve import Named, Resolver
from wushang.pool import landing
from wushang.pool.models import Enterprise, EnterpriseVersion, FoundBy

pytestmark = pytest.mark.django_db(transaction=True)


def said(draw: random.Random) -> dict:
    name, number = draw.choice([*NAMES, "无名"]), draw.choice(["1", "2", "4", ""])
    return {"name": name or None, "uscc": draw.choice(CODES), "insurance_number": number or None, "town": None, "industry": ""}


@pytest.mark.parametrize("seed", range(25))
def test_those_found_all_at_once_are_those_found_one_by_one(people, now, seed):
    draw = random.Random(seed)
    commit = landing.start("landing", "测试", people.wangli.actor, now)
    units = [Enterprise.objects.create(created=now) for _ in range(draw.randrange(1, 9))]
    landing.load(commit, EnterpriseVersion, [{**invented(draw), "enterprise_id": unit.pk} for unit in units])
    for code in draw.sample(CODES, 3):
        Alias.objects.create(enterprise=draw.choice(units), kind="old_code", value=code, commit=commit)
    landing.publish(commit, now)
    rows = pl.DataFrame([said(draw) for _ in range(80)], schema_overrides={"town": pl.String}).unique(maintain_order=True)
    found, resolver = borne(rows), Resolver(commit, now)
    for one in found.iter_rows(named=True):
        named = Named(one["name"] or "", one["uscc"], one["insurance_number"] or "", draw.choice(REGIONS))
        assert resolver.known_by(named) == (one["enterprise_id"], FoundBy.USCC)
        resolver.resolve_all([named])
        assert resolver.known_region(one["enterprise_id"]) == one["own_region"]
    assert not resolver._new and not resolver._aliases


def test_a_code_with_another_name_or_number_is_left_to_be_looked_at(people, now):
    commit = landing.start("landing", "测试", people.wangli.actor, now)
    unit = Enterprise.objects.create(created=now)
    landing.load(commit, EnterpriseVersion, [{"enterprise_id": unit.pk, "name": "恒岳杯业", "plain_name": "恒岳杯业", "uscc": CODES[0],
                                              "region": "990100001", "insurance_number": "1"}])  # fmt: skip
    landing.publish(commit, now)
    rows = [("恒岳杯业", "1"), ("恒岳杯业", None), (None, "1"), ("恒岳", "1"), ("恒岳杯业", "2")]
    units = pl.DataFrame([{"name": name, "uscc": CODES[0], "insurance_number": number} for name, number in rows])
    assert borne(units).select("name", "insurance_number", "enterprise_id").rows() == [(*row, unit.pk) for row in rows[:3]]
