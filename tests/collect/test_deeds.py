"""A delivery's life: received, checked, mended, confirmed, landed, withdrawn; nothing lost, nothing doubled."""

import json
from datetime import timedelta

import pytest

from wushang.collect import handing, shelf
from wushang.collect.command import collect_file
from wushang.collect.deeds import check_batch
from wushang.collect.deeds.accept_row import AcceptRow
from wushang.collect.deeds.check_batch import check, check_waiting
from wushang.collect.deeds.confirm_batch import ConfirmBatch
from wushang.collect.deeds.mend_row import MendRow
from wushang.collect.deeds.receive_file import ReceiveFile
from wushang.collect.deeds.return_row import ReturnRow
from wushang.collect.deeds.withdraw_batch import WithdrawBatch
from wushang.collect.models import Batch, QuarantinedRow
from wushang.people.deed import NotAllowed
from wushang.people.models import AuditEntry, Department
from wushang.pool import landing
from wushang.pool.models import Enterprise, Headcount
from wushang.terms.problem import Refused

pytestmark = pytest.mark.django_db
HEADER = "受理编号,单位名称,统一社会信用代码,姓名,证件号码,事故时间,申请日期,伤残等级"
ID = "11010519491231002X"
GOOD = f"工〔2026〕1号,甲公司,,张三,{ID},2026-03-05,2026-03-09,"
TWICE = GOOD
WRONG = "工〔2026〕2号,乙公司,9144030019220382I6,李四,,2026-13-02,2026-03-09,十一级"
CLAIMS = "\n".join([HEADER, GOOD, TWICE, WRONG])


@pytest.fixture
def hrss(people) -> Department:
    return Department.objects.get(code="990100-hrss")


@pytest.fixture
def agency(people) -> Department:
    return Department.objects.get(code="990100-agency")


@pytest.fixture
def deliver(people, now):
    """`deliver(text, sender)` → a checked delivery brought by 王丽."""

    def run(text, sender, name="工伤认定.csv", at=now, **more) -> Batch:
        batch = ReceiveFile(people.wangli.actor, at, text.encode(), name, sender, **more).do()
        assert check(batch, at)
        batch.refresh_from_db()
        return batch

    return run


def insured(month: str, *heads: int) -> str:
    rows = [f"{month},{i},第{i}公司,{n}" for i, n in enumerate(heads, 1)]
    return "\n".join(["所属期,单位编号,单位名称,参保人数", *rows])


def land(batch: Batch, actor, at) -> None:
    """What the next stage does with headcounts, in short."""
    order = handing.ready(batch)
    commit = landing.start("landing", order.title, actor, at)
    found = {row.key: row for row in order.rows}
    enterprise = Enterprise.objects.create(created=at).pk
    old = Headcount.objects.current().filter(source=order.source, key__in=found)
    landing.claim(commit, Headcount, [h.pk for h in old])
    rows = [
        {"source": order.source, "sender": order.sender, "key": r.key, "digest": r.digest, "period": r.period,
         "batch": order.batch, "row": r.number, "enterprise_id": enterprise,
         "month": r.values["month"], "insured": r.values["insured"]}
        for r in order.rows
    ]  # fmt: skip
    landing.load(commit, Headcount, rows)
    landing.publish(commit, at, [enterprise])
    handing.landed(batch, commit, at)
    batch.refresh_from_db()


def test_the_numbers_of_a_delivery_add_up_and_personal_cells_are_sealed(deliver, hrss):
    batch = deliver(CLAIMS, hrss)
    assert (batch.state, batch.rows, batch.taken, batch.doubles) == ("checked", 3, 1, [[3, 2]])
    (row,) = batch.quarantined.all()
    assert (row.row, row.unit, sorted({p["code"] for p in row.problems})) == (
        4, "乙公司", ["code_unknown", "unreadable_date", "uscc"],
    )  # fmt: skip
    kept = b"".join(p.read_bytes() for p in (shelf._folder("collect")).rglob("*") if p.is_file())
    assert ID.encode() not in kept and "张三".encode() not in kept
    stored = (
        QuarantinedRow.objects.filter(pk=row.pk).extra(select={"sealed": "raw"}).values_list("sealed", flat=True)[0]
    )
    assert "李四" not in stored and json.loads(row.raw)["姓名"] == "李四"


