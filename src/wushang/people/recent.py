"""Quick change of person at a shared machine: it remembers who signed in lately (names only, never a password)."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from wushang.people.models import User

COOKIE = "recent_people"
KEPT = 4
DAYS = 30


def names(request: HttpRequest) -> list[str]:
    """User names, the latest first; a cookie that was touched or is old counts as none."""
    try:
        said = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=DAYS * 86_400)
    except signing.BadSignature:
        return []
    return [name for name in said if isinstance(name, str)][:KEPT]


def people(request: HttpRequest) -> list[User]:
    kept = names(request)
    found = {user.username: user for user in User.objects.filter(username__in=kept, is_active=True).select_related("department")}
    return [found[name] for name in kept if name in found]


def remember(request: HttpRequest, response: HttpResponse, username: str) -> None:
    kept = [username, *(name for name in names(request) if name != username)][:KEPT]
    response.set_cookie(
        COOKIE, signing.dumps(kept, salt=COOKIE), max_age=DAYS * 86_400, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
