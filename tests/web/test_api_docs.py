"""The reference of the machine door in a real browser: drawn under the strict CSP, from our own files only."""

import shutil
import sys
import threading
from collections.abc import Iterator
from functools import partial
from socketserver import ThreadingMixIn
from types import ModuleType
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.urls import path
from ninja.openapi.views import openapi_json, openapi_view

from wushang.web.api import api, operations

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt install chromium")]


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """A test says nothing when all is well."""


@pytest.fixture
def address(settings) -> Iterator[str]:
    """The same two views without their sign-in, which would need a ledger."""
    module = ModuleType("api_docs_urls")
    views = [
        path("", lambda request: None, name="api-root"),
        path("docs", partial(openapi_view, api=api), name="openapi-view"),
        path("openapi.json", partial(openapi_json, api=api), name="openapi-json"),
    ]
    module.urlpatterns = [path("api/", (views, "api", "api"))]  # type: ignore[attr-defined]
    sys.modules["api_docs_urls"] = module
    settings.ROOT_URLCONF = "api_docs_urls"
    server = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), Server, Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_the_reference_is_drawn_and_asks_nobody_else(address: str) -> None:
    from playwright.sync_api import sync_playwright

    complaints: list[str] = []
    asked: list[str] = []
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        page = chromium.new_page(viewport={"width": 1366, "height": 768})
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        answer = page.goto(f"{address}/api/docs")
        page.wait_for_selector(".opblock", timeout=60_000)
        shown = page.locator(".opblock").count()
        chromium.close()
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert shown == len(operations())
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
    assert complaints == []
