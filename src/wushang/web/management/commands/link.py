from datetime import datetime

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from wushang.integrate.deeds.relearn_links import RelearnLinks
from wushang.integrate.linkage import relearning
from wushang.integrate.linkage.run import LEASE, in_process, link_waiting
from wushang.people.actor import Actor
from wushang.people.lease import held
from wushang.web.said import SayingCommand


class Command(SayingCommand):
    help = "Link the departments' reports that wait to injuries (--learn: tell what a model learnt anew would change; --learn --take: do it)."

    def options(self, parser):
        parser.add_argument("--learn", action="store_true", help="learn the weights anew and tell what would change; nothing is written")
        parser.add_argument("--take", action="store_true", help="with --learn: do it; what people decided stays")

    def run(self, learn: bool, take: bool, **_):
        at = timezone.now()
        if take and not learn:
            raise CommandError("--take goes with --learn.")
        if learn and not in_process():
            raise CommandError(f"The engine {settings.WUSHANG_ENGINE} compares keyed hashes: there are no weights to learn.")
        written = link_waiting(at)
        return self._learnt(at, take) if learn else {"written": written}

    def _learnt(self, at: datetime, take: bool) -> dict:
        with held(LEASE, at) as mine:
            if not mine:
                raise CommandError("The worker is linking just now; try again in a minute.")
            plan = relearning.plan(at)
            if take:
                RelearnLinks(Actor.system("command"), at, plan).do()
        return {
            "model": plan.model.how, "accept": settings.WUSHANG_LINK_ACCEPT, "review": settings.WUSHANG_LINK_REVIEW,
            "looked_at": len(plan.looked_at), "change": dict(plan.change), "taken": take,
        }  # fmt: skip
