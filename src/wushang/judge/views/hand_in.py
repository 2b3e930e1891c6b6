"""交一份新规则: a place's own rule file, uploaded or pasted, checked line by line, read as prose, kept as a draft. Nothing runs by it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wushang.judge.check import check_text
from wushang.judge.deeds.draft_policy import DraftPolicy
from wushang.judge.file.arriving import decoded
from wushang.judge.file.marked import LARGEST
from wushang.judge.models import PolicyVersion
from wushang.judge.remark import Remark, usable
from wushang.judge.shipped import digest
from wushang.judge.views.policies import as_prose
from wushang.people.page import allowed
from wushang.terms.problem import Refused


@dataclass
class Line:
    """One line of the text and what is to be said of it."""

    n: int
    text: str
    remarks: list[Remark] = field(default_factory=list)


@allowed("judge.draft_policy")
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: HttpRequest) -> HttpResponse:
    """The form; what the check says of a text; the draft that is made of one that can be used."""
    if request.method != "POST":
        return render(request, "judge/hand_in.html", {"text": "", "largest": LARGEST})
    try:
        text = _text(request)
        if "keep" in request.POST:
            return _keep(request, text)
    except Refused as refused:
        messages.error(request, f"{refused.problem.why}。{refused.problem.remedy}")
        return render(request, "judge/hand_in.html", {"text": request.POST.get("text", ""), "largest": LARGEST}, status=422)
    return render(request, "judge/hand_in.html", checked(request, text))


def _text(request: HttpRequest) -> str:
    """The file where one was chosen, else what was pasted; a form sends CR LF where the person wrote a new line."""
    sent = request.FILES.get("file")
    if sent is not None and (sent.size or 0) > LARGEST * 4:  # before it is read
        raise Refused(_("文件太大"), _("规则文件应在 20 万字以内"))
    text = decoded(sent.read(), sent.name or "") if sent is not None else request.POST.get("text", "")
    if not text.strip():
        raise Refused(_("没有选文件，也没有粘贴文本"), _("请选一个规则文件（yaml），或把文本粘贴在框里"))
    return text.replace("\r\n", "\n")


def _keep(request: Any, text: str) -> HttpResponse:
    """The same deed as `wushang policy offer FILE`; the same text is not kept twice."""
    same = PolicyVersion.objects.filter(region=settings.WUSHANG_REGION, digest=digest(text), state="draft").first()
    if same is not None:
        messages.info(request, _("同样的草稿已经有了：第%(n)d版") % {"n": same.number})
        return redirect("judge:policy", pk=same.pk)
    made = DraftPolicy(request.actor, request.now, text, settings.WUSHANG_REGION, "page").do()
    messages.success(request, _("已存为草稿（第%(n)d版），还没有施行。下一步：看历史试算，再批准") % {"n": made.number})
    return redirect("judge:policy", pk=made.pk)


def checked(request: Any, text: str) -> dict[str, Any]:
    """The lines with their remarks, and the rule as prose where it can be used."""
    pack, remarks = check_text(text, request.today)
    told = {"text": text, "largest": LARGEST, "checked": True, "usable": pack is not None and usable(remarks)}
    known = PolicyVersion.objects.filter(policy=pack.id, region=settings.WUSHANG_REGION).order_by("-number").first() if pack else None
    told |= {"lines": lines(text, remarks), "grave": [one for one in remarks if not one.line or one.severity != "note"], "before": known}
    told["counts"] = {kind: sum(one.severity == kind for one in remarks) for kind in ("error", "warning", "note")}
    return told | (as_prose(pack, settings.WUSHANG_REGION, {}) if pack else {})


def lines(text: str, remarks: list[Remark]) -> list[Line]:
    """All lines; a remark on a line after the last (the text ended too early) stands at the last."""
    found = [Line(n, one) for n, one in enumerate(text.split("\n"), 1)]
    for remark in remarks:
        if remark.line:
            found[min(remark.line, len(found)) - 1].remarks.append(remark)
    return found
