import signal
import sys
import threading
import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections, connections
from django.utils import timezone

from wushang.web import worker

IDLE = 0.5, 2.0  # seconds between two looks at empty queues: at first, and once nothing came for a while
SOON = 0.2, 0.2  # where a person waits


class Command(BaseCommand):
    help = "The worker: claims rows that wait (files to check, deliveries to send, clocks that fall due) and does them."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do what waits now, then stop")

    def handle(self, once: bool, **_):
        self.going = True  # no Event: whoever stops the process may come while the main thread holds its lock
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self._stop)
        if once:
            while self.going and worker.one_round(timezone.now()):
                pass
            return
        sys.setswitchinterval(worker.TURN)
        lane = threading.Thread(target=self._rounds, args=(worker.SMALL, SOON), name="small deliveries")
        slow = threading.Thread(target=self._rounds, args=(worker.SLOW,), name="slow learning", daemon=True)
        lane.start()
        slow.start()
        try:
            self._rounds(tuple(duty for duty in worker.DUTIES if duty not in worker.SLOW))
        finally:
            self.going = False
            lane.join()
            slow.join(10)  # time to give back its lease; a stop waits no longer

    def _rounds(self, duties, idle=IDLE):
        pause, longest = idle
        while self.going:
            close_old_connections()  # a database that was restarted is met with a new connection
            if worker.one_round(timezone.now(), duties):
                pause = idle[0]
                continue
            time.sleep(pause)
            pause = min(2 * pause, longest)
        connections.close_all()

    def _stop(self, *_):
        self.going = False
