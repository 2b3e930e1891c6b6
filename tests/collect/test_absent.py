"""本表没有这一列: a file without a needed column is kept, waits as one matter, goes back at one click and comes again."""

import io
from datetime import date

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from wushang.collect import shown
from wushang.collect.command import collect_file
from wushang.collect.deeds.set_due_day import SetDueDay
from wushang.collect.models import Batch
from wushang.collect.owed import owed
from wushang.collect.source import SourceWrong, load, shipped
from wushang.collect.todo import items
from wushang.people.models import AuditEntry, User
from wushang.people.scope import Scope
from wushang.terms.period import Period

pytestmark = pytest.mark.django_db
HEADER = "受理编号,单位名称,姓名,证件号码,事故时间,申请日期,事故类别,伤害程度"
ROWS = [
    "工〔2026〕1号,甲公司,张三,,2026-03-05,2026-03-09,机械伤害,轻伤",
    "工〔2026〕2号,乙公司,李四,,2026-03-06,2026-03-10,机械伤害,轻伤",
    "工〔2026〕3号,丙公司,王五,,2026-13-06,2026-03-11,机械伤害,轻伤",
]
WHOLE = [HEADER, *ROWS]
SHORT = [",".join(cell for place, cell in enumerate(line.split(",")) if place != 5) for line in WHOLE]
CHOICE = {"source": "injury_recognition", "sheet": "", "top": "0", "levels": "1", "act": "save", "c-number": "0", "c-employer_name": "1",
          "c-worker": "2", "c-id_number": "3", "c-occurred": "4", "c-reported": "none", "c-kind": "5", "c-severity": "6"}  # fmt: skip


@pytest.fixture
def clerk(client, people):
    User.objects.update(password_set=timezone.now())
    client.force_login(people.wangli)
    return client


def send(client, lines, name="认定.csv", **more):
    file = SimpleUploadedFile(name, "\n".join(lines).encode())
    return client.post(reverse("collect:upload"), {"files": [file], **more}, follow=True).content.decode()


def say(client, batch, **more):
    return client.post(reverse("collect:mapping", args=[batch.pk]), {**CHOICE, **more}, follow=True).content.decode()


@pytest.fixture
def lacking(clerk) -> Batch:
    """A delivery of three rows of which was said: 本表没有“申请日期”这一列."""
    send(clerk, SHORT, source="injury_recognition")
    batch = Batch.objects.get()
    say(clerk, batch)
    batch.refresh_from_db()
    return batch


def test_the_page_lets_her_say_so_and_tells_what_follows(clerk):
    send(clerk, SHORT, source="injury_recognition")
    batch = Batch.objects.get()
    page = clerk.get(reverse("collect:mapping", args=[batch.pk])).content.decode()
    assert batch.state == "unmapped" and "本表没有这一列" in page
    assert "每一行都缺“申请日期”，全部待订正，一行也不入库；可以一键退回报送单位补上。" in page
    assert "还有必需的列没有对应：申请日期。" in say(clerk, batch, **{"c-reported": ""})


def test_all_rows_wait_as_one_matter_whatever_else_is_wrong_with_one(lacking):
    numbers = shown.numbers(lacking)
    assert (lacking.state, numbers.rows, numbers.taken, numbers.waiting) == ("checked", 3, 0, 3)
    assert lacking.counts["kinds"] == {"column_absent.reported": 3}
    kind = shown.rows.kinds(lacking)[0]
    assert (kind.title, kind.column, kind.rows) == ("整列缺失", "申请日期", 3)


def test_no_version_is_made_of_it_and_the_next_file_is_asked_again(clerk, lacking):
    assert lacking.version.text == shipped()["injury_recognition"].text
    send(clerk, [line.replace("2026", "2025") for line in SHORT], name="次月.csv", source="injury_recognition")
    assert Batch.objects.exclude(pk=lacking.pk).get().state == "unmapped"


def test_it_goes_back_at_one_click_and_nothing_is_left_to_confirm(clerk, people, lacking, now):
    page = clerk.get(reverse("collect:batch", args=[lacking.pk])).content.decode()
    assert "整列缺失：申请日期" in page and "退回报送单位补上" in page and "确认入库</button>" not in page
    clerk.post(reverse("collect:alike", args=[lacking.pk, "return"]), {"kind": "column_absent.reported", "reason": "请补上申请日期"})
    page = clerk.get(reverse("collect:batch", args=[lacking.pk])).content.decode()
    assert "已退回人社局，3 行等它补上。" in page and "下载订正表发给报送单位" in page
    assert set(lacking.quarantined.values_list("state", flat=True)) == {"returned"}
    todo = [one for one in items(people.wangli.actor, timezone.localdate()) if one.url.endswith(f"/{lacking.pk}/")]
    assert [(one.what, one.tab) for one in todo] == [("等人社局补上“申请日期”", "passed")]


def test_a_file_that_went_back_whole_has_not_come_in_the_calendar(clerk, people, lacking):
    def cell():
        cells = owed(Scope.system(), Period(date(2026, 3, 1), date(2026, 3, 31)), date(2026, 4, 20))
        return next((one for one in cells if one.source.id == "injury_recognition"), None)

    SetDueDay(people.lijianguo.actor, timezone.now(), "injury_recognition", 15, date(2026, 3, 1)).do()
    Batch.objects.filter(pk=lacking.pk).update(start="2026-03-01", end="2026-03-31", received="2026-04-02T02:00:00+00:00")
    assert (cell().state, cell().came) == ("on_time", date(2026, 4, 2))  # it came and waits for the clerk
    clerk.post(reverse("collect:alike", args=[lacking.pk, "return"]), {"kind": "column_absent.reported", "reason": "请补上申请日期"})
    assert (cell().state, cell().late, cell().newest) == ("missing", 5, None)


