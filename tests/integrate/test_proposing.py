"""Which units are put before a person as perhaps one: by likeness of names, whichever of the two came first."""

import pytest
from deliveries import CUP, DOOR, insured, register

from wushang.integrate.deeds.merge_enterprises import KeepApart
from wushang.integrate.models import Candidate, PairRun
from wushang.integrate.proposing import propose_waiting
from wushang.pool.models import EnterpriseVersion
from wushang.pool.models.clock import latest
from wushang.terms.problem import Refused

pytestmark = pytest.mark.django_db(transaction=True)
RIGHT, WRONG, ALSO = "云溪市恒岳杯业有限公司", "云溪市恒悦杯业有限公司", "云溪市恒跃杯业有限公司"


def pairs():
    """Names of both sides, the less sure first."""
    names = dict(EnterpriseVersion.objects.current().values_list("enterprise", "name"))
    return sorted((names[one.left_id], names[one.right_id]) for one in Candidate.objects.all())


def test_a_register_row_that_comes_after_the_doubtful_unit_makes_the_pair_too(send):
    send("Headcount", insured("9", 1, 58, name=WRONG))
    assert pairs() == []
    send("RegisterEntry", register(CUP, RIGHT))
    assert pairs() == [(WRONG, RIGHT)]


def test_two_alike_new_units_of_one_delivery_make_a_pair_once(send, now):
    send("Headcount", insured("9", 1, 58, name=RIGHT), insured("10", 1, 3, name=WRONG))
    assert pairs() == [(WRONG, RIGHT)], "the later one is on the left"
    send("Headcount", insured("11", 1, 3, name=ALSO))
    assert pairs() == sorted([(WRONG, RIGHT), (ALSO, RIGHT), (ALSO, WRONG)])


def test_a_sure_unit_with_a_new_name_meets_the_doubtful_ones(send):
    send("RegisterEntry", register(CUP, "铭锐门业有限公司"))
    send("Headcount", insured("9", 1, 58, name=WRONG))
    assert pairs() == []
    send("RegisterEntry", register(CUP, RIGHT, "r2"))
    assert pairs() == [(WRONG, RIGHT)]


def test_two_codes_are_two_legal_persons(send):
    send("RegisterEntry", register(CUP, RIGHT), register(DOOR, WRONG))
    send("Headcount", insured("9", 1, 58, name="铭锐门业有限公司"))
    assert pairs() == []


def test_two_unsure_units_with_different_codes_are_not_proposed_but_one_beside_a_sure_unit_is(send):
    send("Headcount", insured("9", 1, 58, name=RIGHT, uscc=CUP), insured("10", 1, 3, name=WRONG, uscc=DOOR))
    assert pairs() == []
    send("RegisterEntry", register(CUP, RIGHT))
    send("Headcount", insured("11", 1, 3, name=ALSO))
    assert pairs() == sorted([(ALSO, RIGHT), (ALSO, WRONG)])


def test_what_a_person_decided_is_not_asked_again(send, people, now):
    send("RegisterEntry", register(CUP, RIGHT))
    send("Headcount", insured("9", 1, 58, name=WRONG))
    KeepApart(people.wangli.actor, now, Candidate.objects.get(), "两家不同的厂").do()
    PairRun.objects.all().delete()  # as if the look was never taken
    propose_waiting(now)
    assert Candidate.objects.get().state == "different"


def test_nothing_is_looked_at_twice(send, now):
    send("RegisterEntry", register(CUP, RIGHT))
    runs = PairRun.objects.count()
    assert propose_waiting(now) == 0
    assert PairRun.objects.count() == runs and PairRun.objects.first().commit == latest()


def test_how_alike_and_how_many_are_settings(send, settings):
    settings.WUSHANG_PAIR_LIKENESS = 0.99
    send("RegisterEntry", register(CUP, RIGHT))
    send("Headcount", insured("9", 1, 58, name=WRONG))
    assert pairs() == []


def test_keeping_apart_needs_a_reason_and_an_open_pair(send, people, now):
    send("RegisterEntry", register(CUP, RIGHT))
    send("Headcount", insured("9", 1, 58, name=WRONG))
    pair = Candidate.objects.get()
    with pytest.raises(Refused, match="没有写理由"):
        KeepApart(people.wangli.actor, now, pair, "  ").do()
    Candidate.objects.update(state="same")  # somebody else was quicker; the pair in hand does not know
    with pytest.raises(Refused, match="已经有人处理"):
        KeepApart(people.wangli.actor, now, pair, "两家不同的厂").do()
