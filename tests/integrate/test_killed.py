"""A landing, a withdrawal and a merge, killed at every statement: afterwards done anew, the outcome is the same."""

from datetime import date, timedelta
from functools import partial

import pytest
from crash import killed, statements_of
from deliveries import CUP, claim, insured, register

from wushang.integrate.deeds.merge_enterprises import MergeEnterprises
from wushang.integrate.models import Candidate
from wushang.integrate.undo import undo
from wushang.pool import landing
from wushang.pool.models import Commit, EnterpriseVersion, Headcount, InjuryVersion, Report

pytestmark = pytest.mark.django_db(transaction=True)


def state():
    """What everybody sees, by names instead of ids, and that the clock has no gap."""
    numbers = list(Commit.objects.exclude(number=None).values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    return {
        "enterprises": sorted(EnterpriseVersion.objects.current().values_list("name", "uscc", "provisional")),
        "heads": sorted(Headcount.objects.current().values_list("key", "insured")),
        "reports": sorted(Report.objects.current().values_list("key", "digest")),
        "injuries": sorted(InjuryVersion.objects.current().values_list("occurred", "status")),
        "commits": len(numbers),
    }


def recovered(now, work):
    landing.clear_dead(now + timedelta(hours=1))
    work()
    return state()


def test_a_landing_killed_at_any_statement_loses_and_doubles_nothing(send, people, now):
    send("RegisterEntry", register(CUP, "云溪市恒岳杯业有限公司"))
    send("Report", claim("1号"))

    def rows(n):
        return [claim("1号", f"v{n}", conclusion="recognised", decided=date(2026, 4, 1)), claim(f"n{n}", "b", worker="")]

    work = min(statements_of(lambda n=n: send("Report", *rows(n), alone=True)) for n in (-1, 0))  # the very first has more to do
    assert work > 15
    for statement in range(work):
        before, landing_now = state(), partial(send, "Report", *rows(statement + 1), alone=True)
        assert killed(landing_now, statement), statement
        during = state()
        assert during == before or during["commits"] == before["commits"] + 1, statement
        after = recovered(now, landing_now)
        assert after["commits"] == before["commits"] + 1
        assert len(after["reports"]) == len(before["reports"]) + 1
        assert len(after["injuries"]) == len(before["injuries"]) + 1
    assert not Commit.objects.filter(number=None).exists()


def test_a_withdrawal_killed_at_any_statement_is_done_once(send, people, now):
    send("Headcount", insured("1", 1, 58, uscc=CUP), whole=("2026-01",))

    def withdraw(commit):
        if not Commit.objects.filter(kind="withdrawal", title=f"撤回{commit.pk}").exclude(number=None).exists():
            undo(commit, "withdrawal", f"撤回{commit.pk}", people.wangli.actor, now)

    wrong, _ = send("Headcount", insured("1", 1, 1000, uscc=CUP), whole=("2026-01",))
    work = statements_of(lambda: withdraw(wrong))
    for statement in range(work):
        wrong, _ = send("Headcount", insured("1", 1, 2000 + statement, uscc=CUP), whole=("2026-01",))
        killed(lambda w=wrong: withdraw(w), statement)
        after = recovered(now, lambda w=wrong: withdraw(w))
        assert [heads for _, heads in after["heads"]] == [58]


def test_a_merge_killed_at_any_statement_happens_wholly_or_not_at_all(send, people, now):
    send("RegisterEntry", register(CUP, "云溪市恒岳杯业有限公司"))
    send("Headcount", insured("9", 1, 58, name="云溪市恒悦杯业有限公司"))
    send("Report", claim("1号", uscc="", employer_name="云溪市恒悦杯业有限公司"))
    pair, before = Candidate.objects.get(), state()
    deed = MergeEnterprises(people.wangli.actor, now, pair.right, pair.left, "同一地址")
    for statement in range(200):
        if not killed(deed.do, statement):
            break
        assert state() == before
    assert set(Headcount.objects.current().values_list("enterprise", flat=True)) == {pair.right_id}
