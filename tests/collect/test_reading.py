"""Files as they come: encodings, spreadsheets, titles, two levels, footers; every line has its place."""

import io
from datetime import date, datetime

import pytest
import xlsxwriter

from wushang.collect.checking import check_file
from wushang.collect.reading import read
from wushang.collect.source import shipped
from wushang.terms.problem import Refused

AS_OF = date(2026, 4, 15)
HEADER = ["受理编号", "单位名称", "姓名", "事故时间", "申请日期"]
CLAIM = ["工〔2026〕1号", "䶮记杯业有限公司", "张三", "2026-03-05", "2026-03-09"]


def check(content: bytes, source="injury_recognition", name="a.csv"):
    return check_file(content, name, shipped()[source], AS_OF)


def text(*lines: list[str], separator=",") -> str:
    return "\r\n".join(separator.join(line) for line in lines)


def xlsx(*lines: list, merged=(), sheet="Sheet1", more=()) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in [(sheet, lines), *more]:
        page = book.add_worksheet(name)
        for r, line in enumerate(rows):
            for c, cell in enumerate(line):
                if isinstance(cell, datetime):
                    page.write_datetime(r, c, cell, day)
                elif cell != "":
                    page.write(r, c, cell)
        for area in merged if name == sheet else ():
            page.merge_range(*area)
    book.close()
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_every_encoding_and_separator_reads_the_same(encoding, separator):
    content = text(HEADER, CLAIM, separator=separator).encode(encoding)
    assert check(content).accepted["employer_name"].to_list() == ["䶮记杯业有限公司"]


def test_a_byte_of_no_encoding_is_not_guessed_over():
    content = text(HEADER, CLAIM).encode("gb18030") + b"\r\n\xff\xff,\x80\n"
    with pytest.raises(Refused, match="第 3 行附近有既不是 UTF-8 也不是 GB18030 的字节"):
        check(content)


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\x00\x01", b"PK\x03\x04 no zip", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 torn"]
)
def test_what_is_no_table_is_refused_with_what_to_do(content):
    with pytest.raises(Refused) as refused:
        check(content)
    assert refused.value.problem.remedy


def test_a_missing_column_is_named():
    with pytest.raises(Refused, match="缺少必需的列：姓名、申请日期"):
        check(text(["受理编号", "单位名称", "事故时间"], ["1", "甲", "2026-03-05"]).encode())


def test_a_header_without_rows_is_refused():
    with pytest.raises(Refused, match="下面没有数据行"):
        check(text(HEADER, ["合计", "0"]).encode())


def test_every_line_of_the_file_is_something():
    lines = [
        ["云溪市工伤认定台账"],
        [""],
        HEADER,
        CLAIM,
        [],
        HEADER,
        ["工〔2026〕2号", *CLAIM[1:]],
        ["合计", "2"],
        ["制表人：王丽"],
    ]
    checked = check(text(*lines).encode())
    assert checked.lines == {"blank": 2, "data": 2, "footer": 2, "header": 1, "repeated_header": 1, "title": 1}
    assert sum(checked.lines.values()) == len(lines)
    assert checked.accepted["row"].to_list() == [4, 7]


def test_a_company_called_total_is_no_footer():
    checked = check(text(HEADER, ["工〔2026〕1号", "合计", *CLAIM[2:]], ["合计", "", "", "", ""]).encode())
    assert checked.accepted["employer_name"].to_list() == ["合计"]


def test_the_footer_is_compared_and_a_wrong_one_is_told():
    right = check(text(HEADER, CLAIM, ["合计1"]).encode()).footers
    wrong = check(text(HEADER, CLAIM, ["合计", "3"]).encode()).footers
    assert [(f.row, f.said, f.ours, f.equal) for f in right] == [(3, "1", "1", True)]
    assert [(f.row, f.said, f.ours, f.equal) for f in wrong] == [(3, "3", "1", False)]


def test_subtotals_cover_the_rows_since_the_last_one():
    header = ["所属期", "单位编号", "单位名称", "参保人数"]
    lines = [["202603", "1", "甲", "5"], ["小计", "", "", "5"], ["202603", "2", "乙", "6"], ["202603", "3", "丙", "1"],
             ["小计", "", "", "8"], ["合计", "", "", "12"], ["累计", "", "", "99"]]  # fmt: skip
    footers = check(text(header, *lines).encode(), "insurance_monthly").footers
    assert [(f.row, f.said, f.ours, f.equal) for f in footers] == [
        (3, "5", "5", True), (6, "8", "7", False), (7, "12", "12", True), (8, "99", "12", None),
    ]  # fmt: skip


