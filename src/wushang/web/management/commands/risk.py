from django.utils import timezone

from wushang.judge.risk import commands
from wushang.web.said import SayingCommand


class Command(SayingCommand):
    help = "Injuries to be expected of each unit: the newest month's version, its units in order, how it did at earlier months."

    def options(self, parser):
        parser.add_argument("--learn", action="store_true", help="learn this month's version now, where the worker has not done it yet")
        parser.add_argument("--top", type=int, default=20, metavar="N", help="units that are listed")

    def run(self, learn: bool, top: int, **_):
        return commands.told(timezone.now(), learn, top)
