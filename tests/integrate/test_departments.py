"""Every other department's file as she really has it, through the whole door: received, checked, landed, taken back."""

from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml
from deliveries import DOOR, register
from django.db import connection

from wushang.collect import handing
from wushang.collect.command import collect_file
from wushang.collect.compare import table_of
from wushang.collect.deeds.withdraw_batch import WithdrawBatch
from wushang.collect.inforce import guess
from wushang.collect.models import Batch
from wushang.collect.source import shipped
from wushang.integrate.deeds.merge_enterprises import MergeEnterprises, UndoMerge
from wushang.integrate.expected import Foreseen, foresee
from wushang.integrate.undo import undo
from wushang.integrate.waiting import land_waiting, undo_waiting
from wushang.people import load
from wushang.people.crypto import blind_index
from wushang.pool import snapshot
from wushang.pool.models import Certificate, Enterprise, EnterpriseVersion, Payment, Visit

pytestmark = pytest.mark.django_db(transaction=True)
FOLDER = Path(__file__).parents[1] / "collect" / "sources"
CUP = "914403001922038216"
OTHERS = {"injury_recognition", "insurance_monthly", "register", "disease_hazards", "hand_entry"}
AT = datetime(2026, 4, 10, 1, 0, tzinfo=UTC)
MORE = [
    ("990100-industry", "云溪市经济和信息化局", "经信局", "industry", "990100"),
    ("990100-construction", "云溪市住房和城乡建设局", "住建局", "construction", "990100"),
]
NAMES = sorted({path.parent.name for path in FOLDER.glob("*/expected.yaml")} - OTHERS)  # those have tests/collect/test_kept_files.py


@pytest.fixture
def known(send):
    """The one unit that the register knows: 恒岳杯业; and two more departments."""
    load.departments(dict(zip(("code", "name", "short_name", "kind", "region"), row, strict=True)) for row in MORE)
    send("RegisterEntry", register(CUP, "云溪市恒岳杯业有限公司", insurance_number="0033010001"))
    return EnterpriseVersion.objects.current().get().enterprise_id


def expected(name: str) -> dict:
    return yaml.safe_load((FOLDER / name / "expected.yaml").read_text("utf-8"))


def kept_file(name: str) -> Path:
    return next(path for path in (FOLDER / name).iterdir() if path.suffix in (".xlsx", ".csv"))


def deliver(name: str, people) -> Batch:
    """The kept file of a source, as its department uploads it, landed."""
    said = collect_file(
        kept_file(name), name, people.system.actor, AT, sender=expected(name)["sender"], reason="核对无误"
    )
    land_waiting(AT)
    batch = Batch.objects.get(pk=said["batch"])
    assert batch.state == Batch.LANDED, batch.problem
    return batch


def test_every_other_departments_source_has_a_kept_file():
    assert set(NAMES) == set(shipped()) - OTHERS


