"""Tables of a publication as a page or a workbook draws them: what is about to be public and what was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from wushang.analyse.cube.asked import Asked
from wushang.analyse.cube.cube import label
from wushang.analyse.cube.shown import months_said
from wushang.analyse.dimensions import dimensions
from wushang.analyse.measures import BASES, SCOPES, STATUSES, measures
from wushang.analyse.models import Publication
from wushang.analyse.publishing.before import question

HIDDEN = "＊"


@dataclass(frozen=True)
class Drawn:
    """`heads` with their units, `rows` of texts, the total first."""

    title: str
    heads: list[tuple[str, str]]
    rows: list[list[str]]
    basis: str


def drawn(kept: Mapping[str, Any], asked: Asked) -> list[Drawn]:
    """One table of rows by measures; a pivot becomes one a measure."""
    at = {tuple(cell["at"]): cell for cell in kept["cells"]}
    if asked.across:
        return [_pivot(kept, asked, at, code) for code in asked.measures]
    heads = [(_side(asked), ""), *((str(measures()[code].title), measures()[code].unit) for code in asked.measures)]
    rows = [[_named(asked.down, key), *(_text(at[key, None], code) for code in asked.measures)] for key in (None, *kept["down"])]
    return [Drawn(months_said(asked), heads, rows, basis(asked))]


def _pivot(kept: Mapping[str, Any], asked: Asked, at: Mapping[Any, Any], code: str) -> Drawn:
    columns = (*kept["across"], None)
    heads = [(_side(asked), ""), *((_named(asked.across, key), measures()[code].unit if key is None else "") for key in columns)]
    rows = [[_named(asked.down, key), *(_text(at[key, across], code) for across in columns)] for key in (None, *kept["down"])]
    return Drawn(f"{months_said(asked)} {measures()[code].title}", heads, rows, basis(asked))


def _side(asked: Asked) -> str:
    return str(dimensions()[asked.down].title) if asked.down else _("范围")


def _named(code: str, key: str | None) -> str:
    return _("合计") if key is None else label(dimensions()[code], key)


def _text(cell: Mapping[str, Any], code: str) -> str:
    return HIDDEN if cell.get("hidden") else cell["texts"][code]


def basis(asked: Asked) -> str:
    kept = "；".join(f"{dimensions()[code].title}：{'、'.join(label(dimensions()[code], key) for key in keys)}" for code, keys in asked.filters.items())
    told = {"basis": BASES[asked.basis], "scope": SCOPES[asked.scope], "status": STATUSES[asked.status]}
    return _("按%(basis)s统计，%(scope)s，计到%(status)s。") % told + (_("只含%(kept)s。") % {"kept": kept} if kept else "")


def of_publication(made: Publication) -> list[Drawn]:
    return [one for kept in made.tables for one in drawn(kept, question(kept, made))]


def note(least: int, commit: int, data_to: date | None) -> str:
    """Under the tables: what the sign means, how far the data reach, of which version they are."""
    told = {"hidden": HIDDEN, "least": least, "commit": commit, "day": data_to.isoformat() if data_to else "—"}
    return _("“%(hidden)s”为不公开的数：少于 %(least)d，或公开后可以算出少于 %(least)d 的数。数据截至 %(day)s，数据版本 %(commit)d。") % told