def test_a_footer_of_money_counts_the_rows_that_wait_as_well():
    header = ["所属期", "单位编号", "单位名称", "参保人数", "工资总额（万元）"]
    lines = [["202603", "1", "甲", "5", "1.5"], ["202603", "2", "", "6", "2"], ["合计", "", "", "11", "3.5"]]
    checked = check(text(header, *lines).encode(), "insurance_monthly")
    assert (checked.accepted["wages"].to_list(), len(checked.quarantined)) == ([1500000], 1)
    assert [(f.column, f.said, f.ours, f.equal) for f in checked.footers] == [
        ("参保人数", "11", "11", True), ("工资总额（万元）", "3.5", "35,000.00", True),
    ]  # fmt: skip


def test_a_spreadsheet_with_merged_titles_two_levels_dates_and_numbers():
    lines = [
        ["云溪市2026年3月参保缴费月报"],
        ["所属期", "单位编号", "单位名称", "参保人数", "", "工资总额(元)", "到账日期"],
        ["", "", "", "合计", "其中：农民工", "", ""],
        [202603, "00331", "甲公司", 58, 41, 312400.1, datetime(2026, 3, 18)],
        [202603, "00332", "甲公司", 6, "", 0.1 + 0.2, 46099],
    ]
    merged = [(0, 0, 0, 6, lines[0][0]), (1, 3, 1, 4, "参保人数"), (1, 0, 2, 0, "所属期"), (3, 2, 4, 2, "甲公司")]
    checked = check(xlsx(*lines, merged=merged), "insurance_monthly")
    rows = checked.accepted.select("row", "insurance_number", "name", "insured", "rural", "wages", "paid_on").rows()
    assert rows == [
        (4, "00331", "甲公司", 58, 41, 31240010, date(2026, 3, 18)),
        (5, "00332", "甲公司", 6, None, 30, date(2026, 3, 18)),
    ]
    assert checked.lines == {"data": 2, "header": 2, "title": 1}
    assert checked.period.start == date(2026, 3, 1)


def test_an_id_number_in_a_number_cell_waits():
    checked = check(
        xlsx([*HEADER, "证件号码"], [*CLAIM, 330722199001011234], ["工2", *CLAIM[1:], "11010519491231002X"])
    )
    assert [(w.row, w.remarks[0].problem.code) for w in checked.quarantined] == [(2, "digits_lost")]
    assert checked.quarantined[0].raw["证件号码"] == "3.30722E+17"


def test_a_second_sheet_is_told_and_two_tables_are_refused():
    one = check(xlsx(HEADER, CLAIM, more=[("说明", [["填表说明"]])]))
    assert "只读了工作表“Sheet1”；未读：“说明”（1 行）" in one.notes
    with pytest.raises(Refused, match="有 2 张工作表都是工伤认定：“Sheet1”、“二月”"):
        check(xlsx(HEADER, CLAIM, more=[("二月", [HEADER, CLAIM])]))


def test_a_long_number_keeps_its_loss_visible_and_a_whole_one_has_no_point():
    cells = read(xlsx([3.30722199001011e17, 300.0, 0.1 + 0.2, True]), "a.xlsx")[0].line(0)
    assert cells == ["3.30722E+17", "300", "0.3", "True"]


def test_the_four_numbers_always_add_up():
    lines = [CLAIM, CLAIM, ["工2", "", "李四", "2026-03-05", "2026-03-09"], ["工3", *CLAIM[1:]]]
    checked = check(text(HEADER, *lines).encode())
    four = (checked.rows, checked.accepted.height, checked.duplicates.height, len(checked.quarantined))
    assert four == (4, 2, 1, 1)
    assert checked.duplicates.rows() == [(3, 2)]


def test_the_same_content_in_other_clothes_has_the_same_digest():
    plain = check(text(HEADER, CLAIM).encode()).accepted
    dressed = check(
        text(
            HEADER, ["工(2026)1号", " 䶮记杯业有限公司", "张 三".replace(" ", "\u200b"), "2026.3.5", "20260309"]
        ).encode()
    )
    assert plain["digest"].to_list() == dressed.accepted["digest"].to_list()
    assert plain["key"].to_list() == dressed.accepted["key"].to_list() == ["工〔2026〕1号"]


def test_a_digest_without_the_secret_is_another_one():
    content = text(HEADER, CLAIM).encode()
    source = shipped()["injury_recognition"]
    digests = {check_file(content, "a.csv", source, AS_OF, secret=key).accepted["digest"][0] for key in (b"a", b"b")}
    assert len(digests) == 2
