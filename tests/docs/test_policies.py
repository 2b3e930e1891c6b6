"""The rules that the how-to writes out are such as it says: they can be used."""

import re
from pathlib import Path

import pytest

from wushang.judge.check import check_text

HOWTO = Path(__file__).resolve().parents[2] / "docs" / "howto"
RULES = [
    rule
    for page in ("add-a-policy.md", "add-a-policy.zh.md")
    for rule in re.findall(r"```yaml\n(id:.*?)```", (HOWTO / page).read_text("utf-8"), re.DOTALL)
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.split()[1])
def test_a_rule_of_the_howto_can_be_used(rule: str) -> None:
    pack, remarks = check_text(rule)
    assert pack is not None
    assert [str(remark) for remark in remarks if remark.severity != "note"] == []
