"""Many rows at once: all of a kind by one act, the worker ends what a request began; a 订正表 comes back."""

import io
from datetime import timedelta

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from wushang.collect import counts, shown
from wushang.collect.deeds.check_batch import check
from wushang.collect.deeds.receive_file import ReceiveFile
from wushang.collect.deeds.settle_alike import SettleAlike
from wushang.collect.models import Batch, Settling
from wushang.collect.settling import carry_out, settle_waiting
from wushang.collect.shown.rows import kinds, part
from wushang.collect.todo import items
from wushang.people.access import scope_of
from wushang.people.actor import Actor
from wushang.people.deed import NotAllowed
from wushang.people.models import Appointment, AuditEntry, Department, Role, User
from wushang.terms.problem import Refused

pytestmark = pytest.mark.django_db
HEADER = "受理编号,单位名称,统一社会信用代码,姓名,事故时间,申请日期,伤残等级"
USCC = "9144030019220382I6"


def claims(uscc=0, grade=0, both=0, good=1) -> str:
    rows = [f"{n}号,甲公司,,张三,2026-03-05,2026-03-09," for n in range(good)]
    rows += [f"u{n}号,乙公司,{USCC},李四,2026-03-05,2026-03-09," for n in range(uscc)]
    rows += [f"g{n}号,丙公司,,王五,2026-03-05,2026-03-09,十一级" for n in range(grade)]
    rows += [f"b{n}号,丁公司,{USCC},赵六,2026-03-05,2026-03-09,十一级" for n in range(both)]
    return "\n".join([HEADER, *rows])


@pytest.fixture
def deliver(people, now):
    def run(text, name="工伤认定.csv") -> Batch:
        sender = Department.objects.get(code="990100-hrss")
        batch = ReceiveFile(people.wangli.actor, now, text.encode(), name, sender).do()
        assert check(batch, now)
        batch.refresh_from_db()
        return batch

    return run


def recounted(batch) -> dict:
    kept = dict(Batch.objects.values_list("counts", flat=True).get(pk=batch.pk))
    counts.recount(batch)
    again = batch.counts
    names = {*kept, *again} - {"kinds"}
    assert {n: kept.get(n, 0) for n in names} == {n: again.get(n, 0) for n in names}
    assert kept["kinds"] == again["kinds"]
    return again


def test_rows_are_told_by_kind_and_those_with_several_problems_apart(deliver):
    batch = deliver(claims(uscc=3, grade=2, both=1))
    assert [(k.id, k.column, k.rows) for k in kinds(batch)] == [
        ("uscc.uscc", "统一社会信用代码", 3), ("code_unknown.grade", "伤残等级", 2), ("several", "", 1),
    ]  # fmt: skip


def test_all_of_a_kind_go_back_with_one_reason_and_the_others_stay(deliver, people, now):
    batch = deliver(claims(uscc=3, grade=2, both=1))
    SettleAlike(people.wangli.actor, now, batch, "return", "code_unknown.grade", "请核对鉴定结论").do()
    assert set(batch.quarantined.filter(state="returned").values_list("reason", "by")) == {("请核对鉴定结论", "王丽")}
    assert (recounted(batch)["open"], batch.counts["returned"]) == (4, 2)


def test_all_suggestions_of_a_kind_are_taken(deliver, people, now):
    batch = deliver(claims(uscc=60, grade=1))
    order = SettleAlike(people.wangli.actor, now, batch, "mend", "uscc.uscc").do()
    carry_out(order, now, 60)
    assert (order.settled, order.left, bool(order.done)) == (60, 0, True)
    assert recounted(batch)["mended"] == 60
    batch.refresh_from_db()
    numbers = shown.numbers(batch)
    assert (numbers.rows, numbers.taken, numbers.waiting, numbers.new) == (62, 61, 1, 61)


