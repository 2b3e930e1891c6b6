"""单位归并: the queue, one pair side by side, the merges that can be taken back."""

from datetime import date, timedelta

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushang.integrate import pairs as sided
from wushang.integrate.deeds.merge_enterprises import KeepApart, MergeEnterprises, UndoMerge
from wushang.integrate.deeds.split_enterprise import SplitEnterprise, UndoSplit
from wushang.integrate.models import Candidate
from wushang.integrate.parting import groups
from wushang.people.models import Region
from wushang.people.page import allowed
from wushang.pool.models import Commit
from wushang.terms.problem import Refused


@allowed("integrate.see")
def pairs(request):
    """The queue, what hangs most on it first."""
    found = _asked(request, sided.open_pairs(request.scope)).select_related("commit")
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    page.pages_near = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    versions = sided.by_enterprise(i for one in page for i in (one.left_id, one.right_id))
    towns = dict(Region.objects.filter(code__in={v.region for v in versions.values()}).values_list("code", "name"))
    stakes = sided.stakes(page, request.today)
    context = {
        "page": page,
        "rows": [_row(one, versions, towns) | {"stake": stakes[one.pk]} for one in page], "asked": request.GET,
        "towns": _towns(request), "may_leads": request.scope.may("integrate.see_leads"), "merged": len(sided.merges(request.scope, _since(request))),
    }  # fmt: skip
    return render(request, "integrate/pairs.html", context)


def _row(one: Candidate, versions: dict, towns: dict[str, str]) -> dict:
    left, right = versions[one.left_id], versions[one.right_id]
    a, b = sided.differing(left.name, right.name)
    return {
        "pair": one, "left": left, "right": right, "left_parts": a, "right_parts": b,
        "left_town": towns.get(left.region, left.region), "right_town": towns.get(right.region, right.region),
    }  # fmt: skip


def _asked(request: HttpRequest, found):
    """The filters of the address: a name on either side, a township."""
    standing = sided.standing(request.scope)  # type: ignore[attr-defined]
    text, town = request.GET.get("q", "").strip(), request.GET.get("town", "")
    for wanted in (text and Q(name__icontains=text), town and Q(region__startswith=town)):
        if wanted:
            either = standing.filter(wanted).values("enterprise_id")
            found = found.filter(Q(left__in=either) | Q(right__in=either))
    return found


def _towns(request: HttpRequest) -> list[tuple[str, str]]:
    used = sided.open_pairs(request.scope).values("left")  # type: ignore[attr-defined]
    regions = sided.standing(request.scope).filter(enterprise__in=used).values("region")  # type: ignore[attr-defined]
    return list(Region.objects.filter(code__in=regions).values_list("code", "name"))


def _since(request: HttpRequest) -> date:
    return request.today - timedelta(days=settings.WUSHANG_UNDO_DAYS)  # type: ignore[attr-defined]


@allowed("integrate.see")
def pair(request, pk: int):
    """Two sides; the act at the foot."""
    one = get_object_or_404(sided.open_pairs(request.scope), pk=pk)
    versions = sided.by_enterprise([one.left_id, one.right_id])
    left, right = sided.sides(versions[one.left_id], versions[one.right_id], request.today)
    waiting = sided.open_pairs(request.scope)
    place, later = waiting.filter(sided.before(one)).count(), _next(waiting, one)
    context = {
        "pair": one, "left": left, "right": right, "lines": sided.compared(left, right),
        "months": sided.months(left, right), "may": request.scope.may("integrate.decide"),
        "two_codes": sided.two_codes(left.version, right.version), "place": place + 1, "waiting": waiting.count(),
        "later": later and later.pk, "others": waiting.filter(left=one.left_id).exclude(pk=one.pk).count(), "days": settings.WUSHANG_UNDO_DAYS,
    }  # fmt: skip
    return render(request, "integrate/pair.html", context)


def _next(waiting, one: Candidate) -> Candidate | None:
    """The pair after this one in the queue; after the last the first again."""
    after = waiting.exclude(sided.before(one)).exclude(pk=one.pk)
    return after.first() or waiting.exclude(pk=one.pk).first()


