"""对应列: a file whose layout nobody knows waits; a person says which column is which; next month it just works."""

import re

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from wushang.collect.layout.propose import likely_header, worth
from wushang.collect.layout.wording import with_titles
from wushang.collect.models import Batch, SourceVersion
from wushang.collect.reading.sheet import Sheet
from wushang.collect.source import load, shipped
from wushang.people.models import AuditEntry, User

pytestmark = pytest.mark.django_db
ODD = ["云溪市2026年2月参保情况", "费款月,单位社保号,参保单位全称,在职参保总人数,月缴费基数,备注栏",
       "202602,0033010001,云溪市恒岳杯业有限公司,58,31.24,", "202602,0033010002,云溪市立丰五金配件厂,23,12.00,新办"]  # fmt: skip
NEXT = [line.replace("2026年2月", "2026年3月").replace("202602", "202603") for line in ODD]
PLAIN = ["所属期,单位编号,单位名称,参保人数,工资总额（万元）", "202602,1,甲公司,58,31.24"]


@pytest.fixture(autouse=True)
def _fresh_passwords(people):
    User.objects.update(password_set=timezone.now())


@pytest.fixture
def clerk(client, people):
    client.force_login(people.wangli)
    return client


def send(client, lines, name="参保.csv", **more):
    file = SimpleUploadedFile(name, "\n".join(lines).encode())
    return client.post(reverse("collect:upload"), {"files": [file], **more}, follow=True).content.decode()


def choose(client, batch, **more):
    said = {"source": "insurance_monthly", "sheet": "", "top": "1", "levels": "1", "act": "save", "c-month": "0",
            "c-insurance_number": "1", "c-name": "2", "c-insured": "3", "c-wages": "4", "u-wages": "万元", **more}  # fmt: skip
    return client.post(reverse("collect:mapping", args=[batch.pk]), said, follow=True).content.decode()


def test_an_unknown_layout_waits_for_a_person_and_the_page_proposes_columns(clerk):
    page = send(clerk, ODD, source="insurance_monthly")
    batch = Batch.objects.get()
    assert batch.state == "unmapped" and "待对应列" not in page and "文件已收好，没有丢" in page
    page = clerk.get(reverse("collect:mapping", args=[batch.pk])).content.decode()
    assert '<option value="2" selected>参保单位全称</option>' in page
    assert '<option value="3" selected>在职参保总人数</option>' in page
    assert "没有用到的" in page and "备注栏" in page
    assert AuditEntry.objects.filter(verb="collect.read_personal", subject=f"batch:{batch.pk}").exists()


STRANGE = ["云溪市2026年2月受理情况", "序号,案号,企业,人员,身份证,出险日,什么地方伤,提交日",
           "1,云工认〔2026〕0901号,云溪市恒岳杯业有限公司,张某某,,2026-02-05,右手食指,2026-02-09"]  # fmt: skip


def test_a_layout_like_no_table_opens_the_choice_of_the_table(clerk):
    page = send(clerk, STRANGE, name="受理.csv")
    batch = Batch.objects.get()
    assert batch.state == "unmapped" and batch.source == "injury_recognition" and batch.sender.code == "990100-hrss"
    assert "对应列：受理.csv" in page and "从表头认不出这是哪一张报送表。最像的是：工伤认定、" in page
    for needed, column in (("事故时间", "出险日"), ("申请日期", "提交日")):
        assert re.search(rf'aria-label="{needed}".*?可能是“{column}”（把握低）', page, re.DOTALL), "what is needed chooses first"
    said = {"source": "injury_recognition", "top": "1", "levels": "1", "act": "save", "c-number": "1", "c-employer_name": "2",
            "c-worker": "3", "c-occurred": "5", "c-reported": "7"}  # fmt: skip
    clerk.post(reverse("collect:mapping", args=[batch.pk]), said)
    batch.refresh_from_db()
    assert (batch.state, batch.taken, batch.layout["may_be"]) == ("checked", 1, [])


