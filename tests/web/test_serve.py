"""The server as it is started: pages answer, a killed worker comes back, a polite stop leaves no process behind."""

import os
import signal
import subprocess
import sys

import pytest
from web.served import page, serving, until

pytestmark = pytest.mark.browser  # starts real processes; once is enough


def _children(pid: int, word: str) -> list[int]:
    found = subprocess.run(["pgrep", "-f", word, "-P", str(pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in found.stdout.split()]


def test_serving_survives_a_killed_worker_and_stops_clean(tmp_path):
    with serving([sys.executable, "-m", "wushang.web.command"], tmp_path) as (process, address):
        assert "登录" in until(lambda: page(f"{address}/sign-in/"))
        assert "--action" in until(lambda: page(f"{address}/static/web/tokens.css"))
        first = until(lambda: _children(process.pid, "command work"))
        os.kill(first[0], signal.SIGKILL)
        second = until(lambda: [pid for pid in _children(process.pid, "command work") if pid not in first])
        assert second
        process.terminate()
        assert process.wait(timeout=60) == 0
        until(lambda: not page(f"{address}/sign-in/"))
