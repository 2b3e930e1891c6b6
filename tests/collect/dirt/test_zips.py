"""Dirt: a zip of files: each file its own delivery, names in GBK readable, no name is a path."""

import pytest
from collect.dirt.biff_writer import xls
from collect.dirt.files import MONTHLY, ROW, check, csv_of, xlsx_of, zip_of

from wushang.collect.content import whole
from wushang.collect.pieces import opened
from wushang.collect.reading import parcel
from wushang.terms.problem import Refused

FEBRUARY = ["202602", "0001", "恒岳杯业有限公司", "57"]
FILES = {"参保202602.csv": csv_of(MONTHLY, FEBRUARY), "参保202603.xlsx": xlsx_of(MONTHLY, ROW), "旧/参保.xls": xls(MONTHLY, ROW)}


def taken(found: parcel.Parcel) -> list[tuple[str, bytes]]:
    return [(name, whole(content)) for name, content in found.files]


@pytest.mark.django_db
def test_each_file_of_a_zip_is_its_own_delivery_and_one_sentence_says_so(now):
    found = opened(zip_of(FILES), "三月.zip", "insurance_monthly", now)
    assert [piece.file_name for piece in found.pieces] == ["参保202602.csv", "参保202603.xlsx", "参保.xls"]
    assert [check(whole(piece.content), piece.file_name).rows for piece in found.pieces] == [1, 1, 1]
    assert found.said == ["“三月.zip”里有 3 个文件，按文件各登记一批：参保202602.csv、参保202603.xlsx、参保.xls。"]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_without_a_mark_are_read_in_their_own_letters(encoding):
    content = zip_of({"参保缴费（三月）.csv".encode(encoding): b"x"})
    assert [name for name, _ in parcel.unpacked(content, "a.zip").files] == ["参保缴费（三月）.csv"]


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\..\\windows\\a.csv", "/etc/cron.d/a.csv", "C:\\a.csv", "a\x00b.csv"])
def test_a_name_is_never_a_path(name):
    ((said, content),) = parcel.unpacked(zip_of({name: b"x"}), "a.zip").files
    assert whole(content) == b"x" and not set(said) & set("/\\:\x00") and said not in ("..", "")


def test_what_systems_leave_beside_files_is_no_file():
    left = {"__MACOSX/._参保.csv": b"x", ".DS_Store": b"x", "~$参保.xlsx": b"x", "Thumbs.db": b"x", "参保/": b""}
    assert taken(parcel.unpacked(zip_of({**left, "参保.csv": b"y"}), "a.zip")) == [("参保.csv", b"y")]


def test_a_zip_within_a_zip_is_told_and_the_others_are_taken():
    found = parcel.unpacked(zip_of({"内.zip": zip_of({"a.csv": b"x"}), "b.csv": b"y"}), "a.zip")
    assert taken(found) == [("b.csv", b"y")]
    assert [(p.value, p.why) for p in found.left] == [("内.zip", "压缩包里又有压缩包，没有再打开")]


def test_a_zip_where_one_file_is_expected_is_refused_with_its_content_named():
    with pytest.raises(Refused, match="这是压缩包，里面有：参保202602.csv、"):
        check(zip_of(FILES), "a.zip")


def test_a_file_that_is_torn_or_larger_than_it_says_is_told_and_the_others_are_taken(tmp_path):
    content = zip_of({"a.csv": b"1,2\n" * 50_000, "b.csv": b"y"})
    at = content.index(b"a.csv") + 60
    place = tmp_path / "a.zip"
    place.write_bytes(content[:at] + b"\xff" * 40 + content[at + 40 :])
    found = parcel.unpacked(place, "a.zip")
    assert taken(found) == [("b.csv", b"y")] and [problem.code for problem in found.left] == ["unreadable_file"]
    size = len(b"1,2\n" * 50_000).to_bytes(4, "little")
    place.write_bytes(content.replace(size, (9).to_bytes(4, "little")))
    found = parcel.unpacked(place, "a.zip")
    assert taken(found) == [("b.csv", b"y")] and [problem.code for problem in found.left] == ["bomb"]
