"""收件文件夹: taken when whole, moved with a slip, refused with a sentence; killed at any step nothing is lost or doubled."""

import os
import re
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest

from wushang.collect.models import Batch, Drop
from wushang.collect.source import shipped
from wushang.collect.ways import folder, slips
from wushang.collect.ways.arriving import confirm_clean
from wushang.collect.ways.folder import take_files
from wushang.people.models import Department

pytestmark = pytest.mark.django_db
HEADER = "受理编号,单位名称,姓名,事故时间,申请日期\n"
GOOD = HEADER + "工〔2026〕1号,甲公司,张三,2026-03-05,2026-03-09\n"
MIXED = GOOD + "工〔2026〕2号,乙公司,李四,2026-13-02,2026-03-09\n"


class Inbox:
    def __init__(self, root: Path, now) -> None:
        self.root, self.now = root, now
        self.here = root / "990100-hrss" / "injury_recognition"
        self.here.mkdir(parents=True)

    def put(self, text: str = GOOD, name: str = "3月.csv", where: Path | None = None) -> Path:
        path = (where or self.here) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("gb18030"))
        return path

    def look(self, seconds: int = 0) -> int:
        """A round of the worker so many seconds later."""
        self.now += timedelta(seconds=seconds)
        return take_files(self.now)

    def twice(self) -> int:
        return self.look() + self.look(30)

    def all_files(self) -> list[str]:
        return sorted(str(path.relative_to(self.here)) for path in self.here.rglob("*") if path.is_file())


@pytest.fixture
def inbox(people, now, tmp_path, settings) -> Inbox:
    settings.WUSHANG_INBOX = str(tmp_path / "inbox")
    return Inbox(tmp_path / "inbox", now)


def slip(path: Path) -> str:
    return path.read_text("utf-8-sig")


def test_a_file_that_has_stopped_growing_is_taken_and_moved_with_its_slip(inbox):
    inbox.put(MIXED)
    assert inbox.look() == 0 and not Batch.objects.exists()
    assert inbox.look(30) == 1
    batch = Batch.objects.get()
    assert (batch.state, batch.rows, batch.sender.code) == (Batch.CHECKED, 2, "990100-hrss")
    assert inbox.all_files() == ["done/3月.csv", "done/3月.csv.txt"]
    said = slip(inbox.here / "done" / "3月.csv.txt")
    assert "共 2 行：接收 1，重复 0，待订正 1。" in said and batch.number in said
    assert "张三" not in said and "李四" not in said
    assert (inbox.here / "done" / "3月.csv").read_bytes() == MIXED.encode("gb18030")


def test_the_delivery_stands_on_the_ordinary_page(inbox, client, people):
    inbox.put()
    inbox.twice()
    client.force_login(people.wangli, backend="django.contrib.auth.backends.ModelBackend")
    assert "收件文件夹（人社局）" in client.get("/collect/").content.decode()


def test_a_growing_file_is_left_alone_until_it_rests(inbox):
    path = inbox.put(GOOD)
    inbox.look()
    path.write_bytes(MIXED.encode("gb18030"))
    assert inbox.look(30) == 0
    assert inbox.look(30) == 1
    assert Batch.objects.get().rows == 2


@pytest.mark.parametrize("name", ["3月.csv.part", "3月.csv.filepart", ".3月.csv", "~$3月.xlsx", "3月.tmp"])
def test_names_of_unfinished_uploads_are_left_alone(inbox, name):
    inbox.put(GOOD, name)
    assert inbox.twice() == 0
    assert inbox.all_files() == [name]


def test_an_ok_mark_says_at_once_that_the_file_is_whole(inbox):
    inbox.put()
    (inbox.here / "3月.csv.ok").touch()
    assert inbox.look() == 1
    assert inbox.all_files() == ["done/3月.csv", "done/3月.csv.txt"]


def test_a_file_that_cannot_be_read_is_refused_with_why_and_what_to_do(inbox):
    inbox.put("一,二\x00\n1,2\n")
    assert inbox.twice() == 1
    assert inbox.all_files() == ["refused/3月.csv", "refused/3月.csv.txt"]
    said = slip(inbox.here / "refused" / "3月.csv.txt")
    assert said.startswith("没有接收这份文件。") and "原因：" in said and "怎么办：" in said
    assert "990100-hrss/injury_recognition" in said


def test_a_file_whose_columns_are_not_known_waits_for_a_person_and_is_not_asked_for_again(inbox):
    inbox.put("一,二\n1,2\n")
    assert inbox.twice() == 1
    assert Batch.objects.get().state == Batch.UNMAPPED
    said = slip(inbox.here / "done" / "3月.csv.txt")
    assert said.startswith("已收到，还没有核对完。") and "文件不用再放一次" in said