def test_the_same_file_again_is_told_and_changes_nothing(deliver, hrss):
    first = deliver(CLAIMS, hrss)
    with pytest.raises(Refused, match=f"批次号 {first.number}.*没有改动任何数据"):
        deliver(CLAIMS, hrss)
    assert Batch.objects.count() == 1


def test_a_withdrawn_file_may_come_again(deliver, hrss, people, now):
    WithdrawBatch(people.wangli.actor, now, deliver(CLAIMS, hrss), "报错了部门").do()
    assert deliver(CLAIMS, hrss).state == "checked"


def test_the_wrong_department_is_refused_because_rows_would_count_twice(deliver, agency):
    with pytest.raises(Refused, match="由人社、工伤认定窗口报送，不是经办中心"):
        deliver(CLAIMS, agency)


def test_an_outsider_may_not_bring_a_file_for_this_city(people, now, hrss):
    with pytest.raises(NotAllowed):
        ReceiveFile(people.linwai.actor, now, CLAIMS.encode(), "a.csv", hrss).do()
    assert not Batch.objects.exists()


def test_a_file_of_no_source_is_refused_before_anything_is_kept(deliver, hrss):
    with pytest.raises(Refused, match="认不出这是哪一张报送表"):
        deliver("甲,乙\n1,2", hrss)
    assert not Batch.objects.exists()


def test_a_file_whose_header_says_nothing_waits_to_be_mapped_with_its_reason(deliver, hrss):
    batch = deliver("甲,乙\n1,2", hrss, source="injury_recognition")
    assert (batch.state, batch.problem["code"]) == ("unmapped", "no_header")


def test_mending_all_that_is_wrong_makes_the_row_count(deliver, hrss, people, now):
    (row,) = deliver(CLAIMS, hrss).quarantined.all()
    MendRow(people.wangli.actor, now, row, {"occurred": "2026-02-13"}).do()
    row.refresh_from_db()
    assert row.state == "open"
    assert sorted({p["field"] for p in row.problems}) == ["grade", "uscc"]
    MendRow(people.wangli.actor, now, row, {"uscc": "914403001922038216", "grade": ""}).do()
    row.refresh_from_db()
    assert (row.state, row.change, row.problems) == ("mended", "new", [])
    assert json.loads(row.mended) == {
        "occurred": ["2026-13-02", "2026-02-13"], "uscc": ["9144030019220382I6", "914403001922038216"], "grade": ["十一级", ""],
    }  # fmt: skip
    assert json.loads(row.raw)["事故时间"] == "2026-13-02"
    assert json.loads(row.result)["values"]["occurred"] == "2026-02-13"


def test_a_row_is_taken_as_it_stands_only_with_a_reason_and_only_if_it_can_count(deliver, hrss, people, now):
    (row,) = deliver(CLAIMS, hrss).quarantined.all()
    with pytest.raises(Refused, match="没有说明"):
        AcceptRow(people.wangli.actor, now, row, "").do()
    with pytest.raises(Refused, match="“事故时间”是必填项，读不出来就不能计入"):
        AcceptRow(people.wangli.actor, now, row, "已电话核实").do()
    MendRow(people.wangli.actor, now, row, {"occurred": "2026-02-13"}).do()
    AcceptRow(people.wangli.actor, now, row, "已电话核实，执照如此").do()
    row.refresh_from_db()
    assert (row.state, row.by) == ("accepted", "王丽")
    assert json.loads(row.result)["values"]["uscc"] == "9144030019220382I6"
    assert json.loads(row.result)["values"]["grade"] is None


def test_lost_digits_stay_missing_when_the_row_is_taken(deliver, hrss, people, now):
    text = "\n".join([HEADER, "1号,甲公司,,张三,3.30722E+17,2026-03-05,2026-03-09,"])
    (row,) = deliver(text, hrss).quarantined.all()
    AcceptRow(people.wangli.actor, now, row, "号码随后补报").do()
    assert json.loads(QuarantinedRow.objects.get().result)["personal"]["id_number"] == ""


