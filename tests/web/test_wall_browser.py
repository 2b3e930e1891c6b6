"""大屏 in a real browser at its four sizes: nothing runs over, and towns that do not fit are told with their sum."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from wsgiref.simple_server import make_server

import pytest
import yaml
from django.contrib.staticfiles.finders import find
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.shortcuts import render
from django.urls import path
from web.test_look_browser import CHROMIUM, Quiet, Server, browser  # noqa: F401

from wushang.people.maps import cell
from wushang.people.outline import grid

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt install chromium"),
    pytest.mark.skipif(find("vendor/echarts.min.js") is None, reason="no ECharts here: make env"),
]
SIZES = [(1366, 768), (1920, 1080), (3840, 1080), (3840, 2160)]
SHOWN = """() => {
  const foot = document.querySelector('.wall-foot').getBoundingClientRect();
  const rows = [...document.querySelectorAll('.wall-towns [data-row]')];
  const rest = document.querySelector('.wall-towns [data-rest]');
  const seen = [...document.querySelectorAll('.wall-body td, .wall-body th, .wall-body li, .wall-body .canvas')].filter(e => e.offsetParent);
  return {
    foot: foot.top, end: foot.bottom, lowest: Math.max(...seen.map(e => e.getBoundingClientRect().bottom)),
    sides: [...document.querySelectorAll('.wall-towns, .wall-push, .wall-map, .wall-crossed')].map(e => e.scrollWidth - e.clientWidth),
    size: [document.documentElement.scrollWidth, document.documentElement.scrollHeight],
    shown: rows.filter(r => !r.hidden).map(r => Number(r.dataset.count)), all: rows.length, rest: rest.hidden ? '' : rest.innerText,
    cut: [...document.querySelectorAll('.wall-crossed, .wall-push, .wall-bars')].map(e => e.scrollHeight - e.clientHeight),
    matters: [...document.querySelectorAll('.wall-push [data-row]')].filter(e => !e.hidden).length,
    bars: document.querySelectorAll('.wall-bars figure[data-drawn]').length,
    map: document.querySelector('.wall-map .map').getBoundingClientRect().height,
    letters: Math.min(...[...document.querySelectorAll('.wall-map text')].map(e => e.getBoundingClientRect().height)),
  };
}"""

SAID = [1203]  # the total that the sample says now


def wall(request):
    """The wall of a sample, with as many towns and matters as the address says."""
    page = yaml.safe_load((Path(__file__).with_name("pages") / "wall.yaml").read_text(encoding="utf-8"))["context"]
    towns, wanted = page["towns"]["rows"], int(request.GET["n"])
    drawn = grid(map(str, range(wanted)))
    page["map"] |= {"drawn": drawn, "cells": [cell(part, f"第{part.code}街道", "12.81", tone="usual", url="/t/") for part in drawn.parts]}
    page["towns"]["total"]["count"] = SAID[0]
    page["towns"]["rows"] = [towns[n % len(towns)] | {"name": f"第{n}街道", "count": 10, "late": 1} for n in range(wanted)]
    if "push" in request.GET:
        page |= {"push": page["push"][: int(request.GET["push"])], "few": True, "last_meeting": None}
    return render(request, "web/wall.html", page | {"mode": "demo"})


@pytest.fixture
def address(settings) -> Iterator[str]:
    module = ModuleType("wall_urls")
    module.urlpatterns = [path("wall/", wall)]  # type: ignore[attr-defined]
    sys.modules["wall_urls"] = module
    settings.ROOT_URLCONF = "wall_urls"
    server = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), Server, Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/wall/"
    server.shutdown()
    server.server_close()


def look(browser, address: str, size: tuple[int, int], towns: int, more: str = "") -> dict:  # noqa: F811
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.goto(f"{address}?n={towns}{more}")
    page.wait_for_selector("figure[data-drawn]", timeout=10_000)
    seen = page.evaluate(SHOWN)
    page.close()
    return seen


@pytest.mark.parametrize("size", SIZES)
def test_the_wall_keeps_within_its_screen_and_over_its_foot(address, browser, size):  # noqa: F811
    seen = look(browser, address, size, 40)
    assert seen["size"] == list(size) and seen["end"] <= size[1]
    assert seen["lowest"] <= seen["foot"] and max(seen["sides"]) <= 0
    assert seen["map"] >= 150 and seen["letters"] >= 9  # forty tiles whose names can still be read


@pytest.mark.parametrize("size", SIZES)
def test_one_or_two_matters_stand_in_a_line_and_the_causes_where_a_list_would_be_half_empty(address, browser, size):  # noqa: F811
    for matters in (0, 1, 2):
        seen = look(browser, address, size, 16, f"&push={matters}")
        assert seen["size"] == list(size) and seen["lowest"] <= seen["foot"] and max(seen["sides"]) <= 0
        assert max(seen["cut"]) <= 1 and seen["bars"] == 1, matters


@pytest.mark.parametrize("size", SIZES)
def test_towns_that_do_not_fit_are_told_with_their_sum(address, browser, size):  # noqa: F811
    seen = look(browser, address, size, 40)
    gone = seen["all"] - len(seen["shown"])
    assert seen["all"] == 40 and 10 <= gone < 40
    assert seen["rest"].split() == ["另有", str(gone), "个镇街", str(10 * gone), "—", "—", "—", str(gone)]


@pytest.mark.parametrize("size", SIZES)
def test_a_county_of_sixteen_towns_shows_each_of_them(address, browser, size):  # noqa: F811
    seen = look(browser, address, size, 16)
    assert len(seen["shown"]) == 16 and seen["rest"] == "" and max(seen["cut"]) <= 1
    assert seen["matters"] == 5 or size == (3840, 1080), "all five stand there; across two screens four and how many more"


def test_the_wall_renews_its_parts_by_itself_and_says_when_nothing_comes(address, browser):  # noqa: F811
    page = browser.new_page(viewport={"width": 1920, "height": 1080})
    page.goto(f"{address}?n=16")
    page.wait_for_selector("figure[data-drawn]")
    kept = page.evaluate_handle("document.querySelector('.wall-trend figure')")
    SAID[0] = 1204
    page.evaluate("document.dispatchEvent(new Event('wall:ask'))")
    page.wait_for_selector(".wall-towns .sum >> text=1,204")
    assert page.evaluate("kept => document.body.contains(kept)", kept), "a part that says the same is left as it is"
    assert page.locator("[data-stale]").is_hidden()
    page.route("**/wall/**", lambda route: route.abort())
    page.evaluate("document.dispatchEvent(new Event('wall:ask'))")
    page.wait_for_selector("[data-stale]:not([hidden])")
    assert "连不上平台" in page.locator("[data-stale]").inner_text()
    page.close()
