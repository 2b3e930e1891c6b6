"""What concerns oneself: my posts and deputies, my password."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wushang.people import passwords
from wushang.people.access import appointments_on
from wushang.people.deeds.appoint import AppointDeputy
from wushang.people.deeds.hand_over import to_pass
from wushang.people.deeds.set_password import ChangePassword
from wushang.people.forms import DeputyForm, PasswordForm, colleagues
from wushang.people.models import Appointment
from wushang.people.page import signed_in
from wushang.people.shown import posts
from wushang.terms.problem import Refused


@signed_in
def me(request):
    """我的账号: what I may do, for whom I stand in, who stands in for me."""
    held = to_pass(request.user, request.today)
    form = DeputyForm(held, colleagues(request.user), request.POST or None, initial={"valid_from": request.today})
    if request.method == "POST" and form.is_valid():
        try:
            made = AppointDeputy(request.actor, request.now, **form.cleaned_data).do()
            said = _("%(who)s从%(a)s到%(b)s代理您的“%(role)s”岗位，到期自动收回。已发的待办两人都能办。")
            messages.success(request, said % {"who": made.user.name, "a": made.valid_from, "b": made.valid_to, "role": made.role.title})
            return redirect("people:me")
        except Refused as refused:
            form.add_error(None, str(refused))
    mine = appointments_on(request.user, request.today)
    lent = Appointment.objects.filter(deputy_of__user=request.user, valid_to__gte=request.today)
    context = {
        "form": form if held else None, "posts": posts(mine), "lent": posts(lent.select_related("user", "role")),
        "deputy_open": request.method == "POST",
    }  # fmt: skip
    return render(request, "people/me.html", context)


@signed_in
def change_password(request):
    form = PasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            user = ChangePassword(request.actor, request.now, said["old_password"], said["new_password1"]).do()
            update_session_auth_hash(request, user)
            messages.success(request, _("密码已修改，下次请用新密码登录。"))
            return redirect("/")
        except Refused as refused:
            form.add_error("new_password1", str(refused))
    context = {"form": form, "rules": passwords.rules(), "first": request.user.must_change_password}
    return render(request, "people/password.html", context)