@allowed("integrate.decide")
@require_POST
def same(request, pk: int):
    """同一单位: which is kept, why."""
    one = get_object_or_404(sided.open_pairs(request.scope, "integrate.decide"), pk=pk)
    left, right = one.left, one.right
    keep, lose = (left, right) if request.POST.get("keep") == str(left.pk) else (right, left)
    names = {pk: version.name for pk, version in sided.by_enterprise([left.pk, right.pk]).items()}
    following = _following(request, one)
    try:
        commit = MergeEnterprises(request.actor, request.now, keep, lose, request.POST.get("reason", "")).do()
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("integrate:pair", pk=pk)
    said = _("已归并：%(lose)s → %(keep)s。参保、工伤等记录已并到一处，预警将重新研判；%(days)d天内可在“已归并”里撤销。")
    undo = f"undo:{reverse('integrate:undo_merge', args=[commit.pk])}?at_once=1"
    messages.success(request, said % {"lose": names[lose.pk], "keep": names[keep.pk], "days": settings.WUSHANG_UNDO_DAYS}, extra_tags=undo)
    return following


@allowed("integrate.decide")
@require_POST
def different(request, pk: int):
    """不是同一单位."""
    one = get_object_or_404(sided.open_pairs(request.scope, "integrate.decide"), pk=pk)
    following = _following(request, one)
    try:
        KeepApart(request.actor, request.now, one, request.POST.get("reason", "")).do()
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("integrate:pair", pk=pk) if refused.problem.code == "reason" else following
    left = sided.by_enterprise([one.left_id])[one.left_id]
    still = _("已记为两个单位，不再提示这一对。")
    more = _("“%(name)s”没有信用代码，仍为待确认，补齐登记信息后转正。") % {"name": left.name} if left.provisional else ""
    messages.success(request, still + more)
    return following


def _following(request: HttpRequest, one: Candidate) -> HttpResponse:
    """After a decision the next pair, or the queue when none is left."""
    waiting = sided.open_pairs(request.scope).exclude(pk=one.pk)  # type: ignore[attr-defined]
    others = waiting.exclude(left=one.left_id)
    later = others.exclude(sided.before(one)).first() or others.first()
    return redirect("integrate:pair", pk=later.pk) if later else redirect("integrate:pairs")


@allowed("integrate.see")
def merges(request):
    """已归并 of the last 90 days."""
    merged, parted = sided.merges(request.scope, _since(request)), sided.splits(request.scope, _since(request))
    rows = sorted([row | {"split": False} for row in merged] + [row | {"split": True} for row in parted], key=lambda row: -row["commit"].number)
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    page.pages_near = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    waiting = sided.open_pairs(request.scope).count()
    context = {"page": page, "may": request.scope.may("integrate.decide"), "waiting": waiting, "days": settings.WUSHANG_UNDO_DAYS}
    return render(request, "integrate/merges.html", context)


@allowed("integrate.decide")
@require_POST
def undo_merge(request, pk: int):
    """撤销归并, with its reason; pressed at once after the act, the reason is that."""
    commit = get_object_or_404(Commit, pk=pk, pk__in=sided.undoable(request.scope, _since(request)))
    reason = request.POST.get("reason", "") or (_("当场撤回") if request.GET.get("at_once") else "")
    try:
        UndoMerge(request.actor, request.now, commit, reason).do()
        messages.success(request, _("已撤销归并，两个单位的记录各归各处，预警将重新研判。"))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("integrate:merges")


@allowed("integrate.decide")
def split(request, pk: int):
    """误并的分开: the facts of a unit in the groups by which files name it; the chosen ones go to another unit."""
    version = get_object_or_404(sided.standing(request.scope, "integrate.decide"), enterprise=pk)
    said = request.POST
    if request.method == "POST":
        deed = SplitEnterprise(
            request.actor, request.now, version.enterprise, said.getlist("group"), said.get("name", ""), said.get("reason", ""), said.get("uscc", "")
        )  # fmt: skip
        try:
            deed.do()
            done = _("已分开。两个单位的记录各归各处，预警将重新研判；%(days)d天内可在这里撤销。")
            messages.success(request, done % {"days": settings.WUSHANG_UNDO_DAYS})
            return redirect("integrate:merges")
        except Refused as refused:
            messages.error(request, str(refused))
    context = {"version": version, "groups": groups(pk), "said": said, "chosen": said.getlist("group"), "days": settings.WUSHANG_UNDO_DAYS}
    return render(request, "integrate/split.html", context)


@allowed("integrate.decide")
@require_POST
def undo_split(request, pk: int):
    """撤销分开, with its reason."""
    open_ones = {row["commit"].pk: row["commit"] for row in sided.splits(request.scope, _since(request)) if row["stands"]}
    commit = get_object_or_404(Commit, pk=pk, pk__in=open_ones)
    try:
        UndoSplit(request.actor, request.now, commit, request.POST.get("reason", "")).do()
        messages.success(request, _("已撤销分开，记录回到原来的单位，预警将重新研判。"))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("integrate:merges")
