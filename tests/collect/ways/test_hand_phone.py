"""One injury entered on a telephone of 360 px, in a real browser: few fields, few taps, landed; the same one again is told."""

from __future__ import annotations

import shutil

import pytest
from collect.ways.test_hand_entry import made
from django.utils import timezone

from wushang.collect.models import Batch
from wushang.integrate.waiting import land_waiting
from wushang.people.models import User
from wushang.pool.models import InjuryVersion

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt install chromium"),
]
FIELDS = 9
TAPS = 8  # the unit, which one, the name, where, how badly, how it came, 核对, 提交
COUNT = "document.addEventListener('pointerdown', () => sessionStorage.setItem('taps', 1 + Number(sessionStorage.getItem('taps'))), true)"
NAMES = "Array.from(new Set(Array.from(document.querySelectorAll('#hand-form input:not([type=hidden]), #hand-form select')).map(e => e.name)))"


@pytest.fixture
def phone(live_server, client, people, monkeypatch):
    """The page of 王丽 on a telephone, 恒岳杯业 being known."""
    from playwright.sync_api import sync_playwright

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright keeps a loop in this thread
    made("云溪市恒岳杯业有限公司", "990100001", timezone.now())
    User.objects.update(password_set=timezone.now())
    client.force_login(people.wangli, backend="django.contrib.auth.backends.ModelBackend")
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
        page.set_default_timeout(60_000)
        page.context.add_cookies([cookie])
        page.add_init_script(COUNT)
        page.where = f"{live_server.url}/collect/hand/"
        yield page
        browser.close()


def enter(page) -> None:
    """From the empty form to what it would do: the unit by a few letters of its name, one accident of today."""
    page.goto(page.where)
    page.tap("#id_unit_name")
    page.locator("#id_unit_name").press_sequentially("恒岳")
    page.locator("#units").get_by_text("云溪市恒岳杯业有限公司").first.tap()
    page.tap("#id_worker")
    page.fill("#id_worker", "张三丰")
    page.locator("label", has_text="手指").tap()
    page.locator("label", has_text="轻伤").tap()
    page.tap("#id_story")
    page.fill("#id_story", "冲床压到手")
    go(page, "核对")


def go(page, word: str) -> None:
    with page.expect_navigation():
        page.locator(".foot-act button", has_text=word).tap()


def test_a_clerk_enters_one_injury_with_few_taps_and_the_same_again_is_told(phone):
    phone.goto(phone.where)
    assert 4 < len(phone.evaluate(NAMES)) <= FIELDS
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    enter(phone)
    assert "提交后加 1 起" in phone.inner_text("#effect")
    go(phone, "提交")
    assert int(phone.evaluate("sessionStorage.getItem('taps')")) <= TAPS
    assert "编号 SL" in phone.inner_text("body")
    land_waiting(timezone.now())
    injury = InjuryVersion.objects.current().get()
    assert (injury.occurred, injury.severity, injury.part) == (timezone.localdate(), "minor", "手指")

    enter(phone)
    assert "这个单位同一天已有 1 起。如果就是同一起，不要再录。" in phone.inner_text("#effect")
    assert Batch.objects.count() == 1, "nothing is kept before it is submitted"


def test_two_quick_taps_are_one_entry(phone):
    enter(phone)
    with phone.expect_navigation(url="**/hand/*/**"):
        phone.locator(".foot-act button", has_text="提交").dblclick()
    assert "编号 SL" in phone.inner_text("body")
    assert Batch.objects.count() == 1
