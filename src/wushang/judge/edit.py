"""Change values in the text of a policy and nothing else: comments, order and spacing stay as they were written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml
from django.utils.translation import gettext as _

from wushang.judge.file.marked import Mark, load
from wushang.judge.pack import Grounds, Pack
from wushang.people.deed import refuse

USE_FIELDS = ("window", "basis", "scope", "status")


@dataclass(frozen=True)
class Edit:
    """What a person changed: 'parameters.<code>' → value, 'measures.<code>.window' → word, 'clocks.<outcome>.<step>' → length.

    document and clause are the place's own basis for it.
    """

    changes: dict[str, Any]
    document: str
    clause: str


def edited(text: str, pack: Pack, edit: Edit) -> str:
    """The text with the changes in it. Raises Refused where one names nothing, or its basis is missing."""
    for path, value in edit.changes.items():
        tree, _remarks = load(text)
        assert tree
        mark, entry = replaced(tree, pack, path, value, edit)
        text = spliced(text, mark, entry)
    return text


def replaced(tree: Mark, pack: Pack, path: str, value: Any, edit: Edit) -> tuple[Mark, Any]:
    """Where in the text, and what stands there from now on."""
    kind, *rest = path.split(".")
    if kind == "parameters" and len(rest) == 1 and (parameter := pack.parameters.get(rest[0])):
        dated = parameter.on(pack.shown_on)
        if dated is None:
            raise refuse("dates", _("“%(title)s”目前没有值") % {"title": parameter.title}, column=path)
        mark = tree.value["parameters"].value[rest[0]].value["values"].value[dated.start]
        entry = {"was": dated.value, **mark.plain(), "value": value}
        return mark, grounded(entry, dated.grounds, path, edit)
    if kind == "measures" and len(rest) == 2 and rest[0] in pack.measures and rest[1] in USE_FIELDS:
        mark = tree.value["measures"].value[rest[0]]
        return mark, {**mark.plain(), rest[1]: value}
    if kind == "clocks" and len(rest) == 2 and rest[0] in pack.cases and rest[1] in pack.cases[rest[0]].clocks:
        mark = tree.value["case"].value[rest[0]].value["clocks"].value[rest[1]]
        return mark, grounded(
            {**mark.plain(), "length": value}, pack.cases[rest[0]].clocks[rest[1]].grounds, path, edit
        )
    raise refuse("name", _("规则里没有“%(path)s”") % {"path": path}, column=path)


def grounded(entry: dict[str, Any], before: Grounds, path: str, edit: Edit) -> dict[str, Any]:
    """A value that is not the document's any more must say whose it is; our default may become another default."""
    if edit.document and edit.clause:
        kept = {key: value for key, value in entry.items() if key != "why"}
        return kept | {"basis": "place", "document": edit.document, "clause": edit.clause}
    if before.basis == "platform_default":
        return entry
    remedy = _("请填写本地依据文件（文件名和文号）和条款原文")
    raise refuse("own_basis", _("改动后的数值与原文不同，须有本地依据"), remedy, path)


def spliced(text: str, mark: Mark, entry: dict[str, Any]) -> str:
    """Put an entry, written on one line, where the mark's text stands; keep the white space after it."""
    old = text[mark.start : mark.end]
    tail = old[len(old.rstrip()) :]
    flow = yaml.safe_dump(entry, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10**9).strip()
    return text[: mark.start] + flow + tail + text[mark.end :]
