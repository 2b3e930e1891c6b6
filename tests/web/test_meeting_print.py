"""会商一页 on paper: one A4 landscape, in a real browser, under the strict CSP."""

from __future__ import annotations

import shutil
import unicodedata
from datetime import date

import pytest
from django.contrib.staticfiles.finders import find
from pypdf import PdfReader
from web.town import Town

from wushang.pool import snapshot

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt install chromium"),
    pytest.mark.skipif(find("vendor/echarts.min.js") is None, reason="no ECharts here: make env"),
]


@pytest.fixture
def signed_in(live_server, client, town: Town):
    """A browser page signed in as the leader, over a town with two late reports."""
    from playwright.sync_api import sync_playwright

    town.spring()
    town.case(town.cup, date(2026, 3, 1))
    town.case(town.door, date(2026, 3, 2), level="red")
    snapshot.build(town.now)
    client.force_login(town.people.shenzhiyuan, backend="django.contrib.auth.backends.ModelBackend")
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.set_default_timeout(120_000)  # the first request loads the statistics
        page.context.add_cookies([cookie])
        refused: list[str] = []
        page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
        yield page, live_server.url, refused, town.cup
        browser.close()


def test_the_meeting_page_prints_on_one_sheet_and_nothing_is_refused(signed_in, tmp_path):
    page, url, refused, _cup = signed_in
    page.goto(f"{url}/meeting/")
    page.wait_for_selector("figure[data-drawn]")
    page.pdf(path=str(tmp_path / "meeting.pdf"), prefer_css_page_size=True)
    sheets = PdfReader(tmp_path / "meeting.pdf").pages
    assert len(sheets) == 1 and sheets[0].mediabox.width > sheets[0].mediabox.height
    text = unicodedata.normalize("NFKC", sheets[0].extract_text())
    for said in ("接报工伤事故", "云溪市恒岳杯业有限公司", "数据版本"):
        assert said in text, text
    assert refused == []


@pytest.mark.parametrize("width", [360, 1366, 1920])
def test_no_page_runs_over_its_window(signed_in, width):
    page, url, refused, cup = signed_in
    page.set_viewport_size({"width": width, "height": 900})
    for address in ("/", "/meeting/", "/meeting/list/", "/enterprises/", f"/enterprises/{cup}/"):
        page.goto(url + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert refused == []
