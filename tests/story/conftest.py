"""One world for the whole story: a ledger, a server, a browser, and a clock that the story moves."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import make_place
from django.conf import settings
from django.core.management import call_command
from django.test.utils import override_settings
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer
from story.world import World

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGS = (
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _own_home():
    """Here the folders belong to the whole story, not to one chapter."""


@pytest.fixture
def _django_db_helper():
    """The ledger too: what a chapter wrote stays for the next one; the world empties it at the end."""


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[World]:
    """云溪市 on Monday, 2 March 2026, 9 o'clock: regions, departments and people, and nothing else."""
    home = tmp_path_factory.mktemp("story")
    with django_db_blocker.unblock(), override_settings(**_folders(home)), pytest.MonkeyPatch.context() as patch:
        # a page may be read while the browser's own loop runs in this thread
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        server = LiveServer("127.0.0.1")
        try:
            with override_settings(WUSHANG_ADDRESS=server.url), _browser() as browser:
                made = World(server.url, browser, home / "desk")
                patch.setattr(timezone, "now", lambda: made.now)
                make_place()
                made.set_up()
                yield made
        finally:
            server.stop()
            call_command("flush", verbosity=0, interactive=False)


def _folders(home: Path) -> dict[str, object]:
    files = home / "files"
    return {
        "WUSHANG_HOME": home, "WUSHANG_FILES": files, "MEDIA_ROOT": files, "WUSHANG_SNAPSHOT": home / "snapshot",
        "WUSHANG_REGION": "990100", "WUSHANG_CITY": "云溪市", "ALLOWED_HOSTS": [*settings.ALLOWED_HOSTS, "127.0.0.1"],
    }  # fmt: skip


class _browser:
    def __enter__(self):
        from playwright.sync_api import sync_playwright

        self.driver = sync_playwright().start()
        self.chromium = self.driver.chromium.launch(executable_path=CHROMIUM, args=list(ARGS))
        return self.chromium

    def __exit__(self, *_told: object) -> None:
        self.chromium.close()
        self.driver.stop()


BROKEN = pytest.StashKey[str]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.failed and report.when != "teardown":
        item.parent.stash.setdefault(BROKEN, item.name)
    return report


def pytest_runtest_setup(item) -> None:
    """A chapter stands on those before it: after a break the rest is not told."""
    if CHROMIUM is None:
        pytest.skip("no Chromium here: apt install chromium")
    if broken := item.parent.stash.get(BROKEN, ""):
        pytest.skip(f"the story broke off in {broken}")