def test_of_another_departments_layout_that_nobody_knows_the_table_is_guessed_too(clerk):
    lines = ["流水,就诊的医院,来院时间,伤者姓名,初步诊断", "1,第一人民医院,2026-02-05 09:10,张某某,手外伤"]
    page = send(clerk, lines, name="首诊.csv")
    assert "医院首诊" in page and Batch.objects.get().source == "hospital_visits" and Batch.objects.get().sender.kind == "health"


def test_saving_keeps_a_new_version_and_next_month_just_works(clerk):
    send(clerk, ODD, source="insurance_monthly")
    first = Batch.objects.get()
    before = first.version
    page = choose(clerk, first)
    first.refresh_from_db()
    assert (first.state, first.rows, first.taken) == ("checked", 2, 2), first.problem
    assert first.version != before and "列的对应已记住" in page
    assert SourceVersion.objects.filter(source="insurance_monthly").count() == 2
    send(clerk, NEXT, name="参保3月.csv")
    second = Batch.objects.exclude(pk=first.pk).get()
    assert (second.state, second.taken, second.version) == ("checked", 2, first.version)
    assert second.header["units"]["wages"] == "万元", (first.layout, second.layout, first.header)


def test_the_preview_shows_the_rows_as_they_would_be_understood(clerk):
    send(clerk, ODD, source="insurance_monthly")
    page = choose(clerk, Batch.objects.get(), act="preview")
    assert "312,400" in page and "2026-02" in page
    assert Batch.objects.get().state == "unmapped" and SourceVersion.objects.count() == 1


def test_a_column_is_masked_by_what_its_field_is_declared_to_be_and_not_by_its_digits(clerk):
    lines = ["所属期,单位编号,单位名称,统一社会信用代码,参保总人数,联系人", "202602,1,甲公司,914403001922038216,58,11010519491231002X"]
    send(clerk, lines, source="insurance_monthly")
    page = clerk.get(reverse("collect:mapping", args=[Batch.objects.get().pk])).content.decode()
    assert "914403001922038216" in page and "11010519491231002X" not in page and "110105********002X" in page


def test_a_needed_column_left_out_is_refused_by_its_title(clerk):
    send(clerk, ODD, source="insurance_monthly")
    page = choose(clerk, Batch.objects.get(), **{"c-insured": ""})
    assert "还有必需的列没有对应：参保人数。" in page
    assert Batch.objects.get().state == "unmapped"


def test_one_column_cannot_be_two_fields(clerk):
    send(clerk, ODD, source="insurance_monthly")
    page = choose(clerk, Batch.objects.get(), **{"c-rural": "3"})
    assert "选了同一列" in page


def test_a_renamed_column_is_asked_about_and_not_guessed(clerk):
    lines = ["所属期,单位编号,单位名称,参保人数,其中农民工", "202602,1,甲公司,58,41"]
    send(clerk, lines)
    later = ["所属期,单位编号,单位名称,参保人数,外来务工人数", "202603,1,甲公司,60,43"]
    page = send(clerk, later, name="3月.csv")
    second = Batch.objects.order_by("-pk").first()
    assert second.state == "unmapped"
    assert "上次叫“其中农民工”，这次没有这一列，却多了“外来务工人数”，是同一列吗？" in page
    said = {"source": "insurance_monthly", "sheet": "", "top": "0", "levels": "1", "act": "save", "c-month": "0",
            "c-insurance_number": "1", "c-name": "2", "c-insured": "3", "c-rural": "4"}  # fmt: skip
    clerk.post(reverse("collect:mapping", args=[second.pk]), said)
    second.refresh_from_db()
    assert (second.state, second.header["titles"]["rural"]) == ("checked", "外来务工人数")


def test_saying_that_it_is_another_column_is_an_answer_too(clerk):
    send(clerk, ["所属期,单位编号,单位名称,参保人数,其中农民工", "202602,1,甲公司,58,41"])
    send(clerk, ["所属期,单位编号,单位名称,参保人数,外来务工人数", "202603,1,甲公司,60,43"], name="3月.csv")
    second = Batch.objects.order_by("-pk").first()
    said = {"source": "insurance_monthly", "sheet": "", "top": "0", "levels": "1", "act": "save", "c-month": "0",
            "c-insurance_number": "1", "c-name": "2", "c-insured": "3"}  # fmt: skip
    clerk.post(reverse("collect:mapping", args=[second.pk]), said)
    second.refresh_from_db()
    assert second.state == "checked" and "rural" not in second.header["titles"]
    assert SourceVersion.objects.filter(source="insurance_monthly").count() == 1


