"""What people do to a rule: draft, change, approve, put in force, end. Each is a deed; the page says what comes next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushang.judge.deeds.approve_policy import ApprovePolicy, needed
from wushang.judge.deeds.draft_policy import DraftPolicy
from wushang.judge.deeds.edit_parameters import EditParameters
from wushang.judge.deeds.end_policy import EndPolicy
from wushang.judge.deeds.offer_shipped_packs import OfferShippedPacks
from wushang.judge.deeds.put_in_force import PutInForce
from wushang.judge.models import PolicyVersion
from wushang.judge.pack import Pack
from wushang.judge.prose import length_words
from wushang.judge.views.policies import page, version_for
from wushang.people.page import allowed
from wushang.terms.deadline import Length
from wushang.terms.problem import Refused


def answered(
    request: HttpRequest, version: PolicyVersion, act: Callable[[], tuple[PolicyVersion, str]]
) -> HttpResponse:
    """Do it and say what comes next, or say why not; back to the version's page."""
    try:
        version, said = act()
        messages.success(request, said)
    except Refused as refused:
        messages.error(request, f"{refused.problem.why}。{refused.problem.remedy}")
    return redirect("judge:policy", pk=version.pk)


@allowed("judge.draft_policy")
@require_POST
def offer(request: HttpRequest) -> HttpResponse:
    """The shipped rules stand ready for this place; none takes force by that."""
    try:
        made = OfferShippedPacks(request.actor, request.now, settings.WUSHANG_REGION).do()  # type: ignore[attr-defined]
        messages.success(request, _("已取用 %(n)d 条规则范本，下一步：逐条核对、批准") % {"n": len(made)})
    except Refused as refused:
        messages.error(request, f"{refused.problem.why}。{refused.problem.remedy}")
    return redirect("judge:policies")


@allowed("judge.draft_policy")
@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    version = version_for(request, pk)

    def act() -> tuple[PolicyVersion, str]:
        origin = f"version {version.number}"
        made = DraftPolicy(request.actor, request.now, version.text, version.region, origin).do()  # type: ignore[attr-defined]
        return made, _("已起草第%(n)s版，改好数字后请 %(k)s 位有批准权的人员批准") % {
            "n": made.number,
            "k": needed(),
        }

    return answered(request, version, act)


@allowed("judge.draft_policy")
@require_POST
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    version = version_for(request, pk)
    document, clause = (request.POST.get(name, "").strip() for name in ("document", "clause"))
    approved = version.approvals.exists()
    try:
        told = changes(request, version.pack)
        EditParameters(request.actor, request.now, version, told, document, clause).do()  # type: ignore[attr-defined]
    except Refused as refused:
        messages.error(request, f"{refused.problem.why}。{refused.problem.remedy}")
        return render(request, "judge/policy.html", page(request, version, request.POST), status=422)
    said = _("草稿已保存，已有的批准作废；下一步：批准") if approved else _("草稿已保存；下一步：看历史试算，再批准")
    messages.success(request, said)
    return redirect("judge:policy", pk=version.pk)


def changes(request: HttpRequest, pack: Pack) -> dict[str, Any]:
    """What the form says that the text does not. Numbers that cannot be read are refused, never guessed."""
    found: dict[str, Any] = {}
    day = pack.shown_on
    for code, parameter in pack.parameters.items():
        path, dated = f"parameters.{code}", parameter.on(day)
        if path in request.POST or f"was.{path}" in request.POST:
            value = path in request.POST if parameter.kind == "flag" else number(request.POST[path], parameter.title)
            if dated is None or value != dated.value:
                found[path] = value
    return found | counted(request, pack) | lengths(request, pack)


def counted(request: HttpRequest, pack: Pack) -> dict[str, str]:
    """How injuries are counted: one place of the form stands for all measures that count the same ones."""
    found = {}
    for path, told in request.POST.items():
        kind, _dot, rest = path.partition(".")
        codes, _dot, name = rest.rpartition(".")
        if kind == "measures":
            uses = [pack.measures[code] for code in codes.split("+") if code in pack.measures]
            found |= {f"measures.{use.code}.{name}": str(told) for use in uses if told != getattr(use, name, told)}
    return found


def number(text: str, title: str) -> int | float | None:
    try:
        value = float(text) if text.strip() else None
    except ValueError:
        raise Refused(_("“%(title)s”写成了“%(text)s”") % {"title": title, "text": text}, _("请只写数字")) from None
    return int(value) if value is not None and value.is_integer() else value


def lengths(request: HttpRequest, pack: Pack) -> dict[str, str]:
    found = {}
    for case in pack.cases.values():
        for clock in case.clocks.values():
            path = f"clocks.{case.outcome}.{clock.step}"
            told = request.POST.get(path, "").strip()
            if told and told not in (clock.length, length_words(clock.length)):
                found[path] = read_length(told)
    return found


def read_length(text: str) -> str:
    try:
        return str(Length.parse(text))
    except ValueError:
        raise Refused(_("期限“%(text)s”读不懂") % {"text": text}, _("请写成 30日、10个工作日 或 1个月")) from None


@allowed("judge.approve_policy")
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    version = version_for(request, pk)

    def act() -> tuple[PolicyVersion, str]:
        done = ApprovePolicy(request.actor, request.now, version, request.POST.get("note", "")).do()  # type: ignore[attr-defined]
        left = needed() - done.approvals.count()
        if left > 0:
            return done, _("已批准，还需另外 %(n)s 人批准") % {"n": left}
        return done, _("已批准，下一步：填写启用日期并施行")

    return answered(request, version, act)


@allowed("judge.approve_policy")
@require_POST
def force(request: HttpRequest, pk: int) -> HttpResponse:
    version = version_for(request, pk)

    def act() -> tuple[PolicyVersion, str]:
        since = asked_day(request, "effective_from")
        done = PutInForce(request.actor, request.now, version, since, request.POST.get("mode", "full")).do()  # type: ignore[attr-defined]
        if done.mode == "compute_only":
            return done, _("自%(day)s起试运行：每天研判，只算不发；转正式施行时再填启用日期") % {"day": since}
        return done, _("自%(day)s起正式施行；此前发生或接报的只计数，不预警、不发送") % {"day": since}

    return answered(request, version, act)


@allowed("judge.approve_policy")
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    version = version_for(request, pk)

    def act() -> tuple[PolicyVersion, str]:
        today = timezone.localdate(request.now)  # type: ignore[attr-defined]
        done = EndPolicy(request.actor, request.now, version, today, request.POST.get("reason", "")).do()  # type: ignore[attr-defined]
        return done, _("已停止施行；在办的预警件继续办到办结")

    return answered(request, version, act)


def asked_day(request: HttpRequest, name: str) -> date:
    try:
        found = parse_date(request.POST.get(name, ""))
    except ValueError:
        found = None
    if found is None:
        raise Refused(_("没有写启用日期"), _("请写成 2026-03-01"))
    return found
