"""A server as it is started: a free port, what a page answers, waiting until it does."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def page(url: str) -> str:
    """What the address answers; empty where nobody does."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.read().decode()
    except OSError:
        return ""


def until(what, seconds: float = 600):  # long enough for a machine that does much else
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := what():
            return answer
        time.sleep(0.3)
    raise AssertionError(f"not within {seconds} s")


def surroundings(home: Path) -> dict[str, str]:
    """The environment of a process whose home and embedded ledger are in a folder."""
    there = {"WUSHANG_HOME": str(home), "WUSHANG_DATABASE": "sqlite", "DJANGO_SETTINGS_MODULE": "wushang.web.settings"}
    return os.environ | there


@contextmanager
def serving(command: list[str], home: Path) -> Iterator[tuple[subprocess.Popen, str]]:
    """`command serve` with its home in a folder: the process and its address; stopped at the end."""
    port = free_port()
    words = [*command, "serve", "--address", f"127.0.0.1:{port}", "--workers", "1"]
    process = subprocess.Popen(words, env=surroundings(home), cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process, f"http://127.0.0.1:{port}"
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(timeout=60)
