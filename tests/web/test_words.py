"""The office's words (users.md 7): what pages, letters and answers say holds none of the foreign ones; letters stay readable."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import wushang

HOUSE = Path(wushang.__file__).parent
# no page of the office's; policies quote their documents, indicators.py the names that the trade has for a figure
UNSEEN = ("bench", "simulate", "migrations", "management", "policies", "indicators.py")

# wrong or foreign → the page's word
FORBIDDEN = {
    r"隔离区": "待订正",
    r"批次(?!号)": "报送",
    r"快照": "数据版本",
    r"回测": "历史试算",
    r"策略|政策包": "预警规则",
    r"未满期|成熟度": "申报期未满",
    r"确认收到": "签收",
    r"送达回证": "签收回执",
    r"申诉|投诉(?!举报)": "数据核对申请",
    r"一对一提示交流": "“一对一”警示约谈",
    r"三推动": "三推送",
    r"工伤发生频率|工伤事故率|工伤发生率": "工伤事故发生率（‰）",
    r"费用支付比": "支缴率",
    r"瞒报|漏报": "疑似未申报线索",
    r"镇街区": "镇（街道、区）",
    r"员工|劳工": "职工",
    r"驾驶舱": "会商一页 / 大屏",
    r"成功[!！]|您已成功|提交成功": "已提交审核，下一步：…",
    r"系统(会|将|提示|自动|已)": "say what happens, without 系统",
}


def said_in_templates(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return re.sub(r"{% comment %}.*?{% endcomment %}|{#.*?#}|<!--.*?-->", "", text, flags=re.S)


def said_in_python(path: Path) -> str:
    """Every string with Chinese that is no docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    held = (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    docs = {id(node.body[0].value) for node in ast.walk(tree) if isinstance(node, held) and node.body and isinstance(node.body[0], ast.Expr)}
    strings = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return "\n".join(node.value for node in strings if id(node) not in docs)


def files() -> Iterator[tuple[Path, str]]:
    for path in sorted(HOUSE.rglob("*")):
        if set(path.relative_to(HOUSE).parts) & set(UNSEEN):
            continue
        if path.suffix == ".html":
            yield path, said_in_templates(path)
        elif path.suffix == ".py":
            yield path, said_in_python(path)
        elif path.suffix == ".yaml" and path.parent.name in ("letters", "roles", "place"):
            yield path, path.read_text(encoding="utf-8")


def wrong(text: str) -> list[str]:
    return [f"{found[0]} → {word}" for pattern, word in FORBIDDEN.items() for found in re.finditer(pattern, text)]


def test_no_page_letter_or_answer_says_a_foreign_word():
    assert {str(path.relative_to(HOUSE)): found for path, text in files() if (found := wrong(text))} == {}


@pytest.mark.parametrize("planted", ["入库没有成功，系统会再试", "新员工占比", "本批次共 3 行", "已放入隔离区", "提交成功", "策略回测"])
def test_the_scan_finds_a_planted_word(planted):
    assert wrong(planted)


@pytest.mark.parametrize("right", ["批次号 20260320-1", "新职工占比", "报送（3月）", "另一个系统的名称", "疑似未申报线索"])
def test_the_offices_own_words_pass(right):
    assert wrong(right) == []


def test_no_letter_on_a_screen_is_smaller_than_twelve():
    small = {}
    for path in sorted(HOUSE.glob("*/static/**/*.css")):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
        if found := [size for size in re.findall(r"font(?:-size)?:[^;{}]*?\b(\d+(?:\.\d+)?)px", text) if 0 < float(size) < 12]:
            small[path.name] = found
    assert small == {}
