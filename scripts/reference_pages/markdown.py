"""Tables, links and the head of a page in Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "wushang"


def cell(value: Any) -> str:
    return " ".join(str(value).split()).replace("|", "\\|") or "—"


def table(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    head = list(head)
    lines = [head, ["---"] * len(head), *[[cell(value) for value in row] for row in rows]]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def page(title: str, about: str, *parts: str) -> str:
    note = "<!-- Written by scripts/reference.py from the files themselves; edit those, then run the script. -->\n"
    return "\n".join([f"# {title}\n", note, about.strip() + "\n", *parts]).rstrip() + "\n"


def link(path: Path) -> str:
    inside = path.relative_to(ROOT).as_posix()
    return f"[{inside.removeprefix('src/wushang/')}](../../{inside})"


def code(words: Iterable[Any]) -> str:
    return ", ".join(f"`{word}`" for word in words)
