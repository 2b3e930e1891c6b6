"""Places for fault tests: a warm parent that forks and kills, and a small city written once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

TESTS = Path(__file__).parents[1]


def address() -> str:
    """The test database as WUSHANG_DATABASE names it."""
    said = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{said['NAME']}"
    return f"postgresql://{said['USER']}:{said['PASSWORD']}@/{said['NAME']}?host={said['HOST']}&port={said['PORT']}"


class Warm:
    """The other process; `run(…)` has it do all waves, killed or not."""

    def __init__(self) -> None:
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "settings", "PYTHONPATH": os.pathsep.join([str(TESTS), *sys.path]), "WUSHANG_DATABASE": address(),
            "WUSHANG_SECRET_KEY": settings.SECRET_KEY, "WUSHANG_FIELD_KEY": settings.WUSHANG_FIELD_KEY,
            "POLARS_MAX_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1",
        }  # fmt: skip
        self.process = subprocess.Popen(
            [sys.executable, "-m", "faults.warm"], env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self._answer() == "ready"

    def _answer(self) -> Any:
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, "the warm parent is gone"
        return json.loads(line)

    def run(self, **order: Any) -> dict[str, Any]:
        assert self.process.stdin
        connections.close_all()
        self.process.stdin.write(json.dumps(order, default=str) + "\n")
        self.process.stdin.flush()
        answer = self._answer()
        assert "error" not in answer, answer["error"]
        return answer

    def stop(self) -> None:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.close()
        self.process.wait(timeout=30)
        self.process.stdout.close()


@pytest.fixture
def warm(transactional_db) -> Any:
    parent = Warm()
    yield parent
    parent.stop()


def begin_anew(home: Path) -> None:
    """An empty ledger and empty folders."""
    call_command("flush", interactive=False, verbosity=0)
    home.mkdir()
    settings.WUSHANG_HOME = home
    settings.WUSHANG_FILES = settings.MEDIA_ROOT = home / "files"
    settings.WUSHANG_SNAPSHOT = home / "snapshot"
