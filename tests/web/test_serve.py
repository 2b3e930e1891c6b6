"""The server as it is started: pages answer, a killed worker comes back, a polite stop leaves no process behind."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

pytestmark = pytest.mark.browser  # starts real processes; once is enough


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _children(pid: int, word: str) -> list[int]:
    found = subprocess.run(["pgrep", "-f", word, "-P", str(pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in found.stdout.split()]


def _until(what, seconds: float = 90):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := what():
            return answer
        time.sleep(0.3)
    raise AssertionError(f"not within {seconds} s")


@pytest.fixture
def served(tmp_path):
    port = _free_port()
    there = os.environ | {"WUSHANG_HOME": str(tmp_path), "WUSHANG_DATABASE": "sqlite", "DJANGO_SETTINGS_MODULE": "wushang.web.settings"}
    command = [sys.executable, "-m", "wushang.web.command", "serve", "--address", f"127.0.0.1:{port}", "--workers", "1"]
    process = subprocess.Popen(command, env=there, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    yield process, f"http://127.0.0.1:{port}"
    if process.poll() is None:
        process.terminate()
        process.wait(timeout=60)


def _page(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.read().decode()
    except OSError:
        return ""


def test_serving_survives_a_killed_worker_and_stops_clean(served):
    process, address = served
    assert "登录" in _until(lambda: _page(f"{address}/sign-in/"))
    assert "--action" in _until(lambda: _page(f"{address}/static/web/tokens.css"))
    first = _until(lambda: _children(process.pid, "command work"))
    os.kill(first[0], signal.SIGKILL)
    second = _until(lambda: [pid for pid in _children(process.pid, "command work") if pid not in first])
    assert second
    process.terminate()
    assert process.wait(timeout=60) == 0
    _until(lambda: not _page(f"{address}/sign-in/"), 20)