@pytest.mark.parametrize(
    ("where", "why"),
    [("990100-xx/injury_recognition", "没有名为“990100-xx”的报送部门"), ("990100-hrss/claims", "没有名为“claims”的报送表"),
     ("990100-hrss", "两层文件夹"), (".", "两层文件夹"), ("990100-health/injury_recognition", "由人社")],
)  # fmt: skip
def test_a_wrong_folder_is_said(inbox, where, why):
    inbox.put(where=inbox.root / where)
    assert inbox.twice() == 1
    assert why in slip(inbox.root / where / "refused" / "3月.csv.txt")
    assert not Batch.objects.exists()
    assert why in Drop.objects.get().problem["why"]


def test_folders_may_bear_the_chinese_names(inbox):
    inbox.put(where=inbox.root / "人社局" / "工伤认定")
    inbox.twice()
    assert Batch.objects.get().source == "injury_recognition"


def test_an_empty_file_is_refused(inbox):
    inbox.put("")
    inbox.twice()
    assert "文件是空的" in slip(inbox.here / "refused" / "3月.csv.txt")


def test_the_same_file_again_is_told_and_changes_nothing(inbox):
    inbox.put()
    inbox.twice()
    inbox.put()
    inbox.twice()
    assert Batch.objects.count() == 1
    told = [slip(path) for path in (inbox.here / "done").glob("*.txt")]
    assert len(told) == 2 and sum("以前报送过" in one for one in told) == 1


def test_another_file_of_the_same_name_is_another_delivery(inbox):
    inbox.put()
    inbox.twice()
    inbox.put(MIXED)
    inbox.twice()
    assert sorted(Batch.objects.values_list("rows", flat=True)) == [1, 2]
    assert len([f for f in inbox.all_files() if f.endswith(".csv")]) == 2


def test_a_zip_is_as_many_deliveries_as_it_holds_files_and_what_cannot_be_used_is_said(inbox):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        box.writestr("1月.csv", GOOD)
        box.writestr("2月.csv", MIXED)
        box.writestr("照片.jpg", b"\xff\xd8\xff")
    (inbox.here / "一季度.zip").write_bytes(out.getvalue())
    assert inbox.twice() == 1
    assert sorted(Batch.objects.values_list("rows", "state")) == [(0, "failed"), (1, "checked"), (2, "checked")]
    said = slip(inbox.here / "done" / "一季度.zip.txt")
    assert said.count("批次号：") == 3 and "共 1 行" in said and "共 2 行" in said and "读不出：" in said


def test_a_name_in_gbk_bytes_is_read(inbox):
    raw = os.fsencode(str(inbox.here)) + b"/" + "三月.csv".encode("gb18030")
    with open(raw, "wb") as out:
        out.write(GOOD.encode())
    assert inbox.twice() == 1
    assert Batch.objects.get().file_name == "三月.csv"


def test_a_setting_lets_clean_files_in_without_a_person(inbox, settings):
    settings.WUSHANG_INBOX_CONFIRM = True
    inbox.put()
    inbox.twice()
    assert confirm_clean(inbox.now) == 1
    assert Batch.objects.get().state == Batch.CONFIRMED


class Killed(BaseException):
    """kill -9: nothing of ours runs any more."""


STEPS = [
    (folder, "receive", "before"), (folder, "receive", "after"), (folder, "check", "before"), (folder, "check", "after"),
    (slips, "taken", "before"), (slips, "move", "before"), (slips, "move", "after"), (folder.Drop, "save", "before"),
]  # fmt: skip


@pytest.mark.parametrize(("place", "name", "when"), STEPS)
def test_killed_at_any_step_nothing_is_lost_or_taken_twice(inbox, monkeypatch, place, name, when):
    real = getattr(place, name)

    def dies(*args, **kwargs):
        if when == "after":
            real(*args, **kwargs)
        raise Killed

    inbox.put(MIXED)
    inbox.look()
    with monkeypatch.context() as patch:
        patch.setattr(place, name, dies)
        with pytest.raises(Killed):
            inbox.look(30)
    for _round in range(4):
        inbox.look(700)  # leases of the dead lapse
    assert Batch.objects.count() == 1 and Batch.objects.get().rows == 2
    assert [f for f in inbox.all_files() if f.endswith(".csv")] == ["done/3月.csv"]
    assert "done/3月.csv.txt" in inbox.all_files()


def test_one_bad_file_does_not_hold_up_the_others(inbox, monkeypatch):
    inbox.put(GOOD, "a.csv")
    inbox.put(MIXED, "b.csv")
    real = slips.move

    def refuses(path, *rest):
        if path.name == "a.csv":
            raise PermissionError
        return real(path, *rest)

    inbox.look()
    monkeypatch.setattr(slips, "move", refuses)
    assert inbox.look(30) == 1
    monkeypatch.setattr(slips, "move", real)
    assert inbox.look(30) == 1
    assert Batch.objects.count() == 2


def test_the_example_of_a_place_names_a_department_and_a_table_that_are_there(inbox):
    inbox.put(where=inbox.root)
    inbox.twice()
    said = Drop.objects.get().problem["remedy"]
    department, table = re.search(r"如 ([\w-]+)/(\w+)/", said).groups()
    assert Department.objects.filter(short_name=department).exists() and table in {source.title for source in shipped().values()}
