"""A table's dates, 文号, codes and short words never break; names and sentences may."""

import pytest
from django.template.loader import render_to_string

from wushang.web.templatetags.cells import unbroken

LONG = "云溪市鸿岳新型防火防盗安全门制造与智能锁具集成应用股份有限公司东城分公司"


@pytest.mark.parametrize("cell", ["2026-03-05", "2026-03", "2026-03-05 08:30", "3月5日（周四）", "91990100MA2CUP010X", "云人社预〔2026〕37号",
                                  "经济开发区", {"text": "看来源", "url": "/x/"}, "—", ""])  # fmt: skip
def test_it_stays_on_one_line(cell):
    assert unbroken(cell)


@pytest.mark.parametrize("cell", [LONG, {"text": LONG}, "工作时间、工作场所、工作原因", "转办：监督单位制定整改方案"])
def test_it_may_break(cell):
    assert not unbroken(cell)


def test_a_table_says_so_of_each_cell():
    table = {"head": [{"title": "单位"}, {"title": "日期"}, {"title": "数", "num": True}], "rows": [[LONG, "2026-03-05", "1"]]}
    html = render_to_string("_table.html", {"table": table})
    assert f"<td>{LONG}" in html and '<td class="fix">2026-03-05' in html and '<td class="num">1' in html
