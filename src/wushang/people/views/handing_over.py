"""一键交接: what I hold, to whom, the list both confirm and can print."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushang.people.deeds.hand_over import ConfirmHandOver, RecallHandOver, StartHandOver, paper_of
from wushang.people.forms import HandOverForm
from wushang.people.models import HandOver
from wushang.people.page import signed_in
from wushang.people.views.accounts import visible
from wushang.terms.problem import Refused


@signed_in
def hand_over(request):
    form = HandOverForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = StartHandOver(request.actor, request.now, request.user, **form.cleaned_data).do()
            said = _("清单共 %(n)d 项，您已确认移交。下一步：请%(who)s登录后在“交接”页确认，确认前仍由您办理。")
            undo = f"undo:/people/hand-over/{made.pk}/recall/"
            messages.success(request, said % {"n": len(made.items), "who": made.taker.name}, extra_tags=undo)
            return redirect("people:hand_over")
        except Refused as refused:
            form.add_error(None, str(refused))
    papers = HandOver.objects.filter(Q(taker=request.user) | Q(giver=request.user)).select_related(
        "giver__department", "taker__department"
    )
    context = {
        "form": form,
        "items": paper_of(request.user, request.today),
        "to_me": [_with_items(one, request.today) for one in papers.filter(taker=request.user, confirmed=None)],
        "waiting": papers.filter(giver=request.user, confirmed=None).first(),
        "done": papers.exclude(confirmed=None).order_by("-confirmed")[:20],
    }
    return render(request, "people/hand_over.html", context)


def _with_items(paper: HandOver, today) -> HandOver:
    """An unconfirmed paper shows what is open now: that is what will pass."""
    if paper.confirmed is None:
        paper.items = paper_of(paper.giver, today)
    return paper


def _readable(request, pk: int) -> HandOver:
    mine = Q(taker=request.user) | Q(giver=request.user)
    if request.scope.may("people.hand_over"):
        mine |= Q(giver__in=visible(request))
    return get_object_or_404(HandOver.objects.filter(mine).select_related("giver__department", "taker__department"), pk=pk)


@signed_in
def paper(request, pk: int):
    """交接清单 to print, with room for three signatures."""
    return render(request, "people/hand_over_paper.html", {"paper": _with_items(_readable(request, pk), request.today)})


@signed_in
@require_POST
def confirm_hand_over(request, pk: int):
    paper = get_object_or_404(HandOver, pk=pk, taker=request.user)
    try:
        moved = ConfirmHandOver(request.actor, request.now, paper).do()
        messages.success(request, _("已接手 %(n)d 项。从现在起由您办理，期限不变，见“待办”。") % {"n": moved})
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("people:hand_over")


@signed_in
@require_POST
def recall_hand_over(request, pk: int):
    paper = _readable(request, pk)
    own = paper.giver_id == request.user.pk
    try:
        RecallHandOver(request.actor, request.now, paper).do()
        messages.success(request, _("交接已撤回，在办件仍由%(who)s办理。") % {"who": _("您") if own else paper.giver.name})
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("people:hand_over") if own else redirect("people:account", pk=paper.giver_id)
