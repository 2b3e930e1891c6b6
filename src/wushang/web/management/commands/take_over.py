from pathlib import Path

from django.core.management.base import CommandError
from django.utils import timezone

from wushang.judge.models import PolicyVersion
from wushang.people.actor import Actor
from wushang.terms.problem import Refused
from wushang.warn import paper
from wushang.warn.deeds.take_over_paper_cases import TakeOverPaperCases
from wushang.web.said import SayingCommand


class Command(SayingCommand):
    help = "Take over an old register of paper warnings (接续纸质件): nothing is sent, no number of ours is used."

    def options(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--policy", required=True, help="id of the policy in force under which the cases go on")
        parser.add_argument("--check", action="store_true", help="only say what would be taken over")

    def run(self, file: Path, policy: str, check: bool, **_):
        if not file.is_file():
            raise CommandError(f"{file} is not a file.")
        at, actor = timezone.now(), Actor.system("command")
        version = PolicyVersion.objects.in_force_on(timezone.localdate(at)).filter(policy=policy).last()
        if version is None:
            raise CommandError(f"No policy {policy} is in force.")
        try:
            if check:
                read = paper.read(file.read_bytes(), file.name, actor.scope, at)
                return {"rows": read.rows, "would_take": len(read.found), "known": read.known, "left": [one.to_json() for one in read.left]}
            made = TakeOverPaperCases(actor, at, file.read_bytes(), file.name, version).do()
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        return {"import": made.pk, "rows": made.rows, "taken": made.taken, "left": made.refused}
