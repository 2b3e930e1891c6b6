"""Every room's urls.py, found by being there, under the room's name; the top floor's own pages at the root."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

from wushang.web import api, pages

handler500 = "wushang.web.failed.failed"
urlpatterns = [
    path("", include(pages.urlpatterns)),
    path("api/", api.urls()),
    *[
        path(f"{room}/", include(f"wushang.{room}.urls"))
        for room in settings.PRESENT_ROOMS
        if find_spec(f"wushang.{room}.urls")
    ],
]
