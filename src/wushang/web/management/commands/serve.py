import subprocess
import sys

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Serve the pages (granian) and run the worker beside them."

    def add_arguments(self, parser):
        parser.add_argument("--address", default="127.0.0.1:8000")
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument("--no-worker", action="store_true", help="the worker runs elsewhere")

    def handle(self, address: str, workers: int, no_worker: bool, **_):
        call_command("migrate", verbosity=0)
        host, port = address.rsplit(":", 1)
        self.stdout.write(f"http://{address}  (Ctrl-C stops)")
        me = [sys.executable, "-m", "wushang.web.command"]
        helper = None if no_worker else subprocess.Popen([*me, "work"])
        try:
            granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", port,
                       "--workers", str(workers), "--blocking-threads", "4", "--log-level", "warning",
                       "wushang.web.wsgi:application"]  # fmt: skip
            subprocess.run(granian, check=False)
        except KeyboardInterrupt:
            pass
        finally:
            if helper:
                helper.terminate()
                helper.wait(timeout=30)
