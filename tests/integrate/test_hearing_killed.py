"""What follows a landing (pairs, linked reports), killed at any statement: done anew it comes out the same, once."""

from datetime import timedelta

import pytest
from crash import deaths
from deliveries import CUP, claim, insured, register

from wushang.integrate.delivery import Row
from wushang.integrate.hearing import hear_waiting
from wushang.integrate.land import Order, land
from wushang.integrate.models import Candidate, Link, PairRun
from wushang.integrate.proposing import propose_waiting
from wushang.people.models import Lease
from wushang.pool import landing
from wushang.pool.models import Commit, InjuryVersion
from wushang.pool.models.clock import latest

pytestmark = pytest.mark.django_db(transaction=True)
PARTS = {"S00.1": "头部", "S10.1": "颈部"}


def test_hearing_killed_at_any_statement_gives_the_injury_its_part_once(send, people, now):
    send("Report", claim("1号", part=""))
    injury = InjuryVersion.objects.current().get().injury
    Link.objects.create(what="visit", source="hospital_visits", sender="990100-health", key="v", injury=injury, state=Link.LINKED,
                        how="exact", probability=1, commit=1, found=now)  # fmt: skip
    later, said = now + timedelta(hours=1), list(PARTS)

    def visit(piece):
        row = Row("v", f"d{piece}", {"number": "v", "facility": "医院", "visited": "2026-03-06"}, {"worker": "张三", "diagnosis": said[piece % 2]})
        land(Order("Visit", "hospital_visits", "990100-health", "测试"), [row], people.wangli.actor, now)
        return lambda: hear_waiting(now)

    for piece in deaths(visit):
        landing.clear_dead(later)
        hear_waiting(later)
        assert InjuryVersion.objects.current().get().part == PARTS[said[piece % 2]]
        assert not Link.objects.filter(told=False).exists() and not Commit.objects.filter(number=None).exists()
        assert hear_waiting(later) == 0
        Lease.objects.all().delete()  # what the dead one held has run out: every piece begins alike


def test_proposing_killed_at_any_statement_makes_each_pair_once(send, people, now):
    send("RegisterEntry", register(CUP, "云溪市恒岳杯业有限公司"))
    later = now + timedelta(hours=1)

    def unit(piece):
        row = insured(f"9{piece}", 1, 5, name=f"云溪市恒{'悦跃越月粤'[piece % 5]}杯业有限公司{'一二三四五六七八'[piece % 8]}厂")
        land(Order("Headcount", "insurance_monthly", "990100-agency", "测试"), [row], people.wangli.actor, now)
        return lambda: propose_waiting(now)

    for _piece in deaths(unit):
        propose_waiting(later)
        assert PairRun.objects.first().commit == latest()
        pairs = [frozenset(both) for both in Candidate.objects.values_list("left", "right")]
        assert len(set(pairs)) == len(pairs)
    assert pairs
