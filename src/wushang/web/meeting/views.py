"""会商一页 and what hangs on it: 大屏, 点数字看名单, 印发, 汇报稿."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushang.analyse.deeds.keep_export import KeepExport
from wushang.analyse.deeds.print_page import PrintPage
from wushang.analyse.models import Print
from wushang.people import audit
from wushang.people.page import allowed
from wushang.pool import snapshot
from wushang.pool.known import known_of
from wushang.web import days
from wushang.web import figures as written
from wushang.web.meeting import brief, lately, listing, words
from wushang.web.meeting import wall as parts
from wushang.web.meeting.asked import Asked, choices
from wushang.web.meeting.content import Content
from wushang.web.meeting.drill import Drill
from wushang.web.meeting.last import last_meeting
from wushang.web.meeting.prints import PAGE, area_of, kept, last_kept, since_last
from wushang.web.meeting.public import publish_url
from wushang.web.meeting.pushing import Matter, matters
from wushang.web.meeting.reading import content_for, pool_of, sealed

FEW = 2  # matters that leave the place of a list empty
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def content_of(request: Any) -> Content:
    """The page that an address asks for; that somebody looks at it is noted."""
    known = known_of(request.GET, request.today)
    content = content_for(request.scope, request.GET, request.today, known)
    if not known.asked:
        lately.note(request.user, f"{content.asked.end:%Y-%m}" if "end" in request.GET else "", content.asked.span, request.now)
    return content


def context_of(content: Content, push: list[Matter], unreported: str, since: str, last: dict[str, Any] | None) -> dict[str, Any]:
    """What web/meeting.html draws; `last` is 上次会议交办."""
    return {
        "period": content.asked.text, "area": content.area, "asked": content.asked, "missing": None,
        "instead_of": content.instead_of, "sentences": content.sentences(), "towns": content.towns(), "trend": content.trend(), "bars": content.bars(),
        "push": push, "last_meeting": last, "method": [*(one["said"] for one in content.beneath), *words.METHOD],
        "footing": [
            {"label": _("口径"), "text": content.basis()},
            {"label": _("数据截至"), "text": content.data_to()},
            {"label": _("未报"), "text": unreported},
            {"label": _("数据版本"), "text": content.version() + (f"，{since}" if since else "。")},
        ],
    }  # fmt: skip


def _last(content: Content) -> dict[str, Any] | None:
    return last_meeting(content.scope, content.today)


def _empty(request: HttpRequest, content: Content, missing: dict[str, Any]) -> dict[str, Any]:
    return {"period": content.asked.text, "area": content.area, "asked": content.asked, "missing": missing,
            "sentences": [[{"t": missing["what"], "b": False, "url": ""}]]}  # fmt: skip


@allowed("analyse.meeting")
def meeting(request: Any) -> HttpResponse:
    content = content_of(request)
    if missing := content.missing():
        context = _empty(request, content, missing)
    else:
        push = matters(content)
        context = context_of(content, push, content.unreported(), since_last(content), _last(content)) | {
            "report_url": f"{reverse('meeting_brief')}?{content.query}",
            "wall_url": f"{reverse('wall')}?{content.query}",
            "print_url": f"{reverse('meeting_print')}?{content.query}",
            "publish_url": publish_url(content.asked, request.scope, content.known.query),
        }
    known = content.known
    return render(request, "web/meeting.html", context | {
        "signals_url": reverse("judge:signals") if request.scope.may("judge.see_signals") else None,
        "risk_url": reverse("judge:risk") if request.scope.may("judge.see_risk") else None,
        "cube_url": reverse("analyse:cube") if request.scope.may("analyse.see") else None,  # also where no figure is shown
        "choices": choices(known.day or request.today), "known": known, "may_print": not known.asked,
        "not_known": _("逾期未改、需要领导推动的事和办理情况不能按某日所知，显示的是现在的；按旧数不能印发。"),
    })  # fmt: skip


@allowed("analyse.meeting")
def wall(request: Any) -> HttpResponse:
    """大屏: the same content laid out anew; unit names only for who may show them, and only when asked."""
    content = content_of(request)
    may_name = request.scope.may("analyse.names_on_wall")
    shown = may_name and request.GET.get("names") == "1"
    context = {"place": _("%(city)s 工伤预防会商") % {"city": settings.WUSHANG_CITY}, "back_url": f"{reverse('meeting')}?{content.query}"}
    if missing := content.missing():
        return render(request, "web/wall.html", context | _empty(request, content, missing))
    push = [m if shown else replace(m, name=m.hidden, url="") for m in matters(content)]
    since = since_last(content)
    context |= context_of(content, push, content.unreported(), since, _last(content)) | {
        "sentences": content.sentences(short=True), "few": len(push) <= FEW,
        "figures": _wall_figures(content), "map": parts.area_map(content), "crossed": parts.crossed(content), "fresh": parts.fresh(content), "names": {"shown": shown, "url": _names_url(content, shown) if may_name else None},
        "foot": [_("按申报日统计，含上下班途中和视同；发生率为%(m)s累计") % {"m": content.asked.text[5:]},
                 *([content.known.said] if content.known.asked else []), _("数据截至 %(day)s") % {"day": content.data_to()}],
        "version": _("数据版本 %(v)s") % {"v": content.version() + (f"，{since}" if since else "")},
    }  # fmt: skip
    return render(request, "web/wall.html", context)


def _names_url(content: Content, shown: bool) -> str:
    return f"?{content.query}" + ("" if shown else "&names=1")


def _wall_figures(content: Content) -> list[dict[str, Any]]:
    told = content.headline()
    total = content.figures.total
    change: dict[str, Any] = {"label": _("比上年同期"), "value": "—", "unit": "", "note": _("上年同期数据不全")}
    if content.last_known:
        said = words.change_said(total, content.staff, content.last_staff)
        change = {"label": _("比上年同期"), "value": written.change(total.change), "unit": "", "note": said.partition("（")[2][:-1]}
    people = {what: content.url(severity=what) if told[what] else "" for what in ("fatal", "serious")}
    return [
        {"label": _("接报工伤事故"), "value": written.count(told["events"]), "unit": _("起"), "url": content.url()}, change,
        {"label": _("死亡"), "value": written.count(told["fatal"]), "unit": _("人"), "url": people["fatal"]},
        {"label": _("重伤"), "value": written.count(told["serious"]), "unit": _("人"), "url": people["serious"]},
        {"label": _("逾期未改"), "value": written.count(told["late"]), "unit": _("家"), "url": content.url(late="1") if told["late"] else ""},
    ]  # fmt: skip


@allowed("analyse.meeting")
def rows(request: Any) -> HttpResponse:
    """点数字看名单: the rows that add up to a figure, from the same version of the data."""
    drill = Drill.of(request.GET, request.today)
    found = listing.rows(drill, request.scope, request.today)
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    table = listing.table(drill, list(page.object_list), request.scope)
    export = request.get_full_path().replace(reverse("meeting_list"), reverse("meeting_list_file"), 1)
    context = {"page": page, "table": table, "title": listing.title(drill), "drill": drill, "export": export, "about": listing.about(drill, found.pool, request.scope),
               "unit": _("家") if drill.of_units else _("人") if drill.of_people else _("起"),
               "back_url": f"{reverse('meeting')}?{drill.asked.query}"}  # fmt: skip
    return render(request, "web/meeting_list.html", context)


@allowed("analyse.meeting")
def rows_file(request: Any) -> HttpResponse:
    """The same list as xlsx."""
    drill = Drill.of(request.GET, request.today)
    data = listing.sheet(drill, request.scope, request.today, request.user)
    audit.write(request.actor, request.now, "analyse.export", "page:meeting_list", dict(request.GET.items()))
    return _file(data, f"{listing.title(drill)}.xlsx", listing.XLSX)


@allowed("analyse.meeting")
@require_POST
def print_page(request: Any) -> HttpResponse:
    """印发: freeze the version, then print from it."""
    content, manifest = content_of(request), snapshot.current()
    if content.missing() or manifest is None or manifest.commit != content.pool.commit:
        messages.error(request, _("数据未齐或者正在更新，没有印发。请刷新本页再试。"))
        return redirect(f"{reverse('meeting')}?{content.query}")
    figures = kept(content, matters(content), _last(content))
    made = PrintPage(
        request.actor, request.now, PAGE, content.asked.period, area_of(request.scope), manifest, figures
    ).do()
    return redirect("meeting_printed", made.pk)


@allowed("analyse.meeting")
def printed(request: Any, pk: int) -> HttpResponse:
    """A print as it was: from the sealed version, with what the page said of the ledger when it was sealed."""
    made = get_object_or_404(Print, pk=pk, page=PAGE)
    if made.area != area_of(request.scope):
        raise Http404
    content = printed_content(made, request.scope)
    push = [Matter(**said) for said in made.figures["push"]]
    since = made.figures["since"] if "since" in made.figures else since_last(content)
    context = context_of(content, push, made.figures["unreported"], since, last_kept(made))
    told = _("%(who)s %(when)s 印发") % {"who": made.name, "when": days.moment(made.at)}
    context["footing"].append({"label": _("印发"), "text": told})
    return render(request, "web/meeting.html", context | {"printed": made})


def printed_content(made: Print, scope: Any) -> Content:
    manifest = sealed(made.commit)
    if manifest is None:
        raise Http404
    span = made.figures.get("span", "year")
    end = made.end.replace(day=1)
    day = date.fromisoformat(made.figures["today"])
    return Content(pool_of(scope, made.commit, manifest), Asked(end, span), scope, day, links=False, seen=made.figures.get("beneath"))


@allowed("analyse.meeting")
def word(request: Any) -> HttpResponse:
    """汇报稿 (Word)."""
    content = content_of(request)
    if content.missing():
        return redirect(f"{reverse('meeting')}?{content.query}")
    data = brief.document(content, matters(content), _who(request), since_last(content))
    KeepExport(
        request.actor, request.now, "brief", content.asked.period, area_of(request.scope), content.pool.commit,
        {"headline": content.headline()}, "analyse.meeting",
    ).do()  # fmt: skip
    audit.write(request.actor, request.now, "analyse.export", "page:meeting_brief", {"commit": content.pool.commit})
    return _file(data, _("%(period)s工伤预防情况汇报.docx") % {"period": content.asked.text}, WORD)


def _who(request: Any) -> tuple[str, datetime]:
    user = request.user
    return (user.department.name if user.department else settings.WUSHANG_CITY), timezone.localtime(request.now)


def _file(data: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer
