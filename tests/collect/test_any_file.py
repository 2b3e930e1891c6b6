"""Whatever comes in: the numbers add up, or the file is refused with a sentence; nothing else."""

import io
from datetime import date

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wushang.collect.checking import check_file
from wushang.collect.source import shipped
from wushang.terms.problem import Refused

AS_OF = date(2026, 4, 15)
CELLS = st.one_of(
    st.sampled_from(["", "无", "合计", "小计", "202603", "2026.3.5", "3月5日", "1,234", "0.9%", "12", "'0033", "#REF!",
                     "3.3E+17", "所属期", "单位编号", "甲公司", "制表人：王", "-", "２０２６", "9‰", "万元", "\"", "a,b", "\n"]),
    st.text(max_size=12),
)  # fmt: skip
HEADERS = st.permutations(
    ["所属期", "单位编号", "单位名称", "参保人数", "其中：农民工", "工资总额(万元)", "执行费率", "备注"]
)
QUIET = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def holds(content: bytes, name: str) -> None:
    try:
        checked = check_file(content, name, shipped()["insurance_monthly"], AS_OF)
    except Refused as refused:
        assert refused.problem.why and refused.problem.remedy
        return
    assert checked.rows == checked.accepted.height + checked.duplicates.height + len(checked.quarantined)
    seen = [*checked.accepted["row"], *checked.duplicates["row"], *(w.row for w in checked.quarantined)]
    assert len(set(seen)) == checked.rows
    assert all(any(r.severity == "reject" for r in w.remarks) for w in checked.quarantined)
    assert checked.accepted.select("month", "insurance_number", "name", "insured").null_count().sum_horizontal()[0] == 0
    assert not checked.accepted["key"].is_duplicated().any()


@QUIET
@given(HEADERS, st.lists(st.lists(CELLS, max_size=9), max_size=12), st.sampled_from([",", "\t", ";"]))
def test_any_text_table(header, rows, separator):
    import csv

    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([header, *rows])
    holds(out.getvalue().encode("utf-8", "replace"), "a.csv")


@QUIET
@given(
    HEADERS, st.lists(st.lists(st.one_of(CELLS, st.floats(), st.integers(-(10**20), 10**20)), max_size=9), max_size=8)
)
def test_any_spreadsheet(header, rows):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "nan_inf_to_errors": True, "strings_to_formulas": False})
    page = book.add_worksheet()
    for r, line in enumerate([header, *rows]):
        for c, cell in enumerate(line):
            page.write_string(r, c, cell) if isinstance(cell, str) else page.write_number(r, c, float(cell))
    book.close()
    holds(out.getvalue(), "a.xlsx")


@QUIET
@given(st.binary(max_size=400))
def test_any_bytes(content):
    holds(content, "a.csv")


@pytest.mark.parametrize("cut", [10, 300, 2000, 4000])
def test_a_torn_spreadsheet_is_refused(cut):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet()
    for i in range(200):
        page.write_row(
            i, 0, ["所属期", "单位编号", "单位名称", "参保人数"] if not i else ["202603", str(i), f"公司{i}", i]
        )
    book.close()
    with pytest.raises(Refused, match="文件打不开"):
        check_file(out.getvalue()[:-cut], "a.xlsx", shipped()["insurance_monthly"], AS_OF)
