"""A source's yaml with titles (and units of titles) added under the right column; every other character stays."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

from wushang.collect.cells.title import plain_title
from wushang.collect.source import Source, SourceWrong, load
from wushang.people.deed import refuse

BARE = re.compile(r"^[\w\u3400-\u9fff()（）/·、—%‰]+$")


def with_titles(text: str, name: str, titles: dict[str, str], units: dict[str, str]) -> str:
    """`titles` is field → the file's title, `units` field → the unit of that title. Known ones change nothing."""
    source = load(text, name)
    changes: list[tuple[int, str]] = []
    for field, node in _columns(text).items():
        title = titles.get(field, "")
        known = {plain_title(one) for one in source.columns[field].titles}
        if title and plain_title(title) not in known:
            changes.append(_appended(text, _part(node, "titles"), title))
        unit = units.get(field, "")
        if title and unit and source.columns[field].units.get(plain_title(title)) != unit:
            changes.append(_unit(text, node, plain_title(title), unit))
    for place, more in sorted(changes, reverse=True):
        text = text[:place] + more + text[place:]
    return text


def checked(text: str, name: str) -> Source:
    """The source of a text; Refused in plain words where it cannot be used."""
    try:
        return load(text, name)
    except SourceWrong as wrong:
        why = f"报送表定义有误：{wrong}"
        raise refuse("source_wrong", why, "请按提示改正后再试；一个列名只能对应一个字段。") from wrong


def _columns(text: str) -> dict[str, Any]:
    root = yaml.compose(text, yaml.SafeLoader)
    return {key.value: node for key, node in _part(root, "columns").value}


def _part(node: Any, name: str) -> Any:
    return next(value for key, value in node.value if key.value == name)


def _appended(text: str, titles: Any, title: str) -> tuple[int, str]:
    """Where and what to write so that a sequence has one entry more."""
    if titles.flow_style:
        return text.rindex("]", titles.start_mark.index, titles.end_mark.index), f", {_scalar(title)}"
    last = titles.value[-1]
    return last.end_mark.index, f"\n{' ' * titles.start_mark.column}- {_scalar(title)}"


def _unit(text: str, column: Any, title: str, unit: str) -> tuple[int, str]:
    kept = next((value for key, value in column.value if key.value == "units"), None)
    said = f"{_scalar(title)}: {_scalar(unit)}"
    if kept is not None and kept.flow_style:
        return text.rindex("}", kept.start_mark.index, kept.end_mark.index), f", {said}" if kept.value else said
    if kept is not None:
        return kept.value[-1][1].end_mark.index, f"\n{' ' * kept.start_mark.column}{said}"
    if column.flow_style:
        return text.rindex("}", column.start_mark.index, column.end_mark.index), f", units: {{{said}}}"
    return column.value[-1][1].end_mark.index, f"\n{' ' * column.start_mark.column}units: {{{said}}}"


def _scalar(text: str) -> str:
    return text if BARE.match(text) and not text.isdigit() else json.dumps(text, ensure_ascii=False)
