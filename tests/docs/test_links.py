"""What the pages point at is there, and nothing of one machine stands in them."""

import re
import subprocess
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
ELSEWHERE = re.compile(r"^(https?:|mailto:)")
MACHINE = re.compile(r"(?<![\w.])/(?:work|home|root|tmp|Users)/|\bC:\\|index-url|pypi\.org|registry\.npm|mirrors?\.|goproxy", re.I)


def pages() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@cache
def headings(path: Path) -> set[str]:
    """The anchors of a page, as code hosts make them."""
    titles = re.findall(r"^#+ +(.*)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", pages(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_and_pictures_exist(page):
    broken = []
    for target in LINK.findall(page.read_text("utf-8")):
        if ELSEWHERE.match(target):
            continue
        name, _, anchor = unquote(target).partition("#")
        found = (page.parent / name).resolve() if name else page
        if not found.exists() or (anchor and found.suffix == ".md" and anchor not in headings(found)):
            broken.append(target)
    assert not broken


@pytest.mark.parametrize("page", pages(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_path_of_a_machine_and_no_registry_address(page):
    assert MACHINE.findall(page.read_text("utf-8")) == []


def test_every_page_of_docs_can_be_reached_from_the_readme():
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        reached.add(page)
        for target in LINK.findall(page.read_text("utf-8")):
            found = (page.parent / unquote(target).partition("#")[0]).resolve()
            if found.suffix == ".md" and found.is_file() and found not in reached:
                waiting.append(found)
    assert set(pages()) - reached == set()


def test_pictures_are_small_and_used():
    text = "".join(page.read_text("utf-8") for page in pages())
    pictures = sorted((ROOT / "docs" / "pictures").glob("*.png"))
    assert pictures
    for picture in pictures:
        assert picture.stat().st_size < 250_000, f"{picture.name} is too large"
        assert picture.name in text, f"{picture.name} stands in no page"


def test_shipped_documents_are_committed():
    """A page that lies only on one machine helps nobody (skipped outside a git checkout)."""
    if not (ROOT / ".git").exists():
        pytest.skip("no git checkout")
    listed = subprocess.run(["git", "ls-files", "docs"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "docs/where.md" in listed