def test_one_number_counts_once_even_where_two_rows_claim_it(deliver, hrss, people, now):
    other = GOOD.replace("张三", "王五")
    first, second = deliver("\n".join([HEADER, GOOD, other]), hrss).quarantined.all()
    AcceptRow(people.wangli.actor, now, first, "原件如此").do()
    with pytest.raises(Refused, match="第 2 行的编号与本行相同"):
        AcceptRow(people.wangli.actor, now, second, "原件如此").do()
    ReturnRow(people.wangli.actor, now, second, "请核对编号").do()
    assert [r.state for r in QuarantinedRow.objects.all()] == ["accepted", "returned"]


def test_a_settled_row_is_not_settled_again(deliver, hrss, people, now):
    (row,) = deliver(CLAIMS, hrss).quarantined.all()
    MendRow(people.wangli.actor, now, row, {"occurred": "2026-02-13", "uscc": "", "grade": ""}).do()
    with pytest.raises(Refused, match="已由王丽处理（已改正）"):
        ReturnRow(people.wangli.actor, now, row, "再看看").do()


def test_a_row_is_not_settled_beside_a_landing_that_did_not_see_it(deliver, hrss, people, now):
    batch = deliver(CLAIMS, hrss)
    row = batch.quarantined.select_related("batch").get()  # read while the delivery was still open
    ConfirmBatch(people.wangli.actor, now, batch).do()
    with pytest.raises(Refused, match="现在是“正在入库”"):
        MendRow(people.wangli.actor, now, row, {"occurred": "2026-02-13", "uscc": "", "grade": ""}).do()
    assert QuarantinedRow.objects.get().state == "open"


def test_the_worker_checks_what_waits_and_a_dead_lease_is_taken_over(people, hrss, now):
    batch = ReceiveFile(people.wangli.actor, now, CLAIMS.encode(), "a.csv", hrss).do()
    Batch.objects.filter(pk=batch.pk).update(state="read", holder="dead", lease_until=now + timedelta(minutes=10))
    assert check_waiting(now) == 0
    assert check_waiting(now + timedelta(minutes=11)) == 1
    assert Batch.objects.get().state == "checked"


