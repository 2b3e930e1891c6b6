"""Sign in and out; at a shared machine the next person presses his own name."""

from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from wushang.people import audit, recent
from wushang.people.access import appointments_on
from wushang.people.actor import Actor
from wushang.people.models import User
from wushang.people.page import public
from wushang.people.scope import Scope


class SignIn(LoginView):
    template_name = "people/sign_in.html"
    redirect_authenticated_user = True
    verbs = ("public",)

    def get_initial(self) -> dict[str, Any]:
        return {"username": self.request.GET.get("as", "")}

    def form_valid(self, form) -> HttpResponse:
        response = super().form_valid(form)
        user = form.get_user()
        audit.write(Actor(user, user.name, Scope.nothing()), self.request.now, "people.sign_in", f"user:{user.pk}")
        recent.remember(self.request, response, user.username)
        return response

    def form_invalid(self, form) -> HttpResponse:
        """A wrong try on a known name is logged; an unknown name is not, for people type passwords there."""
        user = User.objects.filter(username=form.data.get("username", "")).first()
        if user:
            nobody = Actor(None, "", Scope.nothing())
            audit.write(nobody, self.request.now, "people.sign_in_failed", f"user:{user.pk}")
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET.get("next", "")
        return {
            **super().get_context_data(**kwargs),
            "recent": recent.people(self.request),
            "hint": _practice_accounts(self.request) if settings.WUSHANG_MODE == "demo" else [],
            "came_from_page": asked not in ("", "/"),
            "minutes": settings.SESSION_COOKIE_AGE // 60,
            "tries": settings.AXES_FAILURE_LIMIT,
        }


def _practice_accounts(request: HttpRequest) -> list[tuple[str, list[dict[str, str]]]]:
    """The invented people of the practice city by what they do: role → people, the posts that were filled first on top."""
    found: dict[str, list[dict[str, str]]] = {}
    for user in User.objects.filter(is_active=True).select_related("department").order_by("pk"):
        for held in appointments_on(user, request.today):  # type: ignore[attr-defined]
            found.setdefault(held.role.title, []).append(_named(user))
    return list(found.items())


def _named(user: User) -> dict[str, str]:
    """With the unit, where the name does not say it already (西溪街道经办)."""
    unit = user.department.short_name if user.department else ""
    return {"username": user.username, "name": user.name, "unit": "" if user.name.startswith(unit) else unit}


@public
@require_POST
def sign_out(request):
    if request.user.is_authenticated:
        audit.write(request.actor, request.now, "people.sign_out", f"user:{request.user.pk}")
    logout(request)
    return redirect("sign_in")


@public
@require_POST
def forget(request):
    """Clear the names this machine remembers."""
    response = redirect("sign_in")
    response.delete_cookie(recent.COOKIE, samesite="Lax")
    return response
