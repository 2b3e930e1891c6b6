"""The door of every page: signed in, with the verb, or a plain refusal."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps
from urllib.parse import urlsplit, urlunsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def day_of(said: Mapping[str, str], name: str) -> date | None:
    """A date of a form or an address (2026-03-05); None where there is none or it cannot be read."""
    try:
        return date.fromisoformat(said.get(name) or "")
    except ValueError:
        return None


def number_of(said: Mapping[str, str], name: str) -> int:
    """An id of a form or an address; 0, which nothing has, where it is no number or too long for one."""
    text = said.get(name) or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To sign-in and back. A part asked for by htmx takes the whole page there: the form must not land inside a page."""
    if request.headers.get("HX-Request"):
        shown = urlsplit(request.headers.get("HX-Current-URL", ""))
        back = urlunsplit(("", "", shown.path or "/", shown.query, ""))
        return HttpResponse(headers={"HX-Redirect": redirect_to_login(back).headers["Location"]})
    return redirect_to_login(request.get_full_path())


def allowed(*verbs: str) -> Callable[[View], View]:
    """Let a request through when its scope has one of the verbs. `view.verbs` is read by the test of all URLs."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            if not any(request.scope.may(verb) for verb in verbs):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.verbs = verbs  # type: ignore[attr-defined]
        return guarded

    return wrap


def signed_in(view: View) -> View:
    """A page for everybody who is signed in, whatever the role."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        return view(request, *args, **kwargs)

    guarded.verbs = ("signed_in",)  # type: ignore[attr-defined]
    return guarded


def public(view: View) -> View:
    """A page without sign-in: it must guard itself (a link with a code). Named so that the test of all URLs sees it."""
    view.verbs = ("public",)  # type: ignore[attr-defined]
    return view
