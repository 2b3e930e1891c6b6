"""The departments' files as they really come: title rows, odd dates, a footer. Every figure is counted by hand here.

Insured in every month: 恒岳杯业 58, 立丰五金 20, 石塘门业 45, 合力木业 12, 东溪食品 100 — 235 in all.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import xlsxwriter

from wushang.terms.identifiers import make_org_code, make_uscc
from wushang.terms.period import add_months

CUP, METAL, DOOR, WOOD, FOOD = (
    "云溪市恒岳杯业有限公司", "云溪市立丰五金配件厂", "云溪市石塘门业有限公司", "云溪市合力木业有限公司", "云溪市东溪食品有限公司",
)  # fmt: skip
USCC = {name: make_uscc("91990100" + make_org_code(f"MA9Q{n}00{n}")) for n, name in enumerate((CUP, METAL, DOOR, WOOD, FOOD), 1)}
NUMBER = {name: f"003301000{n}" for n, name in enumerate(USCC, 1)}
UNITS = (  # township by the register, industry, insured
    (CUP, "东城街道", "C3382", 58), (METAL, "东城街道", "C3311", 20), (DOOR, "石塘镇", "C3312", 45),
    (WOOD, "东城街道", "C2011", 12), (FOOD, "石塘镇", "C1411", 100),
)  # fmt: skip
UNITS_NAMES = tuple(USCC)
HEAD = {CUP: ("陈伟民", "13800010001"), DOOR: ("石大山", "13800010003"), WOOD: ("何木生", "13800010004"), METAL: ("周立丰", "13800010002"), FOOD: ("余香", "13800010005")}
HANDLER = {CUP: ("孙小玲", "13900020088")}

CLAIM = (
    "序号", "受理编号", "单位名称", "统一社会信用代码", "姓名", "证件号码", "岗位（工种）", "车间", "事故时间", "事故类别", "伤害部位",
    "伤害程度", "认定情形", "申请日期", "受理日期", "决定日期", "认定结论",
)  # fmt: skip
WORKERS = ("赵铁柱", "钱多福", "孙二娘", "李长顺", "周阿毛", "吴用功")
GOOD_ID = "11010519491231002X"


def register(path: Path) -> Path:
    head = ("统一社会信用代码", "名称", "单位编号", "成立日期", "状态", "所属镇街", "行业", "法定代表人", "主管部门")
    rows = [(USCC[n], n, NUMBER[n], "2012-05-06", "存续", town, trade, "某某", "市场监管局") for n, town, trade, _k in UNITS]
    return book(path, [("云溪市单位名册",), head, *rows])


def insurance(path: Path, first: date, months: int) -> Path:
    """The agency's monthly table as csv in GB18030, several months in one file."""
    head = ("所属期", "单位编号", "统一社会信用代码", "单位名称", "行业代码", "执行费率（%）", "参保人数", "工资总额（元）", "应缴", "实缴")
    rows = [
        (f"{add_months(first, n):%Y%m}", NUMBER[name], USCC[name], name, trade, "0.9", insured, insured * 5000, insured * 45, insured * 45)
        for n in range(months)
        for name, _town, trade, insured in UNITS
    ]
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return path


def contacts(path: Path) -> Path:
    head = ("单位名称", "角色", "姓名", "手机", "来源", "核实日期")
    rows = [(n, "主要负责人", *who, "镇街核实", "2026-02-20") for n, who in HEAD.items()]
    rows += [(n, "经办人", *who, "镇街核实", "2026-02-20") for n, who in HANDLER.items()]
    return book(path, [head, *rows])


def claim(number: str, unit: str, occurred: str, reported: str, worker: str = WORKERS[0], **other: str) -> dict[str, str]:
    """One line of the 认定 table; `other` by title of the column."""
    said = {
        "受理编号": number, "单位名称": unit, "统一社会信用代码": USCC[unit], "姓名": worker, "证件号码": "", "岗位（工种）": "冲床工",
        "车间": "冲压车间", "事故时间": occurred, "事故类别": "机械伤害", "伤害部位": "手指", "伤害程度": "轻伤", "认定情形": "14条(一)",
        "申请日期": reported, "受理日期": reported, "决定日期": "", "认定结论": "办理中",
    }  # fmt: skip
    return said | other


