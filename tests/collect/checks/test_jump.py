"""A figure against what was last known of the same unit, by the ledger's own history."""

from datetime import date

import polars as pl
import pytest

from wushang.collect import known
from wushang.collect.checking import check_file
from wushang.collect.source import shipped
from wushang.people.actor import Actor
from wushang.pool import landing
from wushang.pool.models import Enterprise, Headcount
from wushang.terms.period import Period

HEADER = "所属期,单位编号,单位名称,参保人数,工资总额,参保方式"
AS_OF = date(2026, 4, 15)


def told(lines, history):
    source = shipped()["insurance_monthly"]
    content = "\n".join([HEADER, *lines]).encode()
    checked = check_file(content, "参保202603.csv", source, AS_OF, history=history)
    return [(r.row, r.field, r.severity, r.problem.why) for r in checked.remarks if r.problem.code == "jump"]


def before(*rows):
    schema = {"whose": pl.String, "since": pl.String, "insured": pl.Int64, "wages": pl.Int64}
    frame = pl.DataFrame(list(rows), schema=schema, orient="row")
    return lambda source, period: frame


def test_ten_times_as_many_people_as_last_month_are_asked_about_with_both_figures():
    history = before(("1|", "2026-02", 58, None), ("2|", "2026-02", 58, None), ("3|", "2026-01", 2, None))
    lines = ["202603,1,甲,580,,", "202603,2,乙,579,,", "202603,3,丙,20,,", "202603,4,丁,5000,,"]
    assert told(lines, history) == [(2, "insured", "warn", "上次（2026-02）是 58，本次是 580")]


def test_a_tenth_and_wages_in_another_unit_are_asked_about():
    history = before(("1|unit", "2026-02", 580, 12_000_000_00))
    assert told(["202603,1,甲,0,1200,按单位"], history) == [
        (2, "insured", "warn", "上次（2026-02）是 580，本次是 0"),
        (2, "wages", "warn", "上次（2026-02）是 12,000,000.00，本次是 1,200.00"),
    ]


def test_without_history_nothing_is_said():
    assert told(["202603,1,甲,58000,,"], None) == []


@pytest.mark.django_db
def test_the_ledger_tells_the_newest_figure_of_each_unit(now):
    commit = landing.start("landing", "往月", Actor.system(), now)
    unit = Enterprise.objects.create(created=now).pk
    said = [("2025-11", "1|", 5), ("2026-01", "1|", 6), ("2026-02", "1|", 7), ("2026-01", "2|unit", 8), ("2026-03", "1|", 9)]
    landing.load(commit, Headcount, [_fact(unit, *one) for one in said])
    landing.publish(commit, now)
    march = Period(date(2026, 3, 1), date(2026, 3, 31))
    source = shipped()["insurance_monthly"]
    found = known.history_of("990100-agency")(source, march)
    assert sorted(found.select("whose", "since", "insured").rows()) == [("1|", "2026-02", 7), ("2|unit", "2026-01", 8)]
    assert known.history_of("990100-tax")(source, march).is_empty()
    assert known.history_of("990100-agency")(replace_period(source), march).is_empty()


def replace_period(source):
    """The same source without a month of its own."""
    return source.model_copy(update={"period": ""})


def _fact(unit, month, whose, insured):
    return {
        "source": "insurance_monthly", "sender": "990100-agency", "key": f"{month}|{whose}", "digest": "0" * 40, "batch": 1,
        "period": month, "enterprise_id": unit, "month": date.fromisoformat(f"{month}-01"), "insured": insured,
    }  # fmt: skip