def test_all_of_a_kind_are_accepted_with_one_reason_and_what_cannot_count_stays(deliver, people, now):
    text = claims(grade=2) + "\nx号,戊公司,,,2026-03-05,2026-03-09,\ny号,戊公司,,,2026-03-05,2026-03-09,"
    batch = deliver(text)
    accepted = SettleAlike(people.wangli.actor, now, batch, "accept", "code_unknown.grade", "已核实").do()
    carry_out(accepted, now, 60)
    assert accepted.settled == 2
    refused = SettleAlike(people.wangli.actor, now, batch, "accept", "required.worker", "已核实").do()
    carry_out(refused, now, 60)
    assert (refused.settled, refused.left) == (0, 2) and "是必填项" in refused.why
    assert recounted(batch)["open"] == 2


def test_the_worker_ends_what_a_request_began(deliver, people, now):
    batch = deliver(claims(uscc=120))
    order = SettleAlike(people.wangli.actor, now, batch, "mend", "uscc.uscc").do()
    carry_out(order, now, 0.0)
    assert not order.done
    settled = order.settled
    while not Settling.objects.get().done:
        settled += settle_waiting(now)
    assert settled == 120 and recounted(batch)["open"] == 0


def test_the_same_order_twice_and_an_order_without_reason_are_refused(deliver, people, now):
    batch = deliver(claims(uscc=60))
    with pytest.raises(Refused, match="没有写理由"):
        SettleAlike(people.wangli.actor, now, batch, "accept", "uscc.uscc", "").do()
    SettleAlike(people.wangli.actor, now, batch, "mend", "uscc.uscc").do()
    with pytest.raises(Refused, match="正在处理"):
        SettleAlike(people.wangli.actor, now, batch, "mend", "uscc.uscc").do()


def test_pages_by_place_show_every_row_once_in_order(deliver, people, now):
    batch = deliver(claims(uscc=70, grade=60))
    SettleAlike(people.wangli.actor, now, batch, "return", "uscc.uscc", "请核对").do()
    seen, after = [], ""
    while True:
        some = part(batch, after)
        seen += [(row.state, row.row) for row in some.rows]
        if not some.after:
            break
        after = some.after
    assert len(seen) == len(set(seen)) == 130
    assert seen == sorted(seen, key=lambda one: (one[0] != "open", one[1]))
    assert len(part(batch, "open-x99999999999", "uscc.uscc", "nonsense").rows) == 50  # an address made by hand