def test_the_workbook_has_the_column_to_fill_in_and_filled_rows_count(clerk, lacking):
    content = clerk.get(reverse("collect:corrections", args=[lacking.pk])).content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    head = rows[1]
    place = head.index("申请日期")
    for row, day in zip(rows[2:], ["2026-03-09", "2026-03-10", "2026-03-11"], strict=True):
        row[place] = day
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        for at, row in enumerate(rows):
            page.write_row(at, 0, [str(int(cell)) if isinstance(cell, float) else cell for cell in row])
    sent = SimpleUploadedFile("订正表.xlsx", out.getvalue())
    clerk.post(reverse("collect:take_corrections", args=[lacking.pk]), {"file": sent})
    lacking.refresh_from_db()
    assert shown.numbers(lacking).taken == 2  # the third has a month 13 besides
    (left,) = lacking.quarantined.exclude(state="mended")
    assert [problem["code"] for problem in left.problems if problem["severity"] == "reject"] == ["unreadable_date"]


def test_the_file_with_the_column_takes_the_rows_and_the_short_one_gives_way(clerk, people, lacking):
    clerk.post(reverse("collect:alike", args=[lacking.pk, "return"]), {"kind": "column_absent.reported", "reason": "请补上申请日期"})
    send(clerk, WHOLE, name="补全.csv", source="injury_recognition")
    second = Batch.objects.exclude(pk=lacking.pk).get()
    assert (second.state, second.taken, second.absent) == ("checked", 2, {})
    clerk.force_login(people.lijianguo)
    clerk.post(reverse("collect:confirm", args=[second.pk]), {"reason": "已补列"})
    lacking.refresh_from_db()
    assert (lacking.state, lacking.withdraw_reason) == ("withdrawn", f"缺的列已补上，由批次号 {second.number} 的报送代替")
    assert AuditEntry.objects.filter(verb="collect.confirm", detail__gave_way=[lacking.pk]).exists()


def test_a_file_that_brings_only_some_of_the_rows_leaves_the_others_waiting(clerk, people, lacking):
    send(clerk, WHOLE[:3], name="补了两行.csv", source="injury_recognition")
    second = Batch.objects.exclude(pk=lacking.pk).get()
    clerk.force_login(people.lijianguo)
    clerk.post(reverse("collect:confirm", args=[second.pk]))
    second.refresh_from_db()
    lacking.refresh_from_db()
    assert (second.state, lacking.state, lacking.quarantined.filter(state="open").count()) == ("confirmed", "checked", 3)


def test_a_stand_in_that_the_source_declares_is_told_and_read(clerk):
    lines = [line.replace("受理编号", "认定书编号") for line in WHOLE]
    send(clerk, [line.replace("事故类别", "伤害的类别") for line in lines], source="injury_recognition")
    batch = Batch.objects.get()
    assert batch.taken == 2
    page = clerk.get(reverse("collect:mapping", args=[batch.pk])).content.decode()
    assert "没有这一列时，读“认定书编号”代替。" in page


def test_machines_are_told_which_column_is_not_there(client, clerk, lacking):
    said = clerk.get(f"/api/batches/{lacking.pk}").json()
    assert (said["absent"], said["numbers"]["waiting"], said["state"]) == (["申请日期"], 3, "checked")
    first = clerk.get(f"/api/batches/{lacking.pk}/problems").json()["items"][0]["problems"][0]
    assert (first["code"], first["column"]) == ("column_absent", "申请日期")


def test_a_yaml_cannot_say_that_a_column_is_absent():
    text = shipped()["injury_recognition"].text
    with pytest.raises(SourceWrong, match="said of one file"):
        load(text + "\nabsent: [reported]\n", "injury_recognition")


def test_a_header_like_several_opens_the_choice_of_the_table_and_names_what_lacks(clerk):
    page = send(clerk, SHORT)
    batch = Batch.objects.get()
    assert batch.state == "unmapped" and batch.source == "injury_recognition" and "对应列：认定.csv" in page
    assert "工伤认定（认出 7 列，缺“申请日期”）" in page and '<optgroup label="表头像的">' in page
    say(clerk, batch)
    batch.refresh_from_db()
    assert (batch.state, batch.quarantined.count(), batch.layout["may_be"]) == ("checked", 3, [])


def test_a_list_that_fits_two_tables_equally_is_kept_and_asked_about(clerk, people):
    page = send(clerk, ["统一社会信用代码,单位名称", "914403001922038216,甲公司"], name="名单.csv")
    batch = Batch.objects.get()
    assert batch.state == "unmapped" and len(batch.layout["may_be"]) >= 2 and "表头同时像：" in page
    assert batch.quarantined.count() == 0 and batch.rows == 0


def test_the_command_keeps_such_a_file_and_says_why_it_waits(people, now, tmp_path):
    path = tmp_path / "认定.csv"
    path.write_text("\n".join(SHORT), "utf-8")
    said = collect_file(path, "", people.system.actor, now, sender="990100-hrss")
    assert (said["state"], said["problem"]["code"]) == ("unmapped", "several_sources")
    assert "工伤认定（认出 7 列，缺“申请日期”）" in said["problem"]["why"]
