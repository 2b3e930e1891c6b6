"""专题库: five boards of what data there are; a board's tables with freshness, score, dictionary and sample, to take away."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wushang.analyse.dimensions.place import name as place_name
from wushang.analyse.library import taken
from wushang.analyse.library.board import Board, Listed, boards
from wushang.analyse.library.delivered import Sent, sent
from wushang.analyse.library.dictionary import Column, columns_of, shown_of
from wushang.analyse.library.rows import NAMES, Counted, counted, newest
from wushang.collect.inforce import sources
from wushang.collect.source import Source
from wushang.collect.views.asked import download
from wushang.collect.ways.hand import SOURCE as BY_HAND
from wushang.people import audit
from wushang.people.page import allowed, day_of
from wushang.pool import reading
from wushang.pool.sheet import Heading
from wushang.terms import codes
from wushang.terms.period import Period, month_end

VERB = "analyse.see"
SAMPLE = 5
FORMS = {"xlsx": None, "csv": "text/csv; charset=utf-8"}


@allowed(VERB)
@require_safe
def page(request: Any) -> HttpResponse:
    """The boards as cards: title, sentence, tables in them."""
    pool = reading.open(request.scope, verb=VERB)
    cards = [{"board": one, "tables": [{"listed": t, "counted": counted(pool, t)} for t in one.tables]} for one in boards().values()]
    return render(request, "analyse/library.html", {"cards": cards, "commit": pool.commit, "places": _places(request)})


@allowed(VERB)
@require_safe
def board(request: Any, board: str) -> HttpResponse:
    """One board: its tables, what is kept for matching alone, its code lists."""
    found = _board(board)
    pool = reading.open(request.scope, verb=VERB)
    held, came = _sources(request), sent(request.scope, request.today)
    context = {
        "board": found, "boards": boards().values(), "tables": [_shown(pool, one, held, came) for one in found.tables],
        "checked": [_delivered(name, held, came) for name in found.checked], "codes": [_list(*pair) for pair in found.codes.items()],
        "links": [(link.title, reverse(link.url)) for link in found.links if request.scope.may(link.verb)], 
        "may_names": request.scope.may(NAMES), "commit": pool.commit, "places": _places(request), "most": taken.MOST,
    }  # fmt: skip
    return render(request, "analyse/library_board.html", context)


@allowed(VERB)
@require_safe
def take(request: Any, board: str, table: str, form: str) -> HttpResponse:
    """A table or a code list as xlsx or csv, in the reader's own scope; it leaves an audit row."""
    found = _board(board)
    if form not in FORMS:
        raise Http404
    listed = next((one for one in found.tables if one.name == table), None)
    if listed is None and table not in found.codes:
        raise Http404
    pool = reading.open(request.scope, verb=VERB)
    title, given, of = _rows(request, pool, listed) if listed else _codes(found, table)
    said = {"form": form, "rows": len(given.rows), "commit": pool.commit}
    audit.write(request.actor, request.now, "analyse.export", f"library:{table}", said)
    unit = request.user.department.name if request.user.department else ""
    heading = Heading(title, unit, request.actor.name, request.today, _("数据版本 %(n)d") % {"n": pool.commit})
    content = taken.workbook(given, heading) if form == "xlsx" else taken.separated(given)
    part = {"all": of, "n": len(given.rows), "which": _which(listed)}
    cut = _("（共%(all)d行，只有%(which)s%(n)d行）") % part if of > len(given.rows) else ""
    return download(content, f"{title}{cut} {request.today}.{form}", *filter(None, [FORMS[form]]))


def _rows(request: Any, pool: reading.Pool, listed: Listed) -> tuple[str, taken.Taken, int]:
    """The table's title, what is taken of it, and how many rows there are in all."""
    held, period = _sources(request), _period(request)
    shown = shown_of(listed, held)
    of, rows = counted(pool, listed, period), newest(pool, listed, shown, taken.MOST, period)
    notes = [*_notes(request, pool, listed, of, len(rows)), *((taken.titled(one), _described(one)) for one in shown)]
    return listed.title, taken.Taken(taken.columns_of(shown), rows, notes), of.rows


