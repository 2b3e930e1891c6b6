"""新旧两版有什么不同: which enterprises would have another outcome, by township and size; the texts in plain words are `wording`."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from wushang.judge import prose
from wushang.judge.judging import judge
from wushang.judge.pack import Pack
from wushang.judge.wording import texts
from wushang.people import area
from wushang.people.models import Region
from wushang.pool.reading import Pool
from wushang.terms import codes

TOWNSHIP = 9  # digits of a township's code


@dataclass(frozen=True)
class Move:
    """A unit whose outcome the other version makes another one; '' for none."""

    enterprise: int
    name: str
    region: str
    size: str
    before: str
    after: str
    graver: bool


@dataclass(frozen=True)
class Line:
    """Of one township, size class, or pair of outcomes: how many units change, and which way."""

    title: str
    graver: int
    lighter: int

    @property
    def units(self) -> int:
        return self.graver + self.lighter


@dataclass(frozen=True)
class Difference:
    as_of: date
    commit: int
    units: int
    texts: list[str]
    moves: list[Move]
    pairs: list[Line]
    townships: list[Line]
    sizes: list[Line]

    @property
    def graver(self) -> int:
        return sum(move.graver for move in self.moves)

    @property
    def lighter(self) -> int:
        return len(self.moves) - self.graver

    @property
    def sentence(self) -> str:
        told = {"day": self.as_of.isoformat(), "n": self.units, "c": len(self.moves), "g": self.graver, "l": self.lighter}
        if not self.moves:
            return _("按 %(day)s 的数据，%(n)d 家单位的结果都不变。") % told
        return _("按 %(day)s 的数据，%(n)d 家单位中有 %(c)d 家结果改变：%(g)d 家变重，%(l)d 家变轻。") % told

    def to_json(self) -> dict[str, Any]:
        told = {
            "as_of": self.as_of.isoformat(), "commit": self.commit, "units": self.units, "changed": len(self.moves), "graver": self.graver,
            "lighter": self.lighter, "sentence": self.sentence, "texts": self.texts,
            "by_outcome": [asdict(line) for line in self.pairs], "by_township": [asdict(line) for line in self.townships],
            "by_size": [asdict(line) for line in self.sizes], "enterprises": [asdict(move) for move in self.moves],
        }  # fmt: skip
        return told | {"digest": hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()}


def difference(old: Pack, new: Pack, pool: Pool, as_of: date, region: str) -> Difference:
    """Both texts judged on the same facts of one day, each with the values that it gives on that day or when it was last looked at."""
    was, will = (judge(pack, pool, as_of, region, told=pack.settings(max(as_of, pack.shown_on))) for pack in (old, new))
    before, after = was.by_unit(), will.by_unit()
    changed = sorted(unit for unit in after if before.get(unit, "") != after[unit])
    order = [outcome.code for outcome in (*new.outcomes, *old.outcomes)]
    rows = pool.table("enterprises")
    told = pool.fetch(rows.select("enterprise", "name", "region", "size")).to_pylist() if changed else []
    known = {row["enterprise"]: row for row in told}
    moves = [_move(known[unit], before.get(unit, ""), after[unit], order) for unit in changed]
    return Difference(
        as_of, pool.commit, len(after), list(texts(old, new, area.whole(region))), moves, _lines(moves, lambda m: f"{_title(old, m.before)} → {_title(new, m.after)}"),
        _lines(moves, lambda m: m.region[:TOWNSHIP], places(moves)),
        _lines(moves, lambda m: codes.name("size", m.size) if m.size else _("规模未填")),
    )  # fmt: skip


def _move(unit: dict[str, Any], before: str, after: str, order: list[str]) -> Move:
    place = {code: n for n, code in reversed(list(enumerate([*order, ""])))}
    return Move(unit["enterprise"], unit["name"] or "", unit["region"] or "", unit["size"] or "", before, after, place[after] < place[before])


def _lines(moves: list[Move], key: Any, titles: dict[str, str] | None = None) -> list[Line]:
    """The most first."""
    graver, all = Counter(key(move) for move in moves if move.graver), Counter(key(move) for move in moves)
    return [Line((titles or {}).get(one, one), graver[one], n - graver[one]) for one, n in sorted(all.items(), key=lambda pair: (-pair[1], pair[0]))]


def places(moves: list[Move]) -> dict[str, str]:
    wanted = {move.region[:TOWNSHIP] for move in moves}
    return dict(Region.objects.filter(code__in=wanted).values_list("code", "name"))


def _title(pack: Pack, code: str) -> str:
    return prose.title(pack, code) if code else _("不预警")
