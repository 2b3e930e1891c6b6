"""What every page knows: mode, city, menu, who is signed in."""

from django.conf import settings

from wushang.web.menu import menu_of


def page(request) -> dict:
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    return {
        "mode": settings.WUSHANG_MODE,
        "city": settings.WUSHANG_CITY,
        "user": user,
        "menu": menu_of(request) if signed_in else [],
        "today": getattr(request, "today", None),
    }
