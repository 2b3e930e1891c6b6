"""Dirt: what a system calls xls and is a page with a table (HTML), or the XML workbook of 2003."""

import pytest
from collect.dirt.files import MONTHLY, ROW, check, waits

from wushang.collect.pieces import opened
from wushang.terms.problem import Refused

OTHER = ["202603", "330722199001011234", "立丰五金厂", "12"]


def page(*rows: str, encoding="gbk", head="<meta charset=gb2312>") -> bytes:
    return f"<html><head>{head}<style>td{{}}</style></head><body><table>{''.join(rows)}</table></body></html>".encode(encoding)


def row(cells, tag="td", more="") -> str:
    return f"<tr{more}>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>"


@pytest.mark.parametrize(
    ("encoding", "head"), [("gbk", "<meta charset=gb2312>"), ("utf-8", "<meta charset='utf-8'>"), ("utf-8-sig", ""), ("gbk", "")]
)
def test_a_page_with_a_table_is_read_and_long_numbers_are_whole(encoding, head):
    checked = check(page(row(MONTHLY, "th"), row(ROW), row(OTHER), encoding=encoding, head=head), "导出.xls")
    assert checked.accepted.select("row", "insurance_number", "insured").rows() == [(2, "0001", 58), (3, OTHER[1], 12)]


def test_spans_fill_and_a_figure_over_two_rows_waits():
    title = "<tr><td colspan=4>云溪市2026年3月参保缴费月报</td></tr>"
    first = "<tr><td>202603</td><td>0001</td><td rowspan=2>恒岳杯业&amp;东城<br>有限公司</td><td rowspan=2>58</td></tr>"
    checked = check(page(title, row(MONTHLY), first, "<tr><td>202603</td><td>0002</td></tr>"), "导出.xls")
    assert checked.lines == {"data": 2, "header": 1, "title": 1}
    assert waits(checked) == {3: ["merged_number"], 4: ["merged_number"]}
    assert [w.text["name"] for w in checked.quarantined] == ["恒岳杯业&东城 有限公司"] * 2


def test_hidden_rows_are_said_and_scripts_are_not_read():
    content = page(row(MONTHLY), row(ROW, more=' style="display: none"'), "<script>alert('1')</script>")
    checked = check(content, "导出.xls")
    assert (checked.rows, "有 1 行在原表中是隐藏的，也已读取" in checked.notes) == (1, True)


XML = """<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
%s</Workbook>"""


def worksheet(name: str, *rows: list[str], index: str = "") -> str:
    cells = ["".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in line) for line in rows]
    lines = "".join(f"<Row{index if n else ''}>{line}</Row>" for n, line in enumerate(cells))
    return f'<Worksheet ss:Name="{name}"><Table>{lines}</Table></Worksheet>'


def test_the_xml_workbook_of_2003_keeps_its_sheets_and_its_gaps():
    content = (XML % (worksheet("2026年3月", MONTHLY, ROW, index=' ss:Index="4"') + worksheet("说明", ["填表说明"]))).encode()
    checked = check(content, "导出.xls")
    assert (checked.sheet, checked.accepted["row"].to_list()) == ("2026年3月", [4])
    gap = XML % (
        '<Worksheet ss:Name="a"><Table><Row>' + "".join(f"<Cell><Data>{c}</Data></Cell>" for c in MONTHLY) + "</Row><Row>"
        '<Cell><Data>202603</Data></Cell><Cell><Data>1</Data></Cell><Cell ss:Index="4"><Data>58</Data></Cell></Row></Table></Worksheet>'
    )
    assert waits(check(gap.encode(), "导出.xls")) == {2: ["required"]}


@pytest.mark.django_db
def test_two_worksheets_of_it_are_two_deliveries(now):
    content = (XML % (worksheet("2月", MONTHLY, ["202602", *ROW[1:]]) + worksheet("3月", MONTHLY, ROW))).encode()
    assert [piece.sheet for piece in opened(content, "导出.xls", "insurance_monthly", now).pieces] == ["2月", "3月"]


@pytest.mark.parametrize("content", [b"<html><body>404 Not Found</body></html>", b"<?xml version='1.0'?><a/>", b"<table></table>"])
def test_a_page_without_a_table_is_refused(content):
    with pytest.raises(Refused, match="里面没有表格"):
        check(content, "导出.xls")
