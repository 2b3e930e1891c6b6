"""与上次不同: the equation and the lists come from the same two places, whatever people settled in between."""

import pytest
from django.urls import reverse
from django.utils import timezone

from wushang.collect import shown
from wushang.collect.deeds.check_batch import check
from wushang.collect.deeds.confirm_batch import ConfirmBatch
from wushang.collect.deeds.mend_row import MendRow
from wushang.collect.deeds.receive_file import ReceiveFile
from wushang.collect.models import Batch
from wushang.collect.shown.lines import TABS, Differences, lines
from wushang.integrate.waiting import land_batch
from wushang.people.models import Department, User

pytestmark = pytest.mark.django_db(transaction=True)
HEADER = "所属期,单位编号,单位名称,参保人数"


@pytest.fixture
def deliver(people, now):
    def run(text, source="", name="a.csv", sender="990100-agency", **more) -> Batch:
        to = Department.objects.get(code=sender)
        batch = ReceiveFile(people.wangli.actor, now, text.encode(), name, to, source, **more).do()
        assert check(batch, now)
        batch.refresh_from_db()
        assert batch.state == "checked", batch.problem
        return batch

    return run


def insured(*heads) -> str:
    return "\n".join([HEADER, *(f"202602,{n},第{n}公司,{h}" for n, h in heads)])


def land(batch, people, now) -> Batch:
    land_batch(ConfirmBatch(people.wangli.actor, now, batch, "核对过").do(), now)
    batch.refresh_from_db()
    assert batch.state == "landed", batch.problem
    return batch


def tabs(batch) -> dict:
    batch.refresh_from_db()
    numbers = shown.numbers(batch)
    sizes = {tab: len(Differences(batch, tab)) for tab in TABS}
    assert {tab: getattr(numbers, tab) for tab in ("new", "changed", "gone")} == {t: sizes[t] for t in ("new", "changed", "gone")}
    assert sizes["different"] == numbers.new + numbers.changed + numbers.gone
    assert numbers.taken == numbers.same + numbers.new + numbers.changed
    assert {t: len({one.key for one in Differences(batch, t)[:99]}) for t in TABS} == sizes
    return {**sizes, "same": numbers.same}


def test_a_mended_row_stands_in_the_equation_and_in_the_list(deliver, people, now):
    land(deliver(insured((1, 10), (2, 20), (3, 30))), people, now)
    batch = deliver(insured((1, 10), (2, -5), (4, -4)), name="b.csv")
    assert tabs(batch) == {"different": 1, "new": 0, "changed": 0, "gone": 1, "same": 1}
    MendRow(people.wangli.actor, now, batch.quarantined.get(row=3), {"insured": "22"}).do()
    MendRow(people.wangli.actor, now, batch.quarantined.get(row=4), {"insured": "4"}).do()
    assert tabs(batch) == {"different": 3, "new": 1, "changed": 1, "gone": 1, "same": 1}
    found = [(x.change, x.row, x.before, x.after) for x in lines(batch, Differences(batch, "changed")[:9])]
    assert found == [("changed", 3, "20", "22")]


def test_yes_and_no_are_told_in_words_on_both_sides(deliver, people, now):
    visits = "机构名称,就诊流水号,就诊时间,是否工作中受伤,转归\n市一院,1,2026-03-05,{},离院\n市一院,2,2026-03-05,否,{}\n"
    health = {"source": "hospital_visits", "sender": "990100-health"}
    land(deliver(visits.format("是", "离院"), **health), people, now)
    batch = deliver(visits.format("否", "收住院"), name="b.csv", **health)
    found = [(x.row, x.column, x.before, x.after) for x in lines(batch, Differences(batch, "changed")[:9])]
    assert found == [(2, "是否工作中受伤", "是", "否"), (3, "转归", "离院", "收住院")], "what is the same is no difference"


def test_a_row_mended_to_another_key_frees_the_one_it_had(deliver, people, now):
    land(deliver(insured((1, 10), (2, 20))), people, now)
    batch = deliver(insured((1, 10), (2, -5)), name="b.csv")
    assert tabs(batch)["gone"] == 0
    MendRow(people.wangli.actor, now, batch.quarantined.get(), {"insured": "5", "insurance_number": "9"}).do()
    assert tabs(batch) == {"different": 2, "new": 1, "changed": 0, "gone": 1, "same": 1}


def test_facts_that_change_meanwhile_move_settled_rows_too(deliver, people, now):
    batch = deliver(insured((1, 10), (2, -5)), name="b.csv")
    MendRow(people.wangli.actor, now, batch.quarantined.get(), {"insured": "20"}).do()
    assert tabs(batch)["new"] == 2
    land(deliver(insured((1, 11), (2, 20))), people, now)
    done = ConfirmBatch(people.wangli.actor, now, batch, "以这一份为准").do()
    assert tabs(done) == {"different": 1, "new": 0, "changed": 1, "gone": 0, "same": 1}


REGISTER = "统一社会信用代码,名称\n914403001922038216,甲公司\n"


def test_a_register_sent_as_the_whole_list_withdraws_what_it_lacks_and_only_then(deliver, people, now):
    from wushang.terms.identifiers import make_org_code, make_uscc

    other = make_uscc("91990100" + make_org_code("MA2DDR01"))
    both = f"{REGISTER}{other},乙公司\n"
    land(deliver(both, "register", sender="990100-market"), people, now)
    some = deliver(REGISTER + "\n", "register", "b.csv", "990100-market")
    assert tabs(some)["gone"] == 0
    whole = deliver(REGISTER, "register", "c.csv", "990100-market", whole=True)
    assert tabs(whole) == {"different": 1, "new": 0, "changed": 0, "gone": 1, "same": 1}


def test_the_page_opens_every_tab_with_as_many_rows_as_it_says(client, deliver, people, now):
    User.objects.update(password_set=timezone.now())
    client.force_login(people.wangli)
    land(deliver(insured((1, 10), (2, 20), (3, 30))), people, now)
    batch = deliver(insured((1, 11), (2, 20), (4, 40)), name="b.csv")
    page = client.get(reverse("collect:batch", args=[batch.pk]), {"tab": "changed"}).content.decode()
    assert '变更<span class="n">1</span>' in page and "第1公司" in page and "<td>11</td>" in page
