"""Accounts 账号: the administrator's list, one account."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from wushang.people import hand_over as holding
from wushang.people import lockout
from wushang.people.deed import Deed
from wushang.people.deeds.appoint import Appoint, AppointDeputy
from wushang.people.deeds.create_account import CreateAccount
from wushang.people.deeds.deactivate import Deactivate, LiftLock, Reactivate
from wushang.people.deeds.end_appointment import EndAppointment
from wushang.people.deeds.hand_over import StartHandOver, to_pass
from wushang.people.deeds.set_password import ResetPassword
from wushang.people.forms import AccountForm, DeputyForm, HandOverForm, PostForm
from wushang.people.models import Appointment, Department, HandOver, User
from wushang.people.page import allowed, day_of
from wushang.people.shown import posts, rows, state
from wushang.terms.problem import Refused

STATES = ("in_use", "closed", "locked", "never")


def visible(request: HttpRequest):
    """The accounts of departments inside the viewer's region."""
    scope = request.scope  # type: ignore[attr-defined]
    paths = {"region": "department__region__code", "industry": "pk", "enterprise": "pk"}
    seen = scope.q("people.see", **paths) | scope.q("people.manage", **paths)
    return User.objects.filter(seen).select_related("department__region")


@allowed("people.see", "people.manage")
def accounts(request):
    locked = lockout.locked_names(request.now)
    found = _asked(visible(request), request.GET, locked)
    page = Paginator(found.order_by("department__code", "pk").prefetch_related("appointments__role"), 50).get_page(
        request.GET.get("page")
    )
    page.pages_near = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    departments = Department.objects.filter(pk__in=visible(request).values("department")).order_by("code")
    context = {
        "page": page, "rows": rows(page.object_list, request.today, locked), "asked": request.GET,
        "departments": departments, "may": request.scope.may("people.manage"),
        "states": [("in_use", _("在用")), ("closed", _("已停用")), ("locked", _("已锁定")), ("never", _("从未登录"))],
    }  # fmt: skip
    return render(request, "people/accounts.html", context)


def _asked(found, asked, locked):
    """The filters of the address: name or user name, department, state."""
    text = asked.get("q", "").strip()
    if text:
        found = found.filter(Q(name__icontains=text) | Q(username__icontains=text))
    if asked.get("department"):
        found = found.filter(department__code=asked["department"])
    by_state = {
        "in_use": Q(is_active=True), "closed": Q(is_active=False), "locked": Q(username__in=list(locked)),
        "never": Q(last_login=None, is_active=True),
    }  # fmt: skip
    return found.filter(by_state[asked["state"]]) if asked.get("state") in by_state else found


@never_cache
@allowed("people.manage")
def create_account(request):
    form = AccountForm(request.scope, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            slip = CreateAccount(request.actor, request.now, **form.cleaned_data).do()
            return render(request, "people/slip.html", {"slip": slip, "made": True})
        except Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "people/create_account.html", {"form": form})


@allowed("people.see", "people.manage")
def account(request, pk: int):
    """One account; the administrator's forms (post, deputy, hand-over) answer here."""
    user = get_object_or_404(visible(request), pk=pk)
    own = to_pass(user, request.today)
    sent = request.POST.get("form", "")
    may = request.scope.may("people.manage")
    others = visible(request).filter(is_active=True).exclude(pk=user.pk).order_by("name")
    forms: dict[str, Form] = {
        "post": PostForm(request.today, request.POST if sent == "post" else None),
        "deputy": DeputyForm(own, others, request.POST if sent == "deputy" else None, initial={"valid_from": request.today}),
        "hand_over": HandOverForm(user, request.POST if sent == "hand_over" else None),
    }
    if may and sent in forms and forms[sent].is_valid():
        answer = _act(request, user, sent, forms[sent])
        if answer:
            return answer
    current = Appointment.objects.filter(Q(valid_to=None) | Q(valid_to__gte=request.today), user=user)
    past = Appointment.objects.filter(user=user, valid_to__lt=request.today)
    locked = lockout.until(user.username, request.now)
    context = {
        "person": user, "posts": posts(current.select_related("role", "deputy_of__user")), "own": own,
        "past": posts(past.select_related("role")), "forms": forms, "open": sent, "may": may, "locked": locked,
        "state": state(user, locked), "items": holding.items_of(user),
        "deactivate_url": reverse("people:deactivate", args=[user.pk]),
        "waiting": HandOver.objects.filter(giver=user, confirmed=None).select_related("taker").first(),
    }  # fmt: skip
    return render(request, "people/account.html", context)


def _act(request, user: User, kind: str, form) -> HttpResponse | None:
    said = form.cleaned_data
    deeds: dict[str, type[Deed]] = {"post": Appoint, "deputy": AppointDeputy, "hand_over": StartHandOver}
    subject = {} if kind == "deputy" else {"giver" if kind == "hand_over" else "user": user}
    try:
        deeds[kind](request.actor, request.now, **subject, **said).do()  # type: ignore[arg-type]
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
    words = {
        "post": _("已任命，%(who)s下次打开页面就有这个岗位的菜单。"),
        "deputy": _("已指定代理人，到期自动收回。"),
        "hand_over": _("交接清单已列好，下一步：请接手人登录后在“交接”页确认。"),
    }
    messages.success(request, words[kind] % {"who": user.name})
    return redirect("people:account", pk=user.pk)


def _done(request, deed: Deed, said: str, pk: int) -> HttpResponse:
    """Do it, answer in words, back to the account."""
    try:
        deed.do()
        messages.success(request, said)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("people:account", pk=pk)


@never_cache
@allowed("people.manage")
@require_POST
def reset_password(request, pk: int):
    user = get_object_or_404(visible(request), pk=pk)
    try:
        slip = ResetPassword(request.actor, request.now, user).do()
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("people:account", pk=pk)
    return render(request, "people/slip.html", {"slip": slip, "made": False})


@allowed("people.manage")
@require_POST
def deactivate(request, pk: int):
    user = get_object_or_404(visible(request), pk=pk)
    deed = Deactivate(request.actor, request.now, user, request.POST.get("reason", ""))
    return _done(request, deed, _("%(who)s的账号已停用，不能再登录。经办过的事项照旧署名。") % {"who": user.name}, pk)


@allowed("people.manage")
@require_POST
def reactivate(request, pk: int):
    user = get_object_or_404(visible(request), pk=pk)
    said = _("%(who)s的账号已恢复使用。忘记密码的，请同时重置密码。") % {"who": user.name}
    return _done(request, Reactivate(request.actor, request.now, user), said, pk)


@allowed("people.manage")
@require_POST
def lift_lock(request, pk: int):
    user = get_object_or_404(visible(request), pk=pk)
    said = _("已解除锁定，%(who)s现在就可以登录。") % {"who": user.name}
    return _done(request, LiftLock(request.actor, request.now, user), said, pk)


@allowed("people.manage")
@require_POST
def end_appointment(request, pk: int):
    held = get_object_or_404(Appointment, pk=pk, user__in=visible(request))
    last_day = day_of(request.POST, "last_day") or request.today
    deed = EndAppointment(request.actor, request.now, held, last_day, request.POST.get("reason", ""))
    said = _("“%(role)s”岗位到%(day)s结束，代理同时结束。") % {"role": held.role.title, "day": last_day}
    return _done(request, deed, said, held.user_id)
