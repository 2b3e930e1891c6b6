import signal
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from wushang.people import load
from wushang.people.models import Role


class Command(BaseCommand):
    help = "Serve the pages (gunicorn) and run the worker beside them; a worker that died is started again."

    def add_arguments(self, parser):
        parser.add_argument("--address", default="127.0.0.1:8000")
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument("--no-worker", action="store_true", help="the worker runs elsewhere")

    def handle(self, address: str, workers: int, no_worker: bool, **_):
        call_command("migrate", verbosity=0)
        if Role.objects.exists():
            load.roles()  # verbs of new pages reach the posts that have them
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # else each page process warns that it is not there
        self.stdout.write("Starting …")
        self.stdout.flush()
        # gunicorn starts a page process that died again; threads keep a slow upload from holding up the others
        pages = [sys.executable, "-m", "gunicorn", "wushang.web.wsgi:application", "--bind", address, "--workers",
                 str(workers), "--worker-class", "gthread", "--threads", "4", "--timeout", "120", "--log-level", "warning"]  # fmt: skip
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # a polite stop ends the children too
        self._watch(address, pages, None if no_worker else [sys.executable, "-m", "wushang.web.command", "work"])

    def _watch(self, address: str, pages: list[str], work: list[str] | None) -> None:
        server = subprocess.Popen(pages)
        helper = subprocess.Popen(work) if work else None
        try:
            told = False
            while server.poll() is None:
                if not told and (told := self._answers(address)):
                    self.stdout.write(f"http://{address}  (Ctrl-C stops)")
                    self.stdout.flush()
                if work and helper and helper.poll() is not None:
                    self.stderr.write("The worker stopped; starting it again.")
                    helper = subprocess.Popen(work)
                time.sleep(1)
        except KeyboardInterrupt:
            pass
        finally:
            for child in filter(None, (server, helper)):
                child.terminate()
            for child in filter(None, (server, helper)):
                self._ended(child)

    def _answers(self, address: str) -> bool:
        """Whether a browser would see a page: loading the rooms takes seconds."""
        asked = HTTPConnection(address, timeout=1)
        try:
            asked.request("GET", "/static/web/tokens.css")
            return bool(asked.getresponse().status)
        except (OSError, HTTPException):
            return False
        finally:
            asked.close()

    def _ended(self, child: subprocess.Popen) -> None:
        """Half a minute to end what it is at; killed at any instant the worker loses and doubles nothing."""
        try:
            child.wait(timeout=30)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
