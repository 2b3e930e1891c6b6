"""The style page in a real browser under the strict CSP: every picture is drawn, nothing is refused, nothing runs over."""

import shutil
import sys
import threading
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from types import ModuleType
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.finders import find
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.urls import path

from wushang.web.look import look

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt install chromium"),
    pytest.mark.skipif(find("vendor/echarts.min.js") is None, reason="no ECharts here: make env"),
]


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """A test says nothing when all is well."""


@pytest.fixture
def address(settings) -> Iterator[str]:
    module = ModuleType("look_urls")
    module.urlpatterns = [path("look/", look)]  # type: ignore[attr-defined]
    sys.modules["look_urls"] = module
    settings.ROOT_URLCONF = "look_urls"
    server = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), Server, Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/look/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield chromium
        chromium.close()


def test_every_picture_is_drawn_and_nothing_is_refused(address, browser):
    complaints: list[str] = []
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    answer = page.goto(address)
    page.wait_for_selector("figure[data-drawn] >> nth=4", timeout=10_000)
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert page.locator("figure[data-chart]").count() == page.locator("figure[data-drawn]").count() == 5
    assert complaints == []


@pytest.mark.parametrize("width", [360, 768, 1366, 1920])
def test_the_page_does_not_run_over_its_width(address, browser, width):
    page = browser.new_page(viewport={"width": width, "height": 768})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_dangerous_act_opens_its_reason_and_escape_closes_it(address, browser):
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto(address)
    page.locator("summary", has_text="撤销预警").click()
    page.wait_for_function("document.activeElement.name === 'reason'")  # what opens says so a moment later
    page.keyboard.press("Escape")
    page.wait_for_function("document.querySelector('details[data-reason][open]') === null")


def test_the_name_of_a_chosen_file_is_shown(address, browser, tmp_path):
    chosen = tmp_path / "工伤认定台账.xlsx"
    chosen.write_bytes(b"x")
    page = browser.new_page()
    page.goto(address)
    page.set_input_files("input[type=file]", [str(chosen)])
    assert page.locator("[data-files]").inner_text() == "工伤认定台账.xlsx"
