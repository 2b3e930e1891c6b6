"""Every request knows who acts, with what scope, when."""

from datetime import timedelta

from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from wushang.people.access import scope_of
from wushang.people.actor import Actor
from wushang.people.scope import Scope

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
            return redirect(reverse("people:password"))
        return self.get_response(request)


def _scope(request) -> Scope:
    return scope_of(request.user, request.today) if request.user.is_authenticated else Scope.nothing()


def _actor(request) -> Actor:
    if not request.user.is_authenticated:
        return Actor(None, "", Scope.nothing(), "page")
    return Actor(request.user, request.user.name, request.scope, "page")


def _must_change(request) -> bool:
    return (
        request.user.is_authenticated
        and (request.user.must_change_password or _too_old(request))
        and not request.path.startswith(FREE_WHILE_CHANGING)
    )


def _too_old(request) -> bool:
    set_on = request.user.password_set
    return set_on is not None and request.now - set_on > timedelta(days=180)
