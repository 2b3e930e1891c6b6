"""数据报送 and 报送结果 in the browser's place: what a clerk sees and does, and what an outsider does not."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from wushang.collect.checking import check_file
from wushang.collect.models import Batch
from wushang.collect.source import shipped
from wushang.people.models import AuditEntry, User

pytestmark = pytest.mark.django_db
HEADER = "受理编号,单位名称,统一社会信用代码,姓名,证件号码,事故时间,申请日期"
ID = "11010519491231002X"
LINES = [
    HEADER,
    f"工〔2026〕1号,甲公司,,张三丰,{ID},2026-03-05,2026-03-09",
    f"工〔2026〕1号,甲公司,,张三丰,{ID},2026-03-05,2026-03-09",
    "工〔2026〕2号,乙公司,9144030019220382I6,李四光,,2026-03-06,2026-03-09",
    "工〔2026〕3号,丙公司,,王五一,110105194912310021,2026-13-02,2026-03-09",
    "合计,4",
]


@pytest.fixture(autouse=True)
def _fresh_passwords(people):
    """Pages ask the wall clock whether a password is too old."""
    User.objects.update(password_set=timezone.now())


@pytest.fixture
def clerk(client, people):
    client.force_login(people.wangli)
    return client


def send(client, lines=LINES, name="工伤认定.csv", **more):
    file = SimpleUploadedFile(name, "\n".join(lines).encode())
    return client.post(reverse("collect:upload"), {"files": [file], **more}, follow=True)


def test_the_empty_page_says_what_to_do_next(clerk):
    page = clerk.get(reverse("collect:batches")).content.decode()
    assert "还没有报送。" in page
    assert "直接上传您手头的台账，不用改格式" in page
    assert page.count("样表</a>") == len(shipped()) - 1
    assert 'value="injury_recognition"' in page and 'value="hand_entry"' not in page, "what is entered one by one is no file"


def test_an_upload_shows_numbers_that_tie(clerk):
    page = send(clerk).content.decode()
    assert "行数与文件第 6 行“合计”一致：4" in page
    numbers = Batch.objects.get()
    assert (numbers.rows, numbers.taken, len(numbers.doubles), numbers.quarantined.count()) == (4, 1, 1, 2)
    assert "接收 1 ＝ 与上次相同 0 ＋ 新增 1 ＋ 变更 0；减少 0 行" in page
    assert "第 3 行同第 2 行" in page
    assert "第 17 位 I → 1，校验通过" in page


def test_no_personal_value_stands_on_the_page(clerk):
    page = send(clerk).content.decode()
    assert "110105********0021" in page
    assert not [word for word in (ID, "110105194912310021", "张三丰", "王五一") if word in page]


def test_a_plain_personal_cell_is_shown_to_who_mends_it_and_written_down(clerk):
    send(clerk)
    url = reverse("collect:row", args=[Batch.objects.get().pk, 5])
    assert "110105194912310021" in clerk.get(url, {"act": "mend"}).content.decode()
    assert AuditEntry.objects.get(verb="collect.read_personal").detail == {"row": 5, "fields": ["id_number"]}


def test_mending_with_htmx_gives_the_row_and_the_numbers_anew(clerk):
    send(clerk)
    url = reverse("collect:settle", args=[Batch.objects.get().pk, 4, "mend"])
    part = clerk.post(url, {"value-uscc": "914403001922038216"}, headers={"HX-Request": "true"}).content.decode()
    assert part.startswith('<tbody id="row-4" class="is-settled is-last">')
    assert 'id="numbers" hx-swap-oob="true"' in part
    assert "接收 2 ＝ 与上次相同 0 ＋ 新增 2" in part
    assert "9144030019220382I6</s> → 914403001922038216" in part


def test_what_is_still_wrong_stays_open_with_its_sentence(clerk):
    send(clerk)
    url = reverse("collect:settle", args=[Batch.objects.get().pk, 4, "mend"])
    part = clerk.post(url, {"value-uscc": "91440300"}, headers={"HX-Request": "true"}).content.decode()
    assert "应为18位，现为8位" in part
    assert "原为 <s>9144030019220382I6</s>" in part
    assert 'name="value-uscc"' in part


def test_accepting_without_script_leads_back_to_the_same_part_of_the_list_and_names_the_row(clerk):
    send(clerk)
    url = reverse("collect:settle", args=[Batch.objects.get().pk, 4, "accept"])
    answer = clerk.post(url + "?kind=uscc.uscc&after=open-3", {"reason": "执照如此，已核实"})
    assert answer["Location"].endswith("?kind=uscc.uscc&after=open-3&last=4#waiting")
    assert "第 4 行：按原值接收。" in clerk.get(answer["Location"]).content.decode()


def test_a_mended_row_asks_for_the_rest_of_the_page_anew_so_that_nothing_contradicts_it(clerk):
    send(clerk)
    pk = Batch.objects.get().pk
    url, script = reverse("collect:settle", args=[pk, 4, "mend"]), {"HTTP_HX_REQUEST": "true"}
    assert "HX-Trigger" not in clerk.post(url, {"value-uscc": "1"}, **script)  # still wrong: nothing else has changed
    assert clerk.post(url, {"value-uscc": "914403001922038216"}, **script)["HX-Trigger"] == "settled"
    page = clerk.get(reverse("collect:batch", args=[pk])).content.decode()
    assert 'hx-trigger="settled from:body"' in page
    assert all(f'id="{part}"' in page for part in ("kinds", "whole", "different", "papers"))


def test_a_waiting_row_names_its_unit(clerk):
    page = send(clerk).content.decode()
    assert "<th>单位</th>" in page and 'title="乙公司">乙公司</span>' in page and 'title="丙公司">丙公司</span>' in page


def test_what_was_decided_in_reading_stands_above_the_rows_and_unused_columns_at_the_foot(clerk):
    lines = ["云溪市2026年3月工伤认定台账", f"{HEADER},备注栏", "工〔2026〕1号,甲公司,,张三丰,,3月5日,2026-03-09,无"]
    page = send(clerk, lines).content.decode()
    said = "“事故时间”有 1 行只写了月日：本表所属期是 2026-03，都按 2026 年读"
    assert page.index("文件是这样读的") < page.index(said) < page.index('id="different"') < page.index("未用到的列：备注栏")


def test_all_suggestions_at_once(clerk):
    page = send(clerk).content.decode()
    assert "按建议全部改正（1 行）" in page
    clerk.post(reverse("collect:alike", args=[Batch.objects.get().pk, "mend"]))
    assert Batch.objects.get().quarantined.get(row=4).state == "mended"


def test_confirming_says_what_happens_to_the_rest(clerk):
    send(clerk)
    page = clerk.post(reverse("collect:confirm", args=[Batch.objects.get().pk]), follow=True).content.decode()
    assert Batch.objects.get().state == "confirmed"
    assert "已确认，正在入库；还有 2 行待订正，订正后单独入库。" in page


def test_a_wrong_footer_asks_for_a_reason_before_it_counts(clerk):
    page = send(clerk, [*LINES[:-1], "合计,9"]).content.decode()
    assert "✗ 第 6 行“合计”写着 9 行，文件里数到的是 4 行" in page
    assert "请与报送单位核对：漏了行的，补上再报；只是合计没有改的，确认入库时写明原因。" in page
    assert 'name="reason" required' in page
    clerk.post(reverse("collect:confirm", args=[Batch.objects.get().pk]))
    assert Batch.objects.get().state == "checked"


def test_withdrawing_needs_a_reason(clerk):
    send(clerk)
    url = reverse("collect:withdraw", args=[Batch.objects.get().pk])
    clerk.post(url, {"reason": ""})
    assert Batch.objects.get().state == "checked"
    page = clerk.post(url, {"reason": "报错了月份"}, follow=True).content.decode()
    assert "已撤回，没有计入任何数据。" in page


def test_the_same_file_again_leads_to_the_first_delivery(clerk):
    send(clerk)
    page = send(clerk).content.decode()
    assert "没有改动任何数据" in page
    assert Batch.objects.count() == 1


def test_the_corrections_go_back_with_every_original_column(clerk):
    send(clerk)
    answer = clerk.get(reverse("collect:corrections", args=[Batch.objects.get().pk]))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[1] == ["文件行号", "问题和建议", *HEADER.split(","), "核对码（请勿改动）"]
    assert [r[0] for r in rows[2:]] == [4, 5]
    assert "统一社会信用代码：" in rows[2][1] and rows[2][4] == "9144030019220382I6"
    assert AuditEntry.objects.filter(verb="collect.export").count() == 1


def test_the_original_file_comes_back_byte_for_byte(clerk):
    send(clerk)
    assert clerk.get(reverse("collect:file", args=[Batch.objects.get().pk])).getvalue() == "\n".join(LINES).encode()


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_sample_can_be_filled_in_and_read_back(clerk, name):
    content = clerk.get(reverse("collect:sample", args=[name])).content
    from datetime import date

    checked = check_file(content, "样表.xlsx", shipped()[name], date(2026, 4, 15))
    assert checked.header.unknown == {}
    assert set(checked.header.places) == set(shipped()[name].columns)


def test_a_file_of_another_format_is_refused_in_plain_words(clerk):
    page = send(clerk, ["甲,乙", "1,2"]).content.decode()
    assert "从表头认不出这是哪一张报送表。" in page


def test_the_list_shows_what_came(clerk):
    send(clerk)
    page = clerk.get(reverse("collect:batches")).content.decode()
    assert "待确认入库" in page and "人社局" in page


def test_an_outsider_sees_and_does_nothing(client, clerk, people):
    send(clerk)
    pk = Batch.objects.get().pk
    client.force_login(people.linwai)
    assert "乙公司" not in client.get(reverse("collect:batches")).content.decode()
    names = [("batch", [pk]), ("file", [pk]), ("corrections", [pk]), ("differences", [pk]), ("row", [pk, 4])]
    assert {client.get(reverse(f"collect:{name}", args=args)).status_code for name, args in names} == {404}
    acts = [("confirm", [pk]), ("withdraw", [pk]), ("alike", [pk, "mend"]), ("take_corrections", [pk]), ("settle", [pk, 4, "accept"])]
    assert {client.post(reverse(f"collect:{name}", args=args)).status_code for name, args in acts} == {404}


def test_who_may_not_see_deliveries_is_refused(client, people):
    client.force_login(people.zhanghaiyan)
    assert client.get(reverse("collect:batches")).status_code == 403


def test_the_difference_list_ties_with_the_numbers_after_mending(clerk):
    send(clerk)
    clerk.post(
        reverse("collect:settle", args=[Batch.objects.get().pk, 4, "mend"]), {"value-uscc": "914403001922038216"}
    )
    page = clerk.get(reverse("collect:batch", args=[Batch.objects.get().pk])).content.decode()
    assert "＋ 新增 2 ＋" in page
    assert '新增<span class="n">2</span>' in page
    assert "乙公司" in page