@pytest.mark.parametrize("place", ["look_at", "waiting_row", "refresh_difference"])
def test_killed_while_checking_nothing_is_lost_or_doubled(people, hrss, now, monkeypatch, place):
    batch = ReceiveFile(people.wangli.actor, now, CLAIMS.encode(), "a.csv", hrss).do()

    def die(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(check_batch, place, die)
        check(batch, now)
    batch.refresh_from_db()
    assert (batch.state, batch.rows) == ("read", 0)
    assert check_waiting(now + timedelta(hours=1)) == 1
    batch.refresh_from_db()
    assert (batch.state, batch.rows, batch.taken, batch.quarantined.count()) == ("checked", 3, 1, 1)


def test_a_dead_holder_that_wakes_up_writes_nothing(people, hrss, now):
    batch = ReceiveFile(people.wangli.actor, now, CLAIMS.encode(), "a.csv", hrss).do()
    check(batch, now)
    outcome = check_batch._read(batch, check_batch.Lease(batch, "dead", now))
    with pytest.raises(Refused, match="已由别的进程核对"):
        check_batch.CheckBatch(people.system.actor, now, batch, "dead", outcome).do()
    assert (batch.quarantined.count(), shelf.kept_table(batch.path).height) == (1, 1)


def test_confirming_hands_on_the_rows_and_says_nothing_is_landed_yet(deliver, hrss, people, now):
    batch = ConfirmBatch(people.wangli.actor, now, deliver(CLAIMS, hrss)).do()
    assert [b.pk for b in handing.confirmed()] == [batch.pk]
    order = handing.ready(batch)
    assert (order.lands, order.sender, order.whole_periods, order.held) == (
        "Report", "990100-hrss", (), frozenset({"工〔2026〕2号"}),
    )  # fmt: skip
    (row,) = order.rows
    assert (row.key, row.number, row.period, row.values["employer_name"]) == ("工〔2026〕1号", 2, "2026-03", "甲公司")
    assert row.personal == {"worker": "张三", "id_number": ID}
    assert not {"worker", "id_number"} & set(row.values)


def test_a_landed_delivery_is_compared_with_the_next_one(deliver, agency, people, now):
    first = ConfirmBatch(people.wangli.actor, now, deliver(insured("202602", 10, 20, 30, 40, 50, 60), agency)).do()
    land(first, people.system.actor, now)
    assert (first.state, len(first.commits)) == ("landed", 1)
    second = deliver(insured("202602", 10, 25, 30, 40, 50), agency, name="再报.csv")
    assert second.difference == {"new": 0, "changed": 1, "same": 4, "gone": 1}
    third = deliver(insured("202601", 10), agency, name="一月.csv")
    assert third.difference == {"new": 1, "changed": 0, "same": 0, "gone": 0}


def test_a_row_that_waits_is_not_gone_from_the_file(deliver, agency, people, now):
    land(
        ConfirmBatch(people.wangli.actor, now, deliver(insured("202602", 10, 20), agency)).do(),
        people.system.actor,
        now,
    )
    again = deliver(insured("202602", 10, -20), agency, name="再报.csv")
    assert again.difference == {"new": 0, "changed": 0, "same": 1, "gone": 0}
    assert handing.ready(again).held == {"2026-02|2|"}


def test_a_month_of_which_the_file_has_no_row_is_not_withdrawn(deliver, agency, people, now):
    land(ConfirmBatch(people.wangli.actor, now, deliver(insured("202601", 10), agency)).do(), people.system.actor, now)
    year = deliver(insured("202602", 20), agency, name="2026年1—2月参保缴费.csv")
    assert (str(year.start), str(year.end), year.whole_periods()) == ("2026-01-01", "2026-02-28", ("2026-02",))
    assert year.difference == {"new": 1, "changed": 0, "same": 0, "gone": 0}


def test_many_rows_gone_or_a_wrong_footer_ask_for_a_reason(deliver, agency, people, now):
    land(
        ConfirmBatch(people.wangli.actor, now, deliver(insured("202602", 10, 20), agency)).do(),
        people.system.actor,
        now,
    )
    batch = deliver(insured("202602", 10) + "\n合计,,,11", agency, name="再报.csv")
    with pytest.raises(Refused, match="参保人数写着 11，各行加起来是 10；上次有的 2 行，这次少了 1 行"):
        ConfirmBatch(people.wangli.actor, now, batch).do()
    assert ConfirmBatch(people.wangli.actor, now, batch, "已与经办中心核对").do().state == "confirmed"


def test_a_row_mended_after_landing_lands_by_itself(deliver, agency, people, now):
    batch = ConfirmBatch(people.wangli.actor, now, deliver(insured("202602", 10, -20), agency)).do()
    land(batch, people.system.actor, now)
    (row,) = batch.quarantined.all()
    MendRow(people.wangli.actor, now, row, {"insured": "20"}).do()
    batch.refresh_from_db()
    assert batch.state == "confirmed"
    order = handing.ready(batch)
    assert [(r.key, r.values["insured"]) for r in order.rows] == [("2026-02|2|", 20)]
    assert order.whole_periods == ()
    land(batch, people.system.actor, now)
    assert (batch.state, len(batch.commits), list(handing.ready(batch).rows)) == ("landed", 2, [])
    assert sorted(Headcount.objects.current().values_list("insured", flat=True)) == [10, 20]


def test_an_old_row_does_not_come_over_a_newer_delivery(deliver, agency, people, now):
    old = ConfirmBatch(people.wangli.actor, now, deliver(insured("202602", 10, -20), agency)).do()
    land(old, people.system.actor, now)
    new = ConfirmBatch(people.wangli.actor, now, deliver(insured("202602", 10, 22), agency, name="再报.csv")).do()
    land(new, people.system.actor, now)
    with pytest.raises(Refused, match=f"已由较新的报送（批次号 {new.number}）更新"):
        MendRow(people.wangli.actor, now, old.quarantined.get(), {"insured": "20"}).do()


def test_withdrawing_before_landing_ends_it_and_after_landing_asks_the_next_stage(deliver, agency, people, now):
    early = deliver(insured("202601", 10), agency)
    assert WithdrawBatch(people.wangli.actor, now, early, "报错了月份").do().state == "withdrawn"
    late = ConfirmBatch(people.wangli.actor, now, deliver(insured("202602", 10), agency)).do()
    with pytest.raises(Refused, match="正在入库"):
        WithdrawBatch(people.wangli.actor, now, late, "报错了月份").do()
    land(late, people.system.actor, now)
    assert WithdrawBatch(people.wangli.actor, now, late, "报错了月份").do().state == "withdrawing"
    assert [b.pk for b in handing.to_withdraw()] == [late.pk]
    handing.withdrawn(late, now)
    late.refresh_from_db()
    assert (late.state, late.withdrawn) == ("withdrawn", now)


def test_a_delivery_withdrawn_meanwhile_is_not_marked_landed(deliver, agency, people, now):
    batch = ConfirmBatch(people.wangli.actor, now, deliver(insured("202602", 10), agency)).do()
    Batch.objects.filter(pk=batch.pk).update(state="withdrawn")
    with pytest.raises(Refused, match="不再入库"):
        handing.landed(batch, None, now)


def test_every_act_is_in_the_audit_without_personal_values(deliver, hrss, people, now):
    (row,) = deliver(CLAIMS, hrss).quarantined.all()
    MendRow(people.wangli.actor, now, row, {"worker": "李小四", "occurred": "2026-02-13", "uscc": "", "grade": ""}).do()
    entries = list(AuditEntry.objects.order_by("pk").values_list("verb", "name"))
    assert entries == [("collect.upload", "王丽"), ("collect.upload", "平台"), ("collect.mend", "王丽")]
    assert "李" not in json.dumps(list(AuditEntry.objects.values_list("detail", flat=True)), ensure_ascii=False)


def test_the_command_tells_what_came_of_a_file(people, now, tmp_path):
    path = tmp_path / "工伤认定202603.csv"
    path.write_text(CLAIMS, encoding="gb18030")
    told = collect_file(path, "injury_recognition", people.system.actor, now, historical=True, sender="990100-hrss")
    wanted = ("state", "rows", "accepted", "quarantined_rows", "duplicates", "new", "withdrawn", "commit", "same", "same_file")
    assert [told[k] for k in wanted] == ["confirmed", 3, 1, 1, 1, 1, 0, None, 0, False]
    assert told["quarantined"] == {"code_unknown": 1, "unreadable_date": 1, "uscc": 1}
    assert Batch.objects.get().historical
    again = collect_file(path, "injury_recognition", people.system.actor, now, sender="990100-hrss")
    assert (again["same_file"], again["batch"], Batch.objects.count()) == (True, told["batch"], 1)


def test_the_command_asks_when_two_departments_could_have_sent_it(people, now, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(CLAIMS)
    with pytest.raises(Refused, match="外县人社局"):
        collect_file(path, "injury_recognition", people.system.actor, now)


def test_the_command_leaves_a_doubtful_file_checked_and_says_why(people, now, tmp_path):
    path = tmp_path / "参保缴费202602.csv"
    path.write_text(insured("202602", 10, 20) + "\n合计,,,31")
    told = collect_file(path, "", people.system.actor, now)
    assert (told["state"], told["accepted"], told["footers_equal"]) == ("checked", 2, False)
    assert "参保人数写着 31，各行加起来是 30" in told["problem"]["why"]


def test_the_kept_file_is_what_came(deliver, hrss):
    assert shelf.kept_file(deliver(CLAIMS, hrss).digest).decode() == CLAIMS


def test_our_own_mistake_is_told_once_and_not_tried_for_ever(people, hrss, now, monkeypatch):
    batch = ReceiveFile(people.wangli.actor, now, CLAIMS.encode(), "a.csv", hrss).do()

    def stumble(*_, **__):
        raise ValueError("a bug")

    monkeypatch.setattr(check_batch, "look_at", stumble)
    check(batch, now)
    batch.refresh_from_db()
    assert (batch.state, batch.problem["code"]) == ("failed", "crashed")
    assert check_waiting(now + timedelta(hours=1)) == 0


def test_a_period_that_has_not_come_yet_asks_for_a_reason(deliver, agency, people, now):
    batch = deliver(insured("202702", 10), agency, name="参保缴费202702.csv")
    with pytest.raises(Refused, match="还没有到"):
        ConfirmBatch(people.wangli.actor, now, batch).do()
