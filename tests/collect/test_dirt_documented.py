"""`docs/topics/dirt.md` names every kind of dirt with its test, and no test that is not there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_kind_of_dirt_is_documented_with_its_test():
    said = (ROOT / "docs/topics/dirt.md").read_text("utf-8")
    named = set(re.findall(r"`(?:tests/[\w/]+/)?(test_\w+\.py)`", said))
    there = {path.name for path in (ROOT / "tests/collect/dirt").glob("test_*.py")}
    assert there and there <= named, sorted(there - named)
    everywhere = {path.name for path in (ROOT / "tests").rglob("test_*.py")}
    assert named <= everywhere, sorted(named - everywhere)


def test_every_kind_says_its_dirt():
    for path in (ROOT / "tests/collect/dirt").glob("test_*.py"):
        assert path.read_text("utf-8").startswith('"""Dirt: '), path.name