def _notes(request: Any, pool: reading.Pool, listed: Listed, of: Counted, rows: int) -> list[tuple[str, str]]:
    """What is to be known of the rows: what they are, whose, which and how many."""
    cut = _("共 %(all)d 行，这里是%(which)s %(n)d 行。") if of.rows > rows else _("共 %(all)d 行，全部在内。")
    names = _("单位名称、信用代码只在您能看单位档案的单位有。")
    return [
        (_("这是什么"), listed.says), (_("谁报的"), _senders(request, listed)), (_("范围"), "、".join(_places(request))), (_("起止"), _span(of)), (_("行数"), cut % {"all": of.rows, "n": rows, "which": _which(listed)}),
        (_("数据版本"), str(pool.commit)), (_("单位"), names), (_("个人信息"), _("没有：个人和接近个人的列不下载。")),
    ]  # fmt: skip


def _senders(request: Any, listed: Listed) -> str:
    """Who sent the table, and up to which month."""
    came = sent(request.scope, request.today)
    found = [one for name in listed.sources for one in came.get(name, [])]
    return "；".join(f"{one.sender}（{one.month:%Y-%m}）" if one.month else one.sender for one in found) or "—"


def _which(listed: Listed | None) -> str:
    """Which rows come first: the newest, where rows have a month."""
    return _("最近的") if listed and listed.by else _("前")


def _span(of: Counted) -> str:
    return f"{of.first:%Y-%m}—{of.last:%Y-%m}" if of.first and of.last else _("现状名录，不分月份")


def _described(one: Column) -> str:
    listed = _("；代码表 %(c)s") % {"c": one.list_title} if one.codes else ""
    return f"{one.kind}{listed}"


def _codes(board: Board, name: str) -> tuple[str, taken.Taken, int]:
    heads, rows = taken.of_codes(name)
    title = board.codes[name]
    return title, taken.Taken(heads, rows, [(_("这是什么"), _("代码表 %(c)s，含已停用的代码") % {"c": name})]), len(rows)


def _shown(pool: reading.Pool, listed: Listed, held: dict[str, Source], came: dict[str, list[Sent]]) -> dict[str, Any]:
    shown = shown_of(listed, held)
    return {
        "listed": listed, "counted": counted(pool, listed), "columns": columns_of(listed, held), "shown": shown,
        "sample": [taken.as_read(shown, row) for row in newest(pool, listed, shown, SAMPLE)], "heads": taken.columns_of(shown),
        "delivered": [_delivered(name, held, came) for name in listed.sources],
    }  # fmt: skip


def _delivered(name: str, held: dict[str, Source], came: dict[str, list[Sent]]) -> dict[str, Any]:
    """A source with who sent it; who should, where nobody has."""
    source = held[name]
    should = "、".join(codes.name("department_kind", kind) for kind in source.departments)
    return {"source": source, "should": should, "sent": came.get(name, []), "by_hand": name == BY_HAND}


def _list(name: str, title: str) -> dict[str, Any]:
    """A code list: entries in force, where from, when last compared."""
    found = codes.all(name)
    return {"name": name, "title": title, "entries": len(found), "origin": sorted({one.source for one in found}), "checked": max(one.checked for one in found)}


def _board(name: str) -> Board:
    if name not in boards():
        raise Http404
    return boards()[name]


def _sources(request: Any) -> dict[str, Source]:
    return {one.id: one for one in sources()}


def _places(request: Any) -> list[str]:
    """The names of the places whose rows are shown."""
    codes_of = dict.fromkeys(prefix for grant in request.scope.for_verb(VERB) for prefix in grant.regions)
    return [place_name(code) if code else _("全部地区") for code in codes_of]


def _period(request: HttpRequest) -> Period | None:
    """The months asked for; None: all."""
    start, end = _month(request, "from"), _month(request, "to")
    if not start and not end:
        return None
    last = month_end(end) if end else date(2100, 12, 31)
    return Period(min(start or date(1990, 1, 1), last), last)


def _month(request: HttpRequest, name: str) -> date | None:
    found = day_of({name: f"{request.GET.get(name, '')}-01"}, name)
    return found if found and 1990 <= found.year <= 2100 else None
