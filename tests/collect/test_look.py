"""What only the whole file tells is told rightly though it is read in slabs: periods, sums, repeated rows, keys given twice."""

import random
from datetime import date
from importlib import import_module

import pytest

from wushang.collect.checking import check_file
from wushang.collect.source import shipped

separated = import_module("wushang.collect.reading.separated")
look = import_module("wushang.collect.look")
AS_OF = date(2026, 4, 15)
HEADER = "所属期,单位编号,单位名称,参保人数,工资总额"


def lines(*rows: str) -> bytes:
    return "\n".join(["参保缴费月报", HEADER, *rows]).encode("gb18030")


def check(content: bytes):
    return check_file(content, "a.csv", shipped()["insurance_monthly"], AS_OF)


def told(checked):
    """All that a reading tells, in an order of its own."""
    return {
        "accepted": checked.accepted.sort("row").rows(), "duplicates": sorted(checked.duplicates.rows()),
        "waiting": [(w.row, w.key, w.text, w.raw, w.remarks) for w in checked.quarantined],
        "remarks": sorted(map(repr, checked.remarks)), "lines": checked.lines, "period": checked.period,
        "footers": checked.footers, "notes": checked.notes, "header": checked.header,
    }  # fmt: skip


def row(number: int, heads: int = 5, month: str = "202603", name: str = "") -> str:
    return f"{month},{number:04},{name or f'第{number}厂'},{heads},{heads * 1000}"


MIXED = [
    *(row(n) for n in range(1, 40)), row(3), "小计,,,200,200000", row(41), row(7, 9), HEADER, row(3), row(42, month="2026年3月"),
    row(43, month="202602"), "", *(row(n) for n in range(44, 60)), row(7, 11), row(41), row(60, name=""), "202603,0061,,5,1",
    "202603,0062,丙厂,无,1", "合计,,,300,290001", "制表人：赵某",
]  # fmt: skip


@pytest.mark.parametrize("size", [150, 400, 1000])
def test_slabs_tell_what_the_whole_file_tells(size, monkeypatch):
    whole = told(check(lines(*MIXED)))
    assert len(whole["duplicates"]) == 3 and whole["lines"]["footer"] == 3
    monkeypatch.setattr(separated, "SLAB", size)
    assert told(check(lines(*MIXED))) == whole


def test_rows_drawn_by_chance_are_told_alike_in_slabs_of_any_size(monkeypatch):
    draw = random.Random(5)
    for _ in range(25):
        rows = [
            row(draw.randrange(30), draw.choice([5, 5, 5, 8]), draw.choice(["202603"] * 9 + ["202602", "2026-13", ""]))
            for _ in range(60)
        ]
        content = lines(*rows)
        monkeypatch.setattr(separated, "SLAB", 10_000_000)
        whole = told(check(content))
        monkeypatch.setattr(separated, "SLAB", draw.randrange(100, 1500))
        monkeypatch.setattr(look, "TOGETHER", draw.choice([3, 10, 1000]))
        assert told(check(content)) == whole


def test_a_unit_that_the_first_slab_settles_is_the_unit_of_the_file(monkeypatch):
    rows = [f"202603,{n:04},第{n}厂,5,100000,{rate}" for n, rate in enumerate(["0.9"] * 30 + ["1.1"] * 30)]
    content = "\n".join([f"{HEADER},执行费率", *rows]).encode()
    monkeypatch.setattr(separated, "SLAB", 300)
    checked = check(content)
    assert set(checked.accepted["rate"]) == {9000, 11000}
    assert len([note for note in checked.notes if "未写单位" in note]) == 1
