"""下降里有没有少报 beside 明显下降 of 交叉分析: the part of its page that needs what the rooms below 分析 know. Loaded where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ibis
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wushang.analyse.cube.asked import Asked
from wushang.analyse.cube.compared import Compared, earlier
from wushang.analyse.cube.cube import ALL, Key
from wushang.analyse.cube.listing import cut_to
from wushang.analyse.dimensions import dimensions
from wushang.analyse.views.cube import VERB, answered
from wushang.evaluate.beneath import sides, words
from wushang.people.page import allowed
from wushang.pool.reading import Pool
from wushang.statistics.rates import Change

MOST = 5  # rows that are looked beneath


@allowed(VERB)
@require_safe
def beneath(request: Any) -> HttpResponse:
    """Of the question of the address: the whole, then the rows that fell, a few lines each."""
    pool, found = answered(request)
    told = [{"name": name, "lines": _lines(pool, found, key)} for key, name in _fallen(found)]
    return render(request, "web/_cube_beneath.html", {"told": told})


def _fallen(found: Compared) -> Iterator[tuple[Key, str]]:
    asked, side = found.now.asked, dimensions().get(found.now.asked.down)
    rows = [] if asked.across or side is None or side.of_time else [key for key in found.now.down if key and _fell(found, key)][:MOST]
    if _fell(found, ALL):
        yield ALL, _("合计")
    yield from side.named(rows).items() if side else ()


def _fell(found: Compared, key: Key) -> bool:
    return any(found.word(code, key) == Change.falling.zh for code in found.now.asked.measures)


def _lines(pool: Pool, found: Compared, key: Key) -> list[words.Line]:
    asked = found.now.asked if key is ALL else cut_to(found.now.asked, down=str(key))
    before = earlier(asked.period, found.against)
    cut = sides.ripe(before, asked.period, found.data_to) if before and found.data_to else None
    return words.lines(*sides.sides(pool, cut, asked.scope, lambda rows: _kept(rows, asked))) if cut else [words.too_young()]


def _kept(rows: ibis.Table, asked: Asked) -> ibis.BooleanValue:
    """The rows that the question's filters keep."""
    parts = [dimensions()[code].of(rows).fill_null("").isin(list(kept)) for code, kept in asked.filters.items()]
    return ibis.and_(ibis.literal(True), *parts)
