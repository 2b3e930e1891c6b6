"""What was published before, as figures that a new publication is held against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from wushang.analyse.cube.asked import Asked
from wushang.analyse.cube.said import asked_of
from wushang.analyse.measures import measures
from wushang.analyse.models import Publication
from wushang.analyse.publishing.boxes import box_of, rests
from wushang.analyse.publishing.kinds import kind_of
from wushang.statistics.disclosure import Cell


def published(before: Iterable[Publication], kind: tuple[str, str]) -> list[Cell]:
    return [cell for one in before for table in one.tables for cell in _cells(one, table, kind)]


def question(table: dict[str, Any], made: Publication) -> Asked:
    said: dict[str, list[str]] = {}
    for name, text in table["question"]:
        said.setdefault(name, []).append(text)
    return asked_of(said, made.on)


def _cells(made: Publication, table: dict[str, Any], kind: tuple[str, str]) -> Iterator[Cell]:
    asked = question(table, made)
    code = next((code for code in asked.measures if _kind(asked, code) == kind), None)
    if code is None:
        return
    of, area = _("%(day)s公开的《%(title)s》") % {"day": made.on.isoformat(), "title": made.title}, table["area"]
    for cell in table["cells"]:
        box = box_of(asked, area, down=cell["at"][0], across=cell["at"][1])
        yield Cell(box, cell.get("counts", {}).get(code, 0), not cell.get("hidden"), cell["name"], of)
    sides = {side: table[side] for side in ("down", "across") if getattr(asked, side)}
    yield from (Cell(box, 0.0, True, "", of) for box in rests(asked, area, sides))


def _kind(asked: Asked, code: str) -> tuple[str, str]:
    cell = measures()[code].cell
    return (cell.settled(asked.ask).basis if cell else "", kind_of(code))
