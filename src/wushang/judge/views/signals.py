"""异常提示: the list, one signal with its series, and what people do with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wushang.judge.deeds.triage_signal import AnswerSignal, DismissSignal, RaiseSignal, VerifySignal
from wushang.judge.signals import words
from wushang.judge.signals.behind import behind
from wushang.judge.signals.models import STATES, Signal, SignalRun
from wushang.judge.signals.series import read
from wushang.judge.signals.takers import takers
from wushang.judge.signals.young import Young, young
from wushang.people.models import AreaMap, Department
from wushang.people.page import allowed
from wushang.pool import reading
from wushang.terms.problem import Refused

VERB = "judge.see_signals"


@allowed(VERB)
@require_safe
def signals(request: HttpRequest) -> HttpResponse:
    """By state, the newest week first; at the foot how often the detectors were right."""
    mine = Signal.objects.visible(request.scope).exclude(state="waiting")  # type: ignore[attr-defined]
    state = request.GET.get("state", "")
    tabs = [(code, title, mine.filter(state=code).count()) for code, title in STATES.items() if code != "waiting"]
    chosen = state if any(code == state for code, _title, _n in tabs) else "new"
    page = Paginator(mine.filter(state=chosen).select_related("to", "run"), 50).get_page(request.GET.get("page"))
    run = SignalRun.objects.first()
    return render(request, "judge/signals.html", {
        "tabs": tabs, "chosen": chosen, "chosen_title": STATES[chosen], "page": page, "lines": [_line(one, request.today) for one in page],  # type: ignore[attr-defined]
        "run": run, "run_said": words.run_said(run) if run else "", "young": _young(request, run), "precision": words.precision(mine),
        "mapped": AreaMap.objects.exists(), "budget": settings.WUSHANG_SIGNALS_A_WEEK, "days": settings.WUSHANG_SIGNAL_DAYS,
        "waiting": Signal.objects.visible(request.scope).filter(state="waiting").count(),  # type: ignore[attr-defined]
    })  # fmt: skip


def _young(request: Any, run: SignalRun | None) -> list[Young]:
    """Of what the person may see; worked out once per state of the facts."""
    if run is None:
        return []
    pool = reading.open(request.scope, verb=VERB)
    key = f"judge.young.{pool.commit}.{run.data_to}.{request.user.pk}.{request.today}"
    found: list[Young] | None = cache.get(key)
    if found is None:
        facts = read(pool, run.data_to)
        found = young(facts) if facts else []
        cache.set(key, found, 3600)
    return found


def _line(one: Signal, today: date) -> dict[str, Any]:
    due = one.due if one.state == "new" else None
    return {"due": due, "late": bool(due and due < today), "signal": one, "days": words.days(one), "place": words.place(one), "what": words.what(one), "seen": words.seen(one),
            "growing": words.growing(one)}  # fmt: skip


@allowed(VERB)
@require_safe
def signal(request: HttpRequest, pk: int) -> HttpResponse:
    """One signal: what was seen beside what is usual, the rows behind it, what was found, and what may be done."""
    one, scope = signal_for(request, pk), request.scope  # type: ignore[attr-defined]
    may_triage = scope.covers("judge.triage_signals", one.region, one.industry)
    offered = takers(one, request.today) if may_triage and one.state in RaiseSignal.of else []  # type: ignore[attr-defined]
    return render(request, "judge/signal.html", {
        **_line(one, request.today), "chart": words.chart(one), "table": words.table(one), "grounds": words.grounds(one), "caption": words.caption(one),
        "listing": words.listing(one) if scope.may("analyse.see") else "", "offered": offered,
        "units": behind(one, scope, request.today) if scope.may("pool.see") else [], "may_why": scope.may("judge.see"),  # type: ignore[attr-defined]
        "may_decide": may_triage and one.state == "new", "may_answer": _may_answer(request, one),
    })  # fmt: skip


def signal_for(request: HttpRequest, pk: int) -> Signal:
    """The signal where it lies in the scope, else 404: another place's signal is not even known of."""
    rows = Signal.objects.visible(request.scope).exclude(state="waiting")  # type: ignore[attr-defined]
    found = rows.select_related("run", "to", "decider", "answerer").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _may_answer(request: Any, one: Signal) -> bool:
    open_to = one.state == "raised" and one.answered is None and one.to_id == request.user.department_id
    return open_to and request.scope.covers(AnswerSignal.verb, one.region, one.industry)


def _done(request: HttpRequest, pk: int, deed: Callable[[Signal, str], Any], said: str) -> HttpResponse:
    """Do it and say what comes next, or say why not; back to the signal's page."""
    one = signal_for(request, pk)
    try:
        deed(one, request.POST.get("note", "")).do()
        messages.success(request, said)
    except Refused as refused:
        messages.error(request, f"{refused.problem.why}。{refused.problem.remedy}")
    return redirect("judge:signal", pk=pk)


@allowed(VerifySignal.verb)
@require_POST
def verify(request: Any, pk: int) -> HttpResponse:
    said = _("已记为属实。要有人去办的，下一步：转办")
    return _done(request, pk, lambda one, note: VerifySignal(request.actor, request.now, one, note), said)


@allowed(DismissSignal.verb)
@require_POST
def dismiss(request: Any, pk: int) -> HttpResponse:
    said = _("已排除，理由已留存；四周内同一处不再提示")
    return _done(request, pk, lambda one, note: DismissSignal(request.actor, request.now, one, note), said)


@allowed(RaiseSignal.verb)
@require_POST
def hand_on(request: Any, pk: int) -> HttpResponse:
    to = Department.objects.filter(code=request.POST.get("to", "")).first()
    said = _("已转办，下一步：%(who)s反馈") % {"who": to.short_name or to.name if to else ""}
    return _done(request, pk, lambda one, note: RaiseSignal(request.actor, request.now, one, note, to), said)


@allowed(AnswerSignal.verb)
@require_POST
def answer(request: Any, pk: int) -> HttpResponse:
    said = _("已反馈，转办部门看得到")
    return _done(request, pk, lambda one, note: AnswerSignal(request.actor, request.now, one, note), said)
