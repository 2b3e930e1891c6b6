from django.core.management.base import CommandError

from wushang.people import audit
from wushang.web.said import SayingCommand


class Command(SayingCommand):
    help = "audit verify: prove that no audit row was changed, removed or inserted."

    def options(self, parser):
        parser.add_argument("act", choices=["verify"])

    def run(self, act: str, **_):
        verdict = audit.verify()
        if not verdict.ok:
            raise CommandError(f"The audit chain is broken at row {verdict.broken_at}: {verdict.why}.")
        return {"ok": True, "rows": verdict.rows, "unsealed": verdict.unsealed, "head": verdict.head}
