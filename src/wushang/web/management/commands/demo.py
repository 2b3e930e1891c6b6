from datetime import date
from time import perf_counter

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from wushang.people.models import User
from wushang.web.demo import place, replay


class Command(BaseCommand):
    help = "Practice mode: fill an empty ledger with the simulated city; a ledger that holds data is left as it is."

    def add_arguments(self, parser):
        parser.add_argument("--enterprises", type=int, default=150)
        parser.add_argument("--months", type=int, default=24)
        parser.add_argument("--today", type=date.fromisoformat, default=None)

    def handle(self, enterprises: int, months: int, today: date | None, **_):
        if settings.WUSHANG_MODE != "demo":
            raise CommandError("Practice data belong into demo mode only; WUSHANG_MODE says otherwise.")
        call_command("migrate", verbosity=0)
        done = settings.WUSHANG_HOME / "demo.done"
        if done.exists():
            self.stdout.write(f"Practice city kept from {done.read_text().strip()}. `make fresh` starts over.")
        elif User.objects.exists():
            raise CommandError("The ledger is not empty and holds no finished practice city. `make fresh` starts over.")
        else:
            self._build(today or timezone.localdate(), enterprises, months)
            done.write_text(str(timezone.localdate()))
        self._names()

    def _build(self, today: date, enterprises: int, months: int) -> None:
        began = perf_counter()

        def tell(text: str) -> None:
            self.stdout.write(f"{perf_counter() - began:6.1f} s  {text}")
            self.stdout.flush()

        replay.build(settings.WUSHANG_HOME / "city", today, enterprises, months, tell)
        tell("完成")

    def _names(self) -> None:
        self.stdout.write(f"\nSign in with any of these names, password {place.PASSWORD}:")
        for post in place.POSTS:
            self.stdout.write(f"  {post.username:<14}{post.name}  {post.role}")
        self.stdout.write("")
