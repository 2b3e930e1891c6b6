"""What a chapter may do: move the clock, let the worker go round, sit down at a desk, take out a telephone."""

from __future__ import annotations

import struct
import zlib
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from conftest import PASSWORD
from django.conf import settings
from django.utils import timezone

from wushang.judge.deeds.offer_shipped_packs import OfferShippedPacks
from wushang.people.actor import Actor
from wushang.people.models import Appointment, Department, Role, User
from wushang.web import worker

PHONE = {"viewport": {"width": 360, "height": 780}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
DESK = {"viewport": {"width": 1366, "height": 768}}


class World:
    """`complaints`: what a browser or the server said against a page; every chapter ends without any."""

    def __init__(self, url: str, browser: Any, desk: Path) -> None:
        self.url, self.browser, self.desk = url, browser, desk
        self.desk.mkdir()
        self.complaints: list[str] = []
        self.known: dict[str, Any] = {}  # what a later chapter must remember: addresses, numbers
        self.read: set[str] = set()  # every address that answered somebody
        self.day(date(2026, 3, 2))

    # the clock and the worker

    def day(self, on: date, hour: int = 9, minute: int = 0) -> None:
        """It is now this day and hour in 云溪市."""
        self.now = timezone.make_aware(datetime.combine(on, time(hour, minute)))

    def work(self) -> None:
        """The worker goes round until nothing waits."""
        worker.settle(self.now)

    # people

    def set_up(self) -> None:
        """What the one who installs the platform does: the shipped rules stand ready, a department has its person."""
        OfferShippedPacks(Actor.system(), self.now, settings.WUSHANG_REGION).do()
        market = Department.objects.get(code="990100-market")
        regulator = User.objects.create_user("zhengyiming", PASSWORD, name="郑一鸣", department=market, password_set=self.now)
        Appointment.objects.create(user=regulator, role=Role.objects.get(code="regulator"), regions=["990100"])
        User.objects.update(password_set=self.now)  # of the story's time, whatever the wall clock says

    def sits_down(self, username: str, **device: Any) -> Any:
        """Somebody signs in on a fresh browser; the page they come to."""
        page = self.opens("/sign-in/", **(device or DESK))
        page.fill("#id_username", username)
        page.fill("#id_password", PASSWORD)
        press(page, "登录", "form")
        assert "/sign-in/" not in page.url, f"{username} could not sign in"
        return page

    def opens(self, address: str, **device: Any) -> Any:
        """A fresh browser at an address, signed in as nobody."""
        context = self.browser.new_context(base_url=self.url, accept_downloads=True, locale="zh-CN", **(device or DESK))
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda said: self._hear(page, said))
        page.on("response", lambda answer: self._answered(answer))
        page.goto(address)
        return page

    def _hear(self, page: Any, said: Any) -> None:
        if said.type == "error" and "Failed to load resource" not in said.text:  # told below, with its address
            self.complaints.append(f"{page.url}: {said.text}")

    def _answered(self, answer: Any) -> None:
        address = answer.url.partition("#")[0]
        if answer.status == 200 and answer.request.method == "GET" and address.startswith(self.url):
            self.read.add(address.removeprefix(self.url))
        if answer.status >= 400:
            self.complaints.append(f"{answer.request.method} {answer.url}: {answer.status}")


# hands on a page


def says(page: Any, *texts: str) -> None:
    """The page says each of these, as a reader sees it."""
    shown = "".join(page.locator("body").inner_text().split())
    for text in texts:
        assert "".join(text.split()) in shown, f"“{text}” is not on {page.url}:\n{shown}"


def silent(page: Any, *texts: str) -> None:
    """None of these is anywhere in what was sent, seen or not."""
    sent = page.content()
    for text in texts:
        assert text not in sent, f"“{text}” is on {page.url}"


def button(page: Any, title: str, within: str = "body") -> Any:
    """The first button, link or fold of this name that can be seen."""
    return page.locator(within).locator("button:visible, a:visible, summary:visible").filter(has_text=title).first


LEADS_ON = """one => one.tagName === "A" ? !one.hasAttribute("hx-get") && !one.getAttribute("href").startsWith("#")
    : Boolean(one.form) && one.type === "submit" && !one.form.hasAttribute("hx-post")"""


def press(page: Any, title: str, within: str = "body") -> None:
    """Press it, and where it leads to another page, wait for that page."""
    found = button(page, title, within)
    if not found.evaluate(LEADS_ON):
        return found.click()
    with page.expect_navigation():
        found.click()
    return None


def with_reason(page: Any, title: str, reason: str, within: str = "body") -> None:
    """A dangerous act opens its reason; then it is done."""
    act = page.locator(within).locator("details.reason").filter(has=page.locator("summary", has_text=title)).first
    act.locator("summary").click()
    act.locator("textarea[name=reason]").fill(reason)
    with page.expect_navigation():
        act.locator("button").click()


def taken(world: World, page: Any, title: str, within: str = "body") -> Path:
    """The file that a press hands out."""
    with page.expect_download() as waiting:
        button(page, title, within).click()
    world.read.add(waiting.value.url.removeprefix(world.url))
    path = world.desk / waiting.value.suggested_filename.replace("/", "_")
    waiting.value.save_as(path)
    return path


def photo(path: Path, shade: int = 120) -> Path:
    """A grey PNG of 40 × 30: what a telephone would take, smaller."""
    rows = b"".join(b"\0" + bytes([shade, shade, shade]) * 40 for _ in range(30))
    parts = ((b"IHDR", struct.pack(">IIBBBBB", 40, 30, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    chunks = (struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in parts)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunks))
    return path