def test_a_unit_that_the_header_does_not_say_any_more_is_asked_for(clerk):
    send(clerk, PLAIN)
    page = send(clerk, ["所属期,单位编号,单位名称,参保人数,工资总额", "202603,1,甲公司,58,31.24"], name="3月.csv")
    assert "上次按“万元”读，这次表头没有写单位，还是“万元”吗？" in page
    assert Batch.objects.order_by("-pk").first().state == "unmapped"


def test_a_layout_that_came_before_is_not_asked_about_again(clerk):
    send(clerk, ["所属期,单位编号,单位名称,参保人数,工资总额", "202601,1,甲公司,58,312400"], name="1月.csv")
    send(clerk, PLAIN, name="2月.csv")
    send(clerk, ["所属期,单位编号,单位名称,参保人数,工资总额", "202603,1,甲公司,58,312400"], name="3月.csv")
    assert [b.state for b in Batch.objects.all()] == ["checked"] * 3


def test_columns_that_are_gone_are_told_and_only_a_likely_new_name_holds_it_up(clerk):
    send(clerk, ["所属期,单位编号,单位名称,参保人数,其中农民工,风险类别", "202602,1,甲公司,58,41,一类"])
    page = send(clerk, ["所属期,单位编号,单位名称,参保人数,经营范围", "202603,1,甲公司,60,杯子"], name="3月.csv")
    assert Batch.objects.order_by("-pk").first().state == "checked"
    assert "上次有、这次没有的列：其中农民工、风险类别。" in page and "多了一列“经营范围”" in page


def test_a_new_column_is_noticed_and_holds_up_nothing(clerk):
    send(clerk, ["所属期,单位编号,单位名称,参保人数", "202602,1,甲公司,58"])
    page = send(clerk, ["所属期,单位编号,单位名称,参保人数,经营范围", "202603,1,甲公司,58,杯子"], name="3月.csv")
    assert Batch.objects.order_by("-pk").first().state == "checked"
    assert "多了一列“经营范围”，现在没有用它。" in page


def test_only_the_section_maps(client, clerk, people):
    send(clerk, ODD, source="insurance_monthly")
    pk = Batch.objects.get().pk
    client.force_login(people.linwai)
    assert client.get(reverse("collect:mapping", args=[pk])).status_code == 404
    client.force_login(people.zhanghaiyan)
    assert client.get(reverse("collect:mapping", args=[pk])).status_code == 403


@pytest.mark.parametrize("name", sorted(shipped()))
def test_a_title_is_added_to_every_column_of_every_source_and_nothing_else_changes(name):
    old = shipped()[name]
    titles = {field: f"新列名{place}: “{field}”" for place, field in enumerate(old.columns)}
    new = load(with_titles(old.text, name, titles, {}), name)
    for field, column in old.columns.items():
        assert new.columns[field].titles == [*column.titles, titles[field]]
        assert new.columns[field].model_copy(update={"titles": column.titles}) == column
    kept = {k: v for k, v in vars(new).items() if k not in ("columns", "text", "digest")}
    assert kept == {k: v for k, v in vars(old).items() if k not in ("columns", "text", "digest")}


@pytest.mark.parametrize("name", sorted(shipped()))
def test_a_unit_of_a_title_is_kept_beside_every_column_of_every_source(name):
    old = shipped()[name]
    titles = {field: f"新{place}" for place, field in enumerate(old.columns)}
    new = load(with_titles(old.text, name, titles, dict.fromkeys(old.columns, "万元")), name)
    assert {field: column.units for field, column in new.columns.items()} == {
        field: {**old.columns[field].units, titles[field]: "万元"} for field in old.columns
    }


def test_a_sheet_without_a_line_is_like_no_source():
    bare = Sheet("", pl.DataFrame(schema={"0": pl.String}))
    assert [(likely_header(bare, one).names, worth(bare, one)) for one in shipped().values()] == [({}, 0.0)] * len(shipped())
