"""The application that a server (gunicorn) runs."""

import os

import scipy.stats  # noqa: F401 - a second of loading that no visitor should wait for
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wushang.web.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - load all rooms now, so that the first visitor does not wait for them