def claims(path: Path, title: str, rows: Sequence[dict[str, str]]) -> Path:
    """An xlsx with two title rows, the header, the lines, a footer that counts them and a signature line."""
    lines = [(str(n), *(row[name] for name in CLAIM[1:])) for n, row in enumerate(rows, 1)]
    foot = (("合计", str(len(rows))), ("制表人：王某", "", "", "填表日期：见文件名"))
    return book(path, [(title,), ("单位：起",), CLAIM, *lines, *foot])


def book(path: Path, lines: Sequence[Sequence[object]]) -> Path:
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        for at, line in enumerate(lines):
            for place, cell in enumerate(line):
                sheet.write_string(at, place, str(cell))
    return path


def done(year: int, month: int, day: int) -> dict[str, str]:
    """The columns of a claim that was recognised on a day."""
    return {"决定日期": f"{year}-{month:02d}-{day:02d}", "认定结论": "认定工伤"}


def last_year() -> list[dict[str, str]]:
    """2025: two accidents in March; 恒岳杯业 had four from mid-April to mid-July, 东溪食品 two in June."""
    told = (
        (CUP, "2025-03-04"), (DOOR, "2025-03-20"), (CUP, "2025-04-28"), (CUP, "2025-05-12"), (CUP, "2025-06-03"),
        (CUP, "2025-07-02"), (FOOD, "2025-06-10"), (FOOD, "2025-06-20"),
    )  # fmt: skip
    return [
        claim(f"云工认〔2025〕{n:04d}号", unit, day, day, f"旧{n}某", **done(2025, int(day[5:7]) + 1, 15))
        for n, (unit, day) in enumerate(told, 1)
    ]


def first_months() -> list[dict[str, str]]:
    """January and February 2026: one accident, at 东溪食品."""
    return [claim("云工认〔2026〕0001号", FOOD, "2026-01-15", "2026-01-16", "旧九某", **done(2026, 2, 10))]


def march() -> list[dict[str, str]]:
    """Six lines: two taken as they are, one double, three that wait — a code with a wrong last sign, an ID number that
    a spreadsheet spoilt, a day that is not in the calendar."""
    wrong = USCC[DOOR][:-1] + ("A" if USCC[DOOR][-1] != "A" else "B")
    first = claim("云工认〔2026〕0101号", CUP, "2026.3.5 上午8：30", "2026年3月6日", WORKERS[0], 证件号码=GOOD_ID, **done(2026, 3, 18))
    return [
        first,
        claim("云工认〔2026〕0102号", CUP, "2026-03-10", "2026-03-11", WORKERS[1]),
        claim("云工认〔2026〕0103号", DOOR, "2026-03-12", "2026/3/13", WORKERS[2], 统一社会信用代码=wrong),
        claim("云工认〔2026〕0104号", WOOD, "2026-03-13", "2026-03-16", WORKERS[3], 证件号码="3.30102E+17"),
        claim("云工认〔2026〕0105号", METAL, "2026-02-30", "2026-03-16", WORKERS[4]),
        dict(first),
    ]


def summer() -> list[dict[str, str]]:
    """April to July 2026: one accident, at 东溪食品."""
    return [claim("云工认〔2026〕0201号", FOOD, "2026-06-15", "2026-06-16", "旧十某", **done(2026, 7, 10))]


def august() -> list[dict[str, str]]:
    return [claim("云工认〔2026〕0301号", METAL, "2026-08-05", "2026-08-06", WORKERS[4])]


def new_year() -> list[dict[str, str]]:
    """January 2027: the first at 恒岳杯业, three at 东溪食品."""
    return [
        claim("云工认〔2027〕0001号", CUP, "2027-01-02", "2027-01-05", WORKERS[0]),
        *(claim(f"云工认〔2027〕000{n}号", FOOD, f"2027-01-0{n}", "2027-01-05", WORKERS[n]) for n in (2, 3, 4)),
    ]
