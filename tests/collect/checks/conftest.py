"""A small claims table for checks: one header, a few lines, everything else as the source says."""

from datetime import date

import pytest

from wushang.collect.checking import findings
from wushang.collect.reading import read
from wushang.collect.reading.header import choose
from wushang.collect.reading.lines import classify
from wushang.collect.source import shipped
from wushang.collect.table import build

GOOD = "914403001922038216"
AS_OF = date(2026, 4, 15)


@pytest.fixture
def find():
    """`find(code, "header", "line", …)` → [(row, field, severity, why, remedy, suggestion)] of one check."""

    def run(code, header, *lines, source="injury_recognition", period=None):
        chosen = shipped()[source]
        sheet = read("\n".join([header, *lines]).encode(), "a.csv")[0]
        _, head = choose([sheet], chosen, "a.csv")
        data = classify(sheet, head, chosen).at("data")
        found = findings(build(sheet, head, chosen, data, period, AS_OF)).filter(code=code)
        return found.select("row", "field", "severity", "why", "remedy", "suggestion").rows()

    return run


CLAIM = "受理编号,单位名称,姓名,事故时间,申请日期"


@pytest.fixture
def claim(find):
    """`claim(code, "extra headers", "extra cells", …)`: good claims with further columns; first line is row 2."""

    def run(code, headers, *cells):
        lines = [f"工〔2026〕{i}号,甲公司,张三,2026-03-05,2026-03-09,{cell}" for i, cell in enumerate(cells)]
        return find(code, f"{CLAIM},{headers}", *lines)

    return run
