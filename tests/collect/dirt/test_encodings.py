"""Dirt: csv in GBK, GB18030, UTF-8 with and without BOM, UTF-16; a byte of no encoding, and a file cut in a character."""

import pytest
from collect.dirt.files import CASE, CLAIM, claims, csv_of

from wushang.terms.problem import Refused


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_reads_the_same(encoding):
    content = csv_of(CLAIM, CASE, encoding=encoding)
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    assert claims(mark + content, "a.csv").accepted["employer_name"].to_list() == ["恒岳杯业有限公司"]


def test_rare_characters_of_gb18030_are_right():
    content = csv_of(CLAIM, [CASE[0], "䶮记㙍𠮷杯业", *CASE[2:]], encoding="gb18030")
    assert claims(content, "a.csv").accepted["employer_name"].to_list() == ["䶮记㙍𠮷杯业"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_wrong_byte_is_not_guessed_over(encoding):
    content = csv_of(CLAIM, CASE, encoding=encoding) + b"\xff\xfe\x80,\r\n"
    with pytest.raises(Refused) as refused:
        claims(content, "a.csv")
    assert "xlsx" in refused.value.problem.remedy


def test_the_line_of_a_wrong_byte_is_told_in_the_encoding_that_was_meant():
    lines = csv_of(CLAIM, *[CASE] * 30).split(b"\r\n")
    lines[20] = lines[20].replace("张".encode(), b"\xff")
    with pytest.raises(Refused, match="第 21 行附近有既不是 UTF-8 也不是 GB18030 的字节"):
        claims(b"\r\n".join(lines), "a.csv")


@pytest.mark.parametrize("encoding", ["big5", "shift_jis", "euc_kr"])
def test_another_encoding_is_refused_or_not_known_as_this_table(encoding):
    with pytest.raises(Refused):
        claims("受理番號,單位名稱,姓名,事故時間,申請日期\r\n".encode(encoding, "ignore") + b"1,2,3,4,5\r\n", "a.csv")
