"""订正这一行 changes what was written anew and nothing else: round trips over the kept file of every source."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from deliveries import register
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wushang.collect.by_hand import read_row, text_of, texts_of
from wushang.collect.command import collect_file
from wushang.collect.compare import table_of
from wushang.collect.models import Batch
from wushang.collect.source import shipped
from wushang.integrate.deeds.correct_row import CorrectRow
from wushang.integrate.waiting import land_waiting
from wushang.people import load
from wushang.people.models import AuditEntry, Role, User
from wushang.pool.models import InjuryVersion, Report
from wushang.terms.problem import Refused

pytestmark = pytest.mark.django_db(transaction=True)
FOLDER = Path(__file__).parents[1] / "collect" / "sources"
AT = datetime(2026, 4, 10, 1, 0, tzinfo=UTC)
MORE = [("990100-industry", "云溪市经济和信息化局", "经信局", "industry", "990100"), ("990100-construction", "云溪市住房和城乡建设局", "住建局", "construction", "990100")]
NAMES = sorted(name for name, source in shipped().items() if source.lands)
HEAD = "受理编号,单位名称,统一社会信用代码,姓名,证件号码,联系电话,事故时间,事故类别,认定情形,申请日期,事故经过\n"
LINE = "工〔2026〕1号,甲公司,914403001922038216,张三丰,11010519491231002X,13812345678,2026-03-05 12:20,6,14条(一),2026.3.9,换模时被压伤\n"


@pytest.fixture
def known(people, send):
    load.departments(dict(zip(("code", "name", "short_name", "kind", "region"), row, strict=True)) for row in MORE)
    send("RegisterEntry", register("914403001922038216", "云溪市恒岳杯业有限公司", insurance_number="0033010001"))
    return people


def landed(path, name, people, sender="") -> tuple[Batch, list]:
    said = collect_file(path, name, people.system.actor, AT, sender=sender, reason="核对无误")
    land_waiting(AT)
    batch = Batch.objects.get(pk=said["batch"])
    return batch, list(table_of(shipped()[name].lands).objects.current().filter(source=name, batch=batch.pk))


def kept(name, people):
    want = yaml.safe_load((FOLDER / name / "expected.yaml").read_text("utf-8"))
    (path,) = (path for path in (FOLDER / name).iterdir() if path.name != "expected.yaml")
    return landed(path, name, people, want.get("sender", "990100-hrss" if name in ("injury_recognition", "hand_entry") else ""))


@pytest.mark.parametrize("name", NAMES)
def test_saving_without_a_change_changes_nothing(name, known):
    batch, facts = kept(name, known)
    assert facts, batch.problem
    for fact in facts:
        held = texts_of(batch, fact)
        found, row = read_row(batch, fact, {})
        assert held and (row.key, row.digest, row.period) == (fact.key, fact.digest, fact.period), (fact.row, held)
        assert not [remark for remark in found if remark.severity == "reject"]
        with pytest.raises(Refused, match="没有改动任何一列"):
            CorrectRow(known.wangli.actor, AT, fact, held, "核对原件无误").do()


@pytest.mark.parametrize("name", NAMES)
def test_a_value_in_words_is_read_as_the_same_value(name, known):
    batch, facts = kept(name, known)
    source = batch.version.loaded()
    for fact in facts:
        _found, row = read_row(batch, fact, {})
        for field, column in source.columns.items():
            value, kind = row.values.get(field), column.type
            if value is None or field in source.key or kind == "text":
                continue
            said = text_of(value, column) + (f" {row.values[column.hour]}时" if column.hour and row.values.get(column.hour) is not None else "")
            _found, again = read_row(batch, fact, {field: said})
            assert (again.values[field], again.digest) == (value, row.digest), (fact.row, field, said)


@pytest.fixture
def fact(known, tmp_path) -> Report:
    path = tmp_path / "认定.csv"
    path.write_text(HEAD + LINE, "utf-8")
    return landed(path, "injury_recognition", known, "990100-hrss")[1][0]


@pytest.fixture
def page(people):
    """What somebody sees and posts at the form; `plainly`: appointed for case analysis."""
    User.objects.update(password_set=timezone.now())

    def _page(fact, plainly=True, **values):
        role = Role.objects.get(code="clerk")
        role.verbs = sorted({*role.verbs, "pool.case_analysis"} - (set() if plainly else {"pool.case_analysis"}))
        role.save()
        client = Client()
        client.force_login(people.wangli)
        address = reverse("integrate:correct_row", args=["Report", fact.pk])
        answer = client.post(address, {"reason": "核对原件", **values}) if values else client.get(address)
        return answer.content.decode()

    return _page


def test_the_form_shows_the_cells_as_the_file_writes_them(fact, page):
    shown = page(fact)
    assert 'value="2026-03-05 12:20"' in shown and 'value="14条(一)"' in shown and 'value="2026.3.9"' in shown


def test_another_cell_written_anew_leaves_day_hour_and_codes_as_they_are(fact, page):
    page(fact, post="抛光工", occurred="2026-03-05 12:20")
    after = Report.objects.current().get(key=fact.key)
    assert {n for n in after.values if after.values[n] != fact.values.get(n)} == {"post"} and after.personal == fact.personal


def test_personal_cells_are_masked_without_the_right_and_an_untouched_mask_keeps_what_is_under_it(fact, page):
    shown = page(fact, plainly=False)
    assert not [word for word in ("张三丰", "11010519491231002X", "13812345678", "换模时被压伤") if word in shown]
    assert 'value="张**"' in shown and 'value="110105********002X"' in shown and "已遮住；不动就保持原值" in shown
    page(fact, plainly=False, worker="张**", id_number="110105********002X", phone="13912345678", post="抛光工")
    after = Report.objects.current().get(key=fact.key)
    assert '"张三丰"' in after.personal and "11010519491231002X" in after.personal and "13912345678" in after.personal
    assert not AuditEntry.objects.filter(verb="pool.read_personal").exists()


def test_an_entry_by_hand_that_was_on_the_way_to_work_is_put_right_by_its_word(known, page):
    _batch, facts = kept("hand_entry", known)
    shown = page(facts[0])
    assert 'name="situation" value="" list="l-situation"' in shown and '<option value="上下班途中">' in shown
    mine = InjuryVersion.objects.current().filter(injury=facts[0].injury_id)
    assert mine.get().at_work
    page(facts[0], situation="上下班途中")
    assert not mine.get().at_work


def test_a_refusal_says_each_thing_once_and_stands_beside_its_cell(fact, page):
    shown = page(fact, occurred="2026-13-02")
    assert "“事故时间”月份不存在；请按原件填写完整日期" in shown and 'value="2026-13-02"' in shown
    shown = page(fact, post="抛光工", reason="")
    assert "没有写订正的依据。请写明依据" in shown and "依据；没有写" not in shown
