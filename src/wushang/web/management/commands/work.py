import signal
import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from wushang.web import worker


class Command(BaseCommand):
    help = "The worker: claims rows that wait (files to check, deliveries to send, clocks that fall due) and does them."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do what waits now, then stop")

    def handle(self, once: bool, **_):
        self.going = True
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self._stop)
        while self.going:
            close_old_connections()  # a database that was restarted is met with a new connection
            done = worker.one_round(timezone.now())
            if once and not done:
                return
            if not done:
                time.sleep(0.5)

    def _stop(self, *_):
        self.going = False