def test_a_kept_file_is_known_by_its_header_alone(known):
    files = {name: kept_file(name) for name in NAMES}
    assert {name: guess(file.read_bytes(), file.name).id for name, file in files.items()} == {n: n for n in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_a_departments_file_lands_row_by_row_and_can_be_taken_back(name, known, people):
    want, model = expected(name), table_of(shipped()[name].lands)
    batch = deliver(name, people)
    waiting = {
        row.row: [p["code"] for p in row.problems if p["severity"] == "reject"] for row in batch.quarantined.all()
    }
    assert batch.rows == want["rows"] == len(want["accepted"]) + len(waiting) + len(batch.doubles)
    assert {row: sorted(set(codes) & set(want["quarantined"].get(row, ()))) for row, codes in waiting.items()} == want[
        "quarantined"
    ]
    facts = {fact.row: fact for fact in model.objects.current()}
    assert sorted(facts) == want["accepted"] == [fact["row"] for fact in want["facts"]]
    for fact in want["facts"]:
        said = {column: getattr(facts[fact["row"]], column) for column in fact}
        assert said == fact
    _only_the_known_unit(facts.values(), known)

    WithdrawBatch(people.system.actor, AT, batch, "报错了月份").do()
    assert undo_waiting(AT) == 1
    assert model.objects.current().count() == 0
    assert model.objects.as_of(batch.commit.number).count() == len(facts)


def _only_the_known_unit(facts, known: int) -> None:
    """Rows that name 恒岳杯业 exactly are its rows; no row makes a unit of its own."""
    assert Enterprise.objects.count() == 1
    for fact in facts:
        named = fact.employer_uscc == CUP or "恒岳杯业有限公司" in fact.employer_text
        assert fact.enterprise_id == (known if named else None)


def test_the_same_month_again_writes_nothing_and_a_row_left_out_is_withdrawn(known, people, tmp_path):
    deliver("benefit_payments", people)
    lines = (
        "支付月份,单位名称,单位编号,姓名,身份证号码,认定书编号,待遇项目,支付金额（元）,支付对象,支付日期,先行支付标志\n"
    )
    kept = "202603,云溪市恒岳杯业有限公司,,张三丰,,云工认〔2025〕0871号,伤残补助金,48600.00,个人,2026-03-11,否\n"
    file = tmp_path / "支付202603.csv"
    file.write_text(lines + kept, "utf-8")
    said = collect_file(file, "benefit_payments", people.system.actor, AT, sender="990100-agency", reason="月末重报")
    land_waiting(AT)
    assert (said["rows"], said["withdrawn"]) == (1, 5), said["problem"]
    assert [p.amount for p in Payment.objects.current()] == [4860000]


def test_a_row_that_came_before_its_unit_joins_it_when_the_register_knows_it(send, people):
    deliver("hospital_visits", people)
    assert Visit.objects.current().exclude(enterprise=None).count() == 0
    send("RegisterEntry", register(CUP, "云溪市恒岳杯业有限公司"))
    unit = EnterpriseVersion.objects.current().get().enterprise_id
    visit = Visit.objects.current().get(row=2)
    assert (visit.enterprise_id, visit.diagnosis, visit.masked_name) == (unit, "S62.601", "张**")
    assert Visit.objects.current().filter(enterprise=None).count() == 2
    assert Visit.objects.as_of(1).exclude(enterprise=None).count() == 0
    undo(visit.recorded, "withdrawal", "撤回名册", people.system.actor, AT)
    assert Visit.objects.current().get(row=2).enterprise_id is None


PUBLISHED = {"benefit_payments": "payments", "safety_accidents": "accidents", "hazard_tests": "hazard_tests",
             "safety_standardisation": "standings", "penalties": "penalties"}  # fmt: skip


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_rows_of_known_units_stand_in_the_snapshot_without_anything_personal(name, known, people):
    batch = deliver(name, people)
    manifest = snapshot.build(AT)
    (part,) = manifest.parts[PUBLISHED[name]].values()
    said = pq.read_table(snapshot.root() / part["file"]).to_pylist()
    facts = table_of(shipped()[name].lands).objects.filter(recorded=batch.commit, enterprise=known)
    assert len(said) == facts.count() > 0
    assert {row["enterprise"] for row in said} == {known}
    assert not {"masked_name", "worker_key", "claim_number", "penalty", "matter", "place"} & set(said[0])


def test_before_landing_nothing_is_foreseen_of_a_payment(known, people):
    said = collect_file(
        kept_file("benefit_payments"),
        "benefit_payments",
        people.system.actor,
        AT,
        sender="990100-agency",
        reason="核对无误",
    )
    assert foresee(handing.ready(Batch.objects.get(pk=said["batch"])), AT) == Foreseen()


def test_what_a_hospital_says_of_a_person_is_sealed(known, people):
    deliver("hospital_visits", people)
    visit = Visit.objects.current().get(row=2)
    assert visit.worker_key == blind_index("11010519491231002X")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM pool_visit")
        stored = str(cursor.fetchall())
    for secret in ("张三丰", "11010519491231002X", "10012345678", "S62", "骨折", "机器压伤", "总装车间", "卫生间"):
        assert secret not in stored


def test_a_certificates_number_holds_the_id_number_and_is_nowhere_plain(known, people):
    deliver("operator_certificates", people)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM pool_certificate")
        stored = str(cursor.fetchall())
    assert "11010519491231002" not in stored and "张三丰" not in stored
    assert {c.number for c in Certificate.objects.current()} == {"T11010519491231002X"}
    assert len({c.key for c in Certificate.objects.current()}) == 2


def test_a_merge_moves_what_departments_said_of_the_lost_unit_and_its_undoing_moves_it_back(send, people):
    send("RegisterEntry", register(CUP, "云溪市恒岳杯业有限公司"), register(DOOR, "云溪市立丰五金配件厂"))
    deliver("benefit_payments", people)
    keep, lose = (Enterprise.objects.get(versions__uscc=code) for code in (CUP, DOOR))
    version = EnterpriseVersion.objects.current().get(enterprise=lose)
    version.uscc = ""
    version.save()
    merged = MergeEnterprises(people.system.actor, AT, keep, lose, "同一地址，已电话核实").do()
    assert set(Payment.objects.current().exclude(enterprise=None).values_list("enterprise", flat=True)) == {keep.pk}
    UndoMerge(people.system.actor, AT, merged, "看错了").do()
    assert sorted(Payment.objects.current().exclude(enterprise=None).values_list("row", "enterprise")) == [
        (5, keep.pk), (6, keep.pk), (8, lose.pk), (9, lose.pk), (12, lose.pk),
    ]  # fmt: skip
