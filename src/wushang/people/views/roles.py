"""岗位权限: what each post may do, and how the administrator changes it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from wushang.people import verbs
from wushang.people.deeds.change_role import ChangeRole
from wushang.people.models import Appointment, Role, valid_on
from wushang.people.page import allowed
from wushang.terms.problem import Refused


@allowed("people.see", "people.manage", "people.roles")
def roles(request: Any) -> HttpResponse:
    """The posts, with how many rights they have and how many people hold them."""
    held = Q(appointment__in=Appointment.objects.filter(valid_on(request.today), user__is_active=True))
    rows = Role.objects.annotate(people=Count("appointment__user", filter=held, distinct=True)).order_by("title")
    return render(request, "people/roles.html", {"roles": rows, "may": request.scope.may("people.manage")})


@allowed("people.see", "people.manage", "people.roles")
def role(request: Any, code: str) -> HttpResponse:
    """One post: its rights room by room; who may, changes them here."""
    held = get_object_or_404(Role, code=code)
    may, wrong = request.scope.may("people.roles"), ""
    wanted = request.POST.getlist("verb") if request.method == "POST" else list(held.verbs)
    if request.method == "POST" and may:
        try:
            said = request.POST
            ChangeRole(request.actor, request.now, held, said.get("title", ""), wanted, said.get("reason", "")).do()
            messages.success(request, _("“%(role)s”岗位的权限已改，任这个岗位的人下次打开页面生效。") % {"role": held.title})
            return redirect("people:role", code=code)
        except Refused as refused:
            wrong = str(refused)
    rooms = [{"title": room.title, "verbs": [_right(verb, says, held, wanted) for verb, says in room.verbs.items()]} for room in verbs.rooms()]
    context = {"role": held, "rooms": rooms, "wrong": wrong, "may": may, "reason": request.POST.get("reason", "")}
    return render(request, "people/role.html", context)


def _right(verb: str, says: str, held: Role, wanted: list[str]) -> dict[str, Any]:
    """One line of the list: ticked, and how it differs from what was shipped."""
    return {
        "verb": verb, "says": says, "on": verb in wanted, "added": verb in held.verbs and verb not in held.shipped,
        "taken": verb not in held.verbs and verb in held.shipped, "apart": verb == verbs.AUDITOR,
    }  # fmt: skip
