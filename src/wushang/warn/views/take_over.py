"""接续纸质件: the old 台账 is looked at first, then taken over; what was taken over can be undone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushang.collect import shelf
from wushang.judge.models import PolicyVersion
from wushang.people.page import allowed, number_of
from wushang.terms.problem import Refused
from wushang.warn import paper
from wushang.warn.deeds.take_over_paper_cases import TakeOverPaperCases, UndoTakeOver
from wushang.warn.models import PaperImport

LARGEST = 20_000_000  # bytes


@allowed("warn.take_over")
def take_over(request: Any) -> HttpResponse:
    """The form, what a file would bring, what was brought so far."""
    versions = [v for v in _versions(request) if v.pack.cases]
    context: dict[str, Any] = {"versions": versions, "brought": _brought(request), "chosen": number_of(request.POST, "version")}
    if request.method == "POST":
        try:
            content, name = _file(request)
            context |= {"read": paper.read(content, name, request.scope, request.now), "name": name, "digest": shelf.keep_file(content)}
        except Refused as refused:
            messages.error(request, f"{refused.problem.why}{refused.problem.remedy}")
    return render(request, "warn/take_over.html", context)


def _file(request: Any) -> tuple[bytes, str]:
    sent = request.FILES.get("file")
    if sent is None:
        raise Refused(_("没有选文件。"), _("请选旧台账，xlsx、xls、csv 都可以。"))
    if sent.size > LARGEST:
        raise Refused(_("文件超过 20 MB。"), _("请核对是否选错。"))
    return sent.read(), sent.name


def _versions(request: Any) -> list[PolicyVersion]:
    found = PolicyVersion.objects.in_force_on(request.today).order_by("policy", "region", "-number")
    return [v for v in found if v.pack.of_units and request.scope.covers("warn.take_over", v.region)]


def _brought(request: Any) -> Any:
    rows = PaperImport.objects.select_related("version")
    return [row for row in rows if request.scope.covers("warn.take_over", row.version.region)]


@allowed("warn.take_over")
@require_POST
def confirm(request: Any) -> HttpResponse:
    """The file that was looked at is taken over."""
    version = next((v for v in _versions(request) if v.pk == number_of(request.POST, "version")), None)
    digest = request.POST.get("digest", "")
    try:
        if version is None:
            raise Refused(_("没有选规则。"), _("请选接续后按哪一条规则办理。"))
        content = _kept(digest)
        made = TakeOverPaperCases(request.actor, request.now, content, request.POST.get("name", "")[:200], version).do()
        messages.success(request, _("已接续 %(n)d 件，没有发出任何文书。整改期限和名单一分钟内更新。") % {"n": made.taken})
    except Refused as refused:
        messages.error(request, f"{refused.problem.why}{refused.problem.remedy}")
    return redirect("warn:take_over")


def _kept(digest: str) -> bytes:
    if len(digest) != 64 or set(digest) - set("0123456789abcdef"):
        raise Refused(_("没有找到刚才的文件。"), _("请重新选文件。"))
    try:
        return shelf.kept_file(digest)
    except FileNotFoundError as gone:
        raise Refused(_("没有找到刚才的文件。"), _("请重新选文件。")) from gone


@allowed("warn.take_over")
@require_POST
def undo(request: Any, pk: int) -> HttpResponse:
    brought = get_object_or_404(PaperImport.objects.select_related("version"), pk=pk)
    try:
        UndoTakeOver(request.actor, request.now, brought, request.POST.get("reason", "")).do()
        messages.success(request, _("已撤销接续，改好台账后可以重新接续。"))
    except Refused as refused:
        messages.error(request, f"{refused.problem.why}{refused.problem.remedy}")
    return redirect("warn:take_over")
