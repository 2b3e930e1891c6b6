"""Every request knows who acts, with what scope, when."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from wushang.people.access import scope_of
from wushang.people.actor import Actor
from wushang.people.passwords import too_old
from wushang.people.scope import Scope
from wushang.terms.problem import Problem

FREE_WHILE_CHANGING = ("/people/password/", "/sign-out/", "/static/")


class WhoMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.now = timezone.now()
        request.today = timezone.localdate(request.now)
        request.scope = SimpleLazyObject(lambda: _scope(request))
        request.actor = SimpleLazyObject(lambda: _actor(request))
        if _must_change(request):
            return _first_the_password(request)
        return self.get_response(request)


def _first_the_password(request) -> HttpResponse:
    """A page leads to the form; the machine door, whose reader follows no page, says it in its own form."""
    if not request.path.startswith("/api/") or request.path.startswith("/api/docs"):
        return redirect(reverse("people:password"))
    why, remedy = _("密码已到期，或者是管理员给的初始密码，要先改。"), _("请登录平台网页，改成自己的密码后再调用接口。")
    return JsonResponse(Problem("password", "", "", why, remedy).to_json() | {"also": []}, status=403)


def _scope(request) -> Scope:
    return scope_of(request.user, request.today) if request.user.is_authenticated else Scope.nothing()


def _actor(request) -> Actor:
    if not request.user.is_authenticated:
        return Actor(None, "", Scope.nothing(), "page")
    return Actor(request.user, request.user.name, request.scope, "page")


def _must_change(request) -> bool:
    return (
        request.user.is_authenticated
        and (request.user.must_change_password or too_old(request.user.password_set, request.now))
        and not request.path.startswith(FREE_WHILE_CHANGING)
    )
