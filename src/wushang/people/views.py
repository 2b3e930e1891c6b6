"""Sign-in, password, hand-over, accounts, the audit log."""

from django import forms
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import LoginView
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushang.people import audit
from wushang.people import hand_over as holding
from wushang.people.deeds.hand_over import ConfirmHandOver, StartHandOver
from wushang.people.models import Appointment, AuditEntry, HandOver, User
from wushang.people.page import allowed, public, signed_in
from wushang.terms.problem import Refused


class SignIn(LoginView):
    template_name = "people/sign_in.html"
    redirect_authenticated_user = True
    verbs = ("public",)


@public
def sign_out(request):
    logout(request)
    return redirect("sign_in")


@signed_in
def change_password(request):
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.save(commit=False)
        user.must_change_password, user.password_set = False, request.now
        user.save()
        update_session_auth_hash(request, user)
        audit.write(request.actor, request.now, "people.password", f"user:{user.pk}")
        messages.success(request, _("密码已修改，下次请用新密码登录。"))
        return redirect("/")
    return render(request, "people/password.html", {"form": form})


class HandOverForm(forms.Form):
    taker = forms.ModelChoiceField(User.objects.filter(is_active=True), label=_("接手人"))
    note = forms.CharField(label=_("说明"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


@signed_in
def hand_over(request):
    """一键交接: what I hold, to whom, and what waits for my confirmation."""
    form = HandOverForm(request.POST or None)
    form.fields["taker"].queryset = User.objects.filter(
        is_active=True, department=request.user.department
    ).exclude(pk=request.user.pk)
    if request.method == "POST" and form.is_valid():
        try:
            paper = StartHandOver(request.actor, request.now, request.user, **form.cleaned_data).do()
            said = _("已列出 %(n)d 项，下一步：请 %(who)s 登录后在“交接”页确认。")
            messages.success(request, said % {"n": len(paper.items), "who": paper.taker.name})
            return redirect("people:hand_over")
        except Refused as refused:
            form.add_error(None, str(refused))
    papers = HandOver.objects.filter(taker=request.user) | HandOver.objects.filter(giver=request.user)
    context = {"form": form, "items": holding.items_of(request.user), "papers": papers.order_by("-pk")[:20]}
    return render(request, "people/hand_over.html", context)


@signed_in
@require_POST
def confirm_hand_over(request, pk: int):
    paper = get_object_or_404(HandOver, pk=pk, taker=request.user)
    try:
        moved = ConfirmHandOver(request.actor, request.now, paper).do()
        messages.success(request, _("已接手 %(n)d 项在办事项。") % {"n": moved})
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("people:hand_over")


@allowed("people.see", "people.manage")
def accounts(request):
    held = Appointment.objects.select_related("user__department", "role", "deputy_of__user")
    return render(request, "people/accounts.html", {"appointments": held.order_by("user__department__code", "user_id")})


@allowed("people.audit")
def audit_log(request):
    entries = AuditEntry.objects.order_by("-pk")
    for name in ("verb", "subject", "name"):
        if request.GET.get(name):
            entries = entries.filter(**{f"{name}__icontains": request.GET[name]})
    page = Paginator(entries, 50).get_page(request.GET.get("page"))
    return render(request, "people/audit.html", {"page": page, "filters": request.GET})
