"""A typst template with its data → paper; the fonts are those of the place."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst

from wushang.warn.rendering.fonts import font_map

_ONE_AT_A_TIME = threading.Lock()  # a Compiler keeps its inputs between calls


def pdf(template: Path, data: Mapping[str, Any], font_folder: str = "") -> bytes:
    """One file, however many pages; the same data give the same bytes. The template reads `data`, its fonts under `fonts`."""
    made = _set(template, data, font_folder, format="pdf")
    assert isinstance(made, bytes)
    return made


def pages(template: Path, data: Mapping[str, Any], font_folder: str = "", ppi: int = 96) -> list[bytes]:
    """One PNG a page."""
    made = _set(template, data, font_folder, format="png", ppi=float(ppi))
    return made if isinstance(made, list) else [made]


def _set(template: Path, data: Mapping[str, Any], font_folder: str, **how: Any) -> Any:
    said = json.dumps({**data, "fonts": font_map(font_folder).as_data()}, ensure_ascii=False)
    with _ONE_AT_A_TIME:
        return _compiler(template, font_folder).compile(**how, sys_inputs={"data": said}, timestamp=0)


@cache
def _compiler(template: Path, font_folder: str) -> typst.Compiler:
    return typst.Compiler(str(template), root=str(template.parent), font_paths=font_map(font_folder).fonts)
