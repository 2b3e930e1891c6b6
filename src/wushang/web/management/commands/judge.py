from datetime import date

from django.utils import timezone

from wushang.judge.commands import judge
from wushang.people.actor import Actor
from wushang.web.said import SayingCommand


class Command(SayingCommand):
    help = "Judge all units by the policies in force, on the snapshot: findings by level, run digest, seconds, commit."

    def options(self, parser):
        parser.add_argument("--as-of", type=date.fromisoformat, help="the day to judge as of, 2026-03-20; today when left out")
        parser.add_argument("--policy", default="", metavar="ID", help="this policy only")

    def run(self, as_of: date | None, policy: str, **_):
        at = timezone.now()
        return judge(Actor.system("command"), at, as_of or timezone.localdate(at), policy)