def filled(answer, change) -> bytes:
    """The downloaded workbook as a department fills it in: `change` is row → {title: new text}."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    head, out = rows[1], io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    for at, line in enumerate(rows):
        said = change.get(int(line[0]), {}) if at > 1 else {}
        page.write_row(at, 0, [said.get(head[i], value) for i, value in enumerate(line)])
    book.close()
    return out.getvalue()


@pytest.fixture
def clerk(client, people):
    User.objects.update(password_set=timezone.now())
    client.force_login(people.wangli)
    return client


def test_a_filled_workbook_mends_its_rows_wherever_it_is_uploaded(deliver, clerk):
    batch = deliver(claims(uscc=2, grade=1))
    answer = clerk.get(reverse("collect:corrections", args=[batch.pk]))
    content = filled(answer, {3: {"统一社会信用代码": "914403001922038216"}, 5: {"伤残等级": "十级"}})
    sent = SimpleUploadedFile("订正表.xlsx", content)
    page = clerk.post(reverse("collect:upload"), {"files": [sent]}, follow=True).content.decode()
    assert "改正 2 行，未改动 1 行。" in page
    assert dict(batch.quarantined.values_list("row", "state")) == {3: "mended", 4: "open", 5: "mended"}
    assert recounted(batch)["mended"] == 2


def test_what_is_still_wrong_in_a_workbook_is_told_by_its_line(deliver, clerk):
    batch = deliver(claims(uscc=1))
    answer = clerk.get(reverse("collect:corrections", args=[batch.pk]))
    sent = SimpleUploadedFile("订正表.xlsx", filled(answer, {3: {"统一社会信用代码": "91440"}}))
    page = clerk.post(reverse("collect:take_corrections", args=[batch.pk]), {"file": sent}, follow=True).content.decode()
    assert "第 3 行仍有问题：应为18位，现为5位" in page
    assert batch.quarantined.get().state == "open"


def test_lines_whose_mark_was_touched_and_foreign_workbooks_are_left_alone(deliver, clerk):
    batch = deliver(claims(uscc=1))
    answer = clerk.get(reverse("collect:corrections", args=[batch.pk]))
    change = {3: {"统一社会信用代码": "914403001922038216", "核对码（请勿改动）": "1-3-0000000000"}}
    sent = SimpleUploadedFile("订正表.xlsx", filled(answer, change))
    page = clerk.post(reverse("collect:take_corrections", args=[batch.pk]), {"file": sent}, follow=True).content.decode()
    assert "对不上本批的行" in page
    other = SimpleUploadedFile("别的.csv", b"a,b\n1,2")
    page = clerk.post(reverse("collect:take_corrections", args=[batch.pk]), {"file": other}, follow=True).content.decode()
    assert "这不是平台下载的订正表" in page
    assert batch.quarantined.get().state == "open"


@pytest.fixture
def sender_of_agency(people, now):
    user = User.objects.create_user(
        "chenyan", "Yunxi-2026-demo", name="陈燕", department=Department.objects.get(code="990100-agency"),
        password_set=timezone.now(),
    )  # fmt: skip
    Appointment.objects.create(user=user, role=Role.objects.get(code="sender"), regions=["990100"])
    user.actor = Actor(user, user.name, scope_of(user, now.date()))
    return user


def test_a_sender_sees_and_mends_her_own_department_alone(deliver, clerk, client, sender_of_agency, now):
    theirs = deliver(claims(uscc=1))
    client.force_login(sender_of_agency)
    page = client.get(reverse("collect:batches")).content.decode()
    assert f"/collect/{theirs.pk}/" not in page
    assert '<option value="insurance_monthly">' in page and '<option value="hospital_visits">' not in page, "the tables her department sends"
    assert client.get(reverse("collect:batch", args=[theirs.pk])).status_code == 404
    url = reverse("collect:settle", args=[theirs.pk, 3, "accept"])
    assert client.post(url, {"reason": "已核实"}).status_code == 404
    with pytest.raises(NotAllowed, match="不在您的管辖范围内"):
        SettleAlike(sender_of_agency.actor, now, theirs, "mend", "uscc.uscc").do()
    mine = SimpleUploadedFile("参保.csv", "所属期,单位编号,单位名称,参保人数\n202602,1,甲公司,-5".encode())
    page = client.post(reverse("collect:upload"), {"files": [mine]}, follow=True).content.decode()
    assert "待订正 1 行" in page and "改正" in page and "确认入库</button>" not in page


def test_rows_that_were_sent_back_stand_on_the_sender_s_desk(people, now, sender_of_agency):
    text = "所属期,单位编号,单位名称,参保人数\n202602,1,甲公司,-5"
    sender = Department.objects.get(code="990100-agency")
    batch = ReceiveFile(people.wangli.actor, now, text.encode(), "参保.csv", sender).do()
    assert check(batch, now)
    (kind,) = kinds(Batch.objects.get())
    SettleAlike(people.wangli.actor, now, batch, "return", kind.id, "请核对人数").do()
    todos = [str(todo.what) for todo in items(sender_of_agency.actor, now.date())]
    assert "核对退回的参保缴费 1 行" in todos
    assert not [todo for todo in items(people.wangli.actor, now.date()) if todo.stage == "已退回"]


def test_the_worker_settles_with_the_rights_of_her_who_asked(deliver, people, now):
    batch = deliver(claims(uscc=3))
    order = SettleAlike(people.wangli.actor, now, batch, "mend", "uscc.uscc").do()
    carry_out(order, now, 60)
    told = AuditEntry.objects.order_by("-pk")[:3]
    assert {entry.user_id for entry in told} == {people.wangli.pk} and order.settled == 3


def test_rights_taken_away_meanwhile_are_not_used_for_her(deliver, people, now):
    batch = deliver(claims(uscc=3))
    order = SettleAlike(people.wangli.actor, now, batch, "mend", "uscc.uscc").do()
    Appointment.objects.filter(user=people.wangli).update(valid_to=now.date() - timedelta(days=1))
    carry_out(order, now, 60)
    assert (order.settled, order.left) == (0, 3) and recounted(batch)["open"] == 3
