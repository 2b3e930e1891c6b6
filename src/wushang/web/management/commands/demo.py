import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from time import perf_counter

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from wushang.people.models import Role
from wushang.web.demo import clear, place, replay

SELDOM = (50_000, 20, 20)  # objects made before the collector looks, and how seldom it looks through all of them


@contextmanager
def seldom_swept() -> Iterator[None]:
    """The migrations draw every model anew again and again: to look for cycles among them as often as usual is a quarter of
    the processor's time."""
    held = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*held)


class Command(BaseCommand):
    help = "Practice mode: fill an empty ledger with the simulated city; a ledger that holds data is left as it is."

    def add_arguments(self, parser):
        parser.add_argument("--enterprises", type=int, default=150)
        parser.add_argument("--months", type=int, default=24)
        parser.add_argument("--today", type=date.fromisoformat, default=None)
        parser.add_argument("--fresh", action="store_true", help="clear the configured home folder and ledger first")

    def handle(self, enterprises: int, months: int, today: date | None, fresh: bool, **_):
        if settings.WUSHANG_MODE != "demo":
            raise CommandError("Practice data belong into demo mode only; WUSHANG_MODE says otherwise.")
        if clear.holds_another_place():
            raise CommandError("This ledger holds a place that was founded, not the practice city: nothing is filled in or cleared.")
        if fresh:
            clear.clear()
        with seldom_swept():
            call_command("migrate", verbosity=0)
        self._fill(today or timezone.localdate(), enterprises, months)
        self._names()

    def _fill(self, today: date, enterprises: int, months: int) -> None:
        done = clear.mark()
        if not clear.holds_people():
            self._build(today, enterprises, months)
            done.write_text(str(timezone.localdate()))
        elif done.exists():
            self.stdout.write(f"Practice city kept from {done.read_text().strip()}. `make fresh` starts over.")
        else:
            raise CommandError("The ledger holds a practice city that was not finished. `make fresh` starts over.")

    def _build(self, today: date, enterprises: int, months: int) -> None:
        began = perf_counter()

        def tell(text: str) -> None:
            self.stdout.write(f"{perf_counter() - began:6.1f} s  {text}")
            self.stdout.flush()

        replay.build(settings.WUSHANG_HOME / "city", today, enterprises, months, tell)
        tell("完成")

    def _names(self) -> None:
        self.stdout.write(f"\nSign in with any of these names, password {place.PASSWORD}:")
        titles = dict(Role.objects.values_list("code", "title"))
        for post in place.POSTS:
            self.stdout.write(f"  {post.username:<14}{post.name}  {titles.get(post.role, post.role)}")
        self.stdout.write("")
