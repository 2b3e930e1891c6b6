"""A policy about groups (an area, its townships, trades, departments) worked out: measures from the pool by the cube, the rest
from a table that the place fills in."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from wushang.analyse.cube import Asked, reckon
from wushang.analyse.dimensions import dimensions
from wushang.judge.language.scalar import number
from wushang.judge.language.tree import Value
from wushang.judge.pack import Pack, Use
from wushang.judge.prose import title
from wushang.judge.selection import among, choose
from wushang.judge.subject import AREA, SUBJECTS
from wushang.pool.reading import Pool
from wushang.terms.period import window
from wushang.terms.problem import Problem, Refused

WHOLE = ""  # the key of the whole area
Values = dict[str, Value]


@dataclass(frozen=True)
class Group:
    """One township, trade … : its values, what the policy reckons of them, and what comes out."""

    key: str
    name: str
    values: Values
    figures: Values
    outcome: str
    title: str
    enterprise: int | None = None  # whose case it is


def judged_groups(
    pack: Pack, told: Mapping[str, Values], as_of: date, pool: Pool | None = None, settings: Values | None = None
) -> list[Group]:
    """told: key or name → the inputs that the place reports. The outcome of every group, all of them looked at together."""
    found = measured(pack, pool, as_of) if pool and pack.measures else {}
    units = {key: found.get(key, {}) | dict(told.get(key, {})) for key in [*found, *(key for key in told if key not in found)]}
    settings = pack.settings(as_of) if settings is None else settings
    ends, outcomes = among(pack, list(units.values())), choose(pack, list(units.values()), settings)
    return [
        Group(key, name(pack, key), values, reckoned(pack, settings | ends | values), code, title(pack, code))
        for (key, values), code in zip(units.items(), outcomes, strict=True)
    ]


def reckoned(pack: Pack, known: Values) -> Values:
    return {code: number(part, known) for code, part in pack.figure_parts.items()}


def name(pack: Pack, key: str) -> str:
    """What a page calls a group; one that the cube does not know by its key is called as the place's table calls it."""
    side = SUBJECTS[pack.subject].dimension
    if key == WHOLE:
        return str(SUBJECTS["area"].title)
    return (dimensions()[side].label(key) or key) if side else key


def measured(pack: Pack, pool: Pool, as_of: date) -> dict[str, Values]:
    """key → measure → value, by the dimension of the policy's subject; rows of no known group (不详) are left out. A measure of the
    whole area has one value, which every group bears."""
    side = SUBJECTS[pack.subject].dimension
    found: dict[str, Values] = {}
    for code, use in pack.measures.items():
        if use.of != AREA:
            cube = reckon(pool, asked(use, as_of, side))
            for key in [key for key in cube.down if key] if side else [None]:
                found.setdefault(key or WHOLE, {})[code] = cube.figure(use.measure, key).value
    wide = of_area(pack, pool, as_of)
    return {key: dict.fromkeys(pack.measures) | values | wide for key, values in found.items()}


def of_area(pack: Pack, pool: Pool, as_of: date) -> Values:
    """The measures that a rule takes of the whole area, those of no known group (不详) among them."""
    uses = {code: use for code, use in pack.measures.items() if use.of == AREA}
    return {code: reckon(pool, asked(use, as_of, "")).figure(use.measure, None).value for code, use in uses.items()}


def asked(use: Use, as_of: date, side: str) -> Asked:
    return Asked((use.measure,), window(use.window, as_of), down=side, basis=use.basis, scope=use.scope, status=use.status)


def read_table(file: Path, pack: Pack) -> dict[str, Values]:
    """A UTF-8 CSV with a column `key` and one column for each input in; key → inputs out. An empty cell is missing."""
    return table_of(file.read_text(encoding="utf-8-sig"), pack, str(file))


def table_of(text: str, pack: Pack, place: str = "") -> dict[str, Values]:
    """The same of a text, its columns parted by commas or tabs (as a spreadsheet copies them)."""
    rows = list(csv.DictReader(io.StringIO(text.strip()), delimiter="\t" if "\t" in text.partition("\n")[0] else ","))
    lacking = [code for code in ("key", *pack.inputs) if rows and code not in rows[0]]
    if lacking or not rows:
        why = _("缺少列：%(names)s") % {"names": "、".join(lacking)} if lacking else _("表是空的")
        wanted = ",".join(["key", *pack.inputs])
        raise Refused(Problem("table", "table", place, why, _("表头请写 %(wanted)s") % {"wanted": wanted}))
    return {(row["key"] or "").strip(): {code: cell(row[code], code, n) for code in pack.inputs} for n, row in enumerate(rows, 2)}


def known(pack: Pack, key: str) -> bool:
    side = dimensions().get(SUBJECTS[pack.subject].dimension)
    if side is None:
        return key == WHOLE
    return side.label(key) not in ("", key) or not (pack.measures or key.isdigit() or key == WHOLE)


def must_be_known(pack: Pack, told: Mapping[str, Values]) -> None:
    """Refused where a key names no group that the platform knows. Where nothing is measured, names of one's own may stand; a code may not."""
    strange = [key for key in told if not known(pack, key)]
    if strange:
        why = _("不认识 key：%(keys)s") % {"keys": "、".join(one or _("（空）") for one in strange[:5])}
        remedy = _("请写平台里%(what)s的代码；先不带表算一次，结果里列出各自的 key") % {"what": SUBJECTS[pack.subject].title}
        raise Refused(Problem("table", "key", "、".join(strange[:5]), why, remedy))


def cell(text: str, code: str, line: int) -> Value:
    if not (text or "").strip():
        return None
    try:
        return float(text)
    except ValueError:
        why = _("第%(line)d行 %(code)s 不是数") % {"line": line, "code": code}
        raise Refused(Problem("table", code, text, why, _("请只写数，不写单位；没有的留空"))) from None
