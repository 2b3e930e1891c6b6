"""Several at once on one ledger: nothing lands twice, no number twice or skipped, no message twice, one builder."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from deliveries import CUP, claim, insured, register
from django.db import connection, connections
from warn.conftest import World
from warn.conftest import advance as advance  # noqa: F401 - a fixture
from warn.conftest import drafted as drafted  # noqa: F401 - a fixture

from wushang.collect.deeds import receive_file
from wushang.collect.deeds.check_batch import check_waiting
from wushang.collect.deeds.confirm_batch import ConfirmBatch
from wushang.collect.deeds.receive_file import ReceiveFile
from wushang.collect.inforce import in_force
from wushang.collect.models import Batch
from wushang.integrate import land as landing_room
from wushang.integrate.deeds.merge_enterprises import MergeEnterprises
from wushang.integrate.land import Order, land
from wushang.integrate.models import Candidate
from wushang.integrate.proposing import propose_waiting
from wushang.integrate.waiting import land_waiting
from wushang.people.actor import Actor
from wushang.people.models import AuditEntry, Department, User
from wushang.people.scope import Scope
from wushang.pool import landing, reading, snapshot
from wushang.pool.models import Commit, Enterprise, EnterpriseVersion, Headcount, InjuryVersion, Report
from wushang.terms.problem import Refused
from wushang.warn import tell
from wushang.warn.deeds.number_letter import NumberLetter
from wushang.warn.drafting import draft_findings
from wushang.warn.models import Delivery, InboxItem, LetterNumber, Push, StartDay, Warning
from wushang.warn.outbox import deliver_some
from wushang.warn.pushing import push_commits

pytestmark = pytest.mark.django_db(transaction=True)
CLAIMS = "受理编号,单位名称,统一社会信用代码,姓名,证件号码,事故时间,申请日期"


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """All begin together, each on its own connection; returns what each gave or raised, in their order."""
    gate, given = threading.Barrier(len(works)), [None] * len(works)

    def run(place: int, work: Callable[[], Any]) -> None:
        gate.wait()
        try:
            given[place] = work()
        except Exception as raised:
            given[place] = raised
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return given


def in_processes(work: Callable[[], object], many: int) -> list[int]:
    """The same work in children at once (only work without polars and DuckDB may be forked); their exit codes."""
    connections.close_all()
    children = []
    for _ in range(many):
        if (child := os.fork()) == 0:
            try:
                work()
                connections.close_all()
                os._exit(0)
            except BaseException:
                os._exit(1)
        children.append(child)
    return [os.waitpid(child, 0)[1] for child in children]


def several(work: Callable[[], object], many: int = 2) -> None:
    """Threads on PostgreSQL, processes on SQLite; each must end well."""
    if connection.vendor == "sqlite":
        assert in_processes(work, many) == [0] * many
    else:
        raised = [given for given in at_once(*[work] * many) if isinstance(given, Exception)]
        assert not raised, raised


def confirmed(people, now, files: Iterable[int]) -> None:
    sender = Department.objects.get(code="990100-hrss")
    for n in files:
        text = f"{CLAIMS}\n{n}号,甲公司,,张三,,2026-03-{n + 1:02},2026-03-19"
        ReceiveFile(people.wangli.actor, now, text.encode(), f"{n}.csv", sender).do()
    check_waiting(now)
    for batch in Batch.objects.order_by("pk"):
        ConfirmBatch(people.wangli.actor, now, batch).do()


def numbers_are_gapless() -> None:
    numbers = list(Commit.objects.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_two_workers_land_each_delivery_once(people, now):
    confirmed(people, now, range(8))
    at_once(lambda: land_waiting(now), lambda: land_waiting(now))
    land_waiting(now)
    assert set(Batch.objects.values_list("state", flat=True)) == {"landed"}
    assert sorted(Report.objects.current().values_list("key", flat=True)) == [f"{n}号" for n in range(8)]
    assert InjuryVersion.objects.current().count() == 8
    assert EnterpriseVersion.objects.current().count() == 1, "two files made the same unit twice"
    assert AuditEntry.objects.filter(verb="integrate.land").count() == 8
    numbers_are_gapless()


def test_two_workers_check_a_file_once(people, now):
    sender = Department.objects.get(code="990100-hrss")
    text = f"{CLAIMS}\n1号,甲公司,,张三,,2026-13-01,2026-03-19"
    batch = ReceiveFile(people.wangli.actor, now, text.encode(), "a.csv", sender).do()
    given = at_once(lambda: check_waiting(now), lambda: check_waiting(now))
    assert sorted(given) == [0, 1]
    batch.refresh_from_db()
    assert (batch.state, batch.quarantined.count()) == ("checked", 1)


@pytest.mark.parametrize("second", ["", "zhaomin"], ids=["two clicks", "two people"])
def test_a_file_uploaded_twice_at_once_is_one_delivery(people, now, monkeypatch, second):
    """Both look for the same file before either has kept it, if they can."""
    looked, real = threading.Barrier(2), receive_file.same_file

    def same_file(*args):
        found = real(*args)
        with contextlib.suppress(threading.BrokenBarrierError):
            looked.wait(timeout=1)
        return found

    monkeypatch.setattr(receive_file, "same_file", same_file)
    sender = Department.objects.get(code="990100-hrss")
    text = f"{CLAIMS}\n1号,甲公司,,张三,,2026-03-01,2026-03-19".encode()
    in_force("injury_recognition", now)  # the first use of a source would keep the second waiting by itself
    wangli = people.wangli.actor
    user = User.objects.create_user(second, "Yunxi-2026-demo", name="赵敏", department=people.wangli.department) if second else None
    actors = (wangli, Actor(user, user.name, wangli.scope) if user else wangli)
    given = at_once(*(ReceiveFile(actor, now, text, "a.csv", sender).do for actor in actors))
    assert sorted(type(one).__name__ for one in given) == ["Batch", "Refused"]
    assert Batch.objects.count() == 1


def test_of_two_clerks_who_confirm_one_is_told(people, now):
    sender = Department.objects.get(code="990100-hrss")
    text = f"{CLAIMS}\n1号,甲公司,,张三,,2026-03-01,2026-03-19".encode()
    batch = ReceiveFile(people.wangli.actor, now, text, "a.csv", sender).do()
    check_waiting(now)
    confirm = lambda: ConfirmBatch(people.wangli.actor, now, Batch.objects.get(pk=batch.pk)).do()  # noqa: E731
    given = at_once(confirm, confirm)
    assert sorted(type(one).__name__ for one in given) == ["Batch", "Refused"], given
    assert AuditEntry.objects.filter(verb="collect.confirm").count() == 1


@pytest.fixture
def meanwhile(monkeypatch):
    """Somebody acts while a landing has looked and loaded but is not yet published; once."""

    def arrange(act: Callable[[], object]) -> list[Any]:
        given, real = [], landing_room.LANDERS.copy()

        def wrapped(lander):
            def lay(delivery):
                outcome = lander(delivery)
                if not given:
                    given.append(None)
                    given[0] = act()
                return outcome

            return lay

        for name, lander in real.items():
            monkeypatch.setitem(landing_room.LANDERS, name, wrapped(lander))
        return given

    return arrange


def order(lands: str) -> Order:
    source, sender = {"Report": ("injury_recognition", "990100-hrss"), "Headcount": ("insurance_monthly", "990100-agency"),
                      "RegisterEntry": ("register", "990100-market")}[lands]  # fmt: skip
    return Order(lands, source, sender, "测试")


def landed(people, now, lands: str, *rows):
    done = land(order(lands), list(rows), people.wangli.actor, now)
    propose_waiting(now)
    return done


def test_a_merge_during_a_landing_takes_the_new_rows_along(people, now, meanwhile):
    landed(people, now, "RegisterEntry", register(CUP, "云溪市恒岳杯业有限公司"))
    landed(people, now, "Headcount", insured("9", 1, 58, name="云溪市恒悦杯业有限公司"))
    pair = Candidate.objects.get()
    meanwhile(MergeEnterprises(people.wangli.actor, now, pair.right, pair.left, "同一地址").do)
    landed(people, now, "Headcount", insured("9", 2, 60, name="云溪市恒悦杯业有限公司"))
    assert set(Headcount.objects.current().values_list("enterprise", "insured")) == {(pair.right_id, 58), (pair.right_id, 60)}
    numbers_are_gapless()


def test_two_files_that_bring_the_same_new_unit_make_it_once(people, now, meanwhile):
    other = lambda: landed(people, now, "RegisterEntry", register(CUP, "云溪市恒岳杯业有限公司"))  # noqa: E731
    meanwhile(other)
    landed(people, now, "Headcount", insured("9", 1, 58, uscc=CUP))
    unit = EnterpriseVersion.objects.current().get()
    assert (unit.uscc, unit.provisional) == (CUP, False)
    assert Headcount.objects.current().get().enterprise_id == unit.enterprise_id


def test_two_files_that_tell_of_the_same_injury_make_it_once(people, now, meanwhile):
    landed(people, now, "RegisterEntry", register(CUP, "云溪市恒岳杯业有限公司"))
    meanwhile(lambda: landed(people, now, "Report", claim("1号")))
    landed(people, now, "Report", claim("2号"))
    assert sorted(Report.objects.current().values_list("key", flat=True)) == ["1号", "2号"]
    assert InjuryVersion.objects.current().count() == 1


def test_a_landing_that_others_do_not_touch_is_not_held_up(people, now, meanwhile):
    landed(people, now, "RegisterEntry", register(CUP, "云溪市恒岳杯业有限公司"))
    meanwhile(lambda: landed(people, now, "Headcount", insured("77", 1, 5, name="石塘门业有限公司")))
    tries = []
    real = landing.start
    landing_start = lambda *args, **kwargs: tries.append(1) or real(*args, **kwargs)  # noqa: E731
    landing_room.landing.start, kept = landing_start, real
    try:
        landed(people, now, "Headcount", insured("9", 1, 58, uscc=CUP))
    finally:
        landing_room.landing.start = kept
    assert len(tries) == 2, "one each: nobody had to begin again"


def test_a_merge_of_rows_that_a_landing_has_claimed_is_told_to_compare_anew(people, now, meanwhile):
    landed(people, now, "RegisterEntry", register(CUP, "云溪市恒岳杯业有限公司"))
    landed(people, now, "Headcount", insured("9", 1, 58, name="云溪市恒悦杯业有限公司"))
    pair, said = Candidate.objects.get(), []

    def merge():
        with pytest.raises(Refused, match="请重新比对") as refused:
            MergeEnterprises(people.wangli.actor, now, pair.right, pair.left, "同一地址").do()
        said.append(refused.value)

    meanwhile(merge)
    landed(people, now, "Headcount", insured("9", 1, 60, name="云溪市恒悦杯业有限公司"))
    assert said and Headcount.objects.current().get().insured == 60
    MergeEnterprises(people.wangli.actor, now, pair.right, pair.left, "同一地址").do()
    assert Headcount.objects.current().get().enterprise_id == pair.right_id


@pytest.fixture
def world(people, now) -> World:
    return World(people, now)


def test_eight_letters_numbered_at_once_have_eight_numbers_in_a_row(world, people, now, advance):
    letters = []
    for n in range(8):
        unit = world.enterprise(f"第{n}厂")
        world.injury(date(2026, 3, 6), at=unit)
        world.finding("yellow", enterprise=unit)
    draft_findings(now)
    for warning in Warning.objects.all():
        letters.append(advance(warning, "signed"))
    clerk = people.wangli.actor

    def number(warning):
        return lambda: NumberLetter(clerk, now, Warning.objects.get(pk=warning.pk), warning.letter, word="云人社预").do()

    given = at_once(*map(number, letters))
    assert sorted(given) == [f"云人社预〔2026〕{n}号" for n in range(1, 9)]
    assert sorted(LetterNumber.objects.values_list("number", flat=True)) == list(range(1, 9))


def test_two_who_number_one_letter_give_it_one_number(world, now, people, advance, drafted):
    signed, clerk = advance(drafted, "signed"), people.wangli.actor
    seen = [Warning.objects.get(pk=signed.pk) for _ in range(2)]  # two pages opened before
    works = [NumberLetter(clerk, now, warning, warning.letter, word="云人社预").do for warning in seen]
    given = at_once(*works)
    held = LetterNumber.objects.filter(cancelled=None)
    assert held.count() == 1 and LetterNumber.objects.count() == 1, given
    assert [str(one) for one in given if isinstance(one, Refused)][0].count("本件刚刚编了文号")
    signed.letter.refresh_from_db()
    assert str(signed.letter.number) == f"云人社预〔2026〕{held.get().number}号"


def test_three_workers_send_each_message_once(people, now):
    for n in range(40):
        tell.department(now, people.zhanghaiyan.department, purpose="notice", title=f"第{n}条", text="文")
    several(lambda: deliver_some(now), 3)
    assert set(Delivery.objects.values_list("state", "attempts")) == {("delivered", 1)}
    assert InboxItem.objects.count() == 40


def test_two_workers_draft_and_push_once(world, now):
    StartDay.objects.create(name="push", day=date(2026, 3, 1), set_by="李建国", at=now)
    for n in range(10):
        unit = world.enterprise(f"第{n}厂")
        world.injury(date(2026, 3, 6), at=unit)
        world.finding("yellow", enterprise=unit)

    def work():
        draft_findings(now)
        push_commits(now)

    several(work)
    assert sorted(Warning.objects.values_list("enterprise", flat=True)) == sorted(Push.objects.values_list("enterprise", flat=True))
    assert (Warning.objects.count(), Delivery.objects.filter(recipient_kind="township").count()) == (10, 10)


def test_of_two_builders_one_builds(world, now):
    given = at_once(lambda: snapshot.build(now), lambda: snapshot.build(now))
    assert [one for one in given if isinstance(one, Exception)] == []
    held = snapshot.current()
    assert held and snapshot.verify(held) == [] and snapshot.behind() == 0


def test_a_reader_keeps_what_it_began_with_through_five_builds_and_a_sweep(world, now):
    world.injury(date(2026, 1, 5))
    held = snapshot.build(now)
    pool = reading.open(Scope.system(), manifest=held)
    before = pool.fetch(pool.table("injuries")).num_rows
    for day in range(6, 11):
        world.injury(date(2026, 1, day))
        snapshot.build(now)
    snapshot.sweep(datetime.now(UTC) + timedelta(hours=23))
    again = reading.open(Scope.system(), manifest=held)
    assert (before, again.fetch(again.table("injuries")).num_rows) == (1, 1)
    fresh = reading.open(Scope.system())
    assert fresh.fetch(fresh.table("injuries")).num_rows == 6
    assert Enterprise.objects.count() == 1
