import os
from pathlib import Path

from django.utils import timezone

from wushang.collect.command import collect_file, report
from wushang.collect.models import Batch
from wushang.integrate.waiting import land_batch
from wushang.people.actor import Actor
from wushang.people.deed import refuse
from wushang.terms.problem import Refused
from wushang.web.said import SayingCommand


class Command(SayingCommand):
    help = "Hand in files as a department sends them: one delivery each, received, checked, confirmed and landed."

    def options(self, parser):
        parser.add_argument("files", nargs="+", type=Path)
        parser.add_argument("--source", default="", help="name of the source; guessed from the header when left out")
        parser.add_argument("--sender", default="", help="department code, where several departments may send it")
        parser.add_argument("--historical", action="store_true", help="history: judged, never pushed")
        parser.add_argument("--reason", default="", help="why, where confirming asks for a word")

    def run(self, files: list[Path], **options):
        return [self._one(path, **options) for path in files]

    def wrong(self, result, options):
        bad = [one["file"] for one in result if one["state"] in ("refused", Batch.FAILED)]
        asks = [one["file"] for one in result if one["state"] == Batch.UNMAPPED]
        said = [f"{len(bad)} of {len(result)} files were not taken: {', '.join(bad)}."] if bad else []
        said += [f"{len(asks)} of {len(result)} files wait until a person says which column is which (对应列): {', '.join(asks)}."] if asks else []
        return " ".join(said)

    def _one(self, path: Path, source: str, sender: str, historical: bool, reason: str, **_) -> dict:
        at = timezone.now()
        try:
            _refuse_no_file(path)
            said = collect_file(path, source, Actor.system("command"), at, historical, sender, reason)
        except Refused as refused:
            return {"file": str(path), "state": "refused", "problem": refused.problem.to_json()}
        if said["state"] == Batch.CONFIRMED:
            batch = Batch.objects.get(pk=said["batch"])
            land_batch(batch, at)
            batch.refresh_from_db()
            seconds = round((timezone.now() - at).total_seconds(), 2)
            said = report(batch, path, 0) | {"seconds": seconds}
        return said


def _refuse_no_file(path: Path) -> None:
    """A name that is no file, or one that may not be read, is told like any other that was not taken; the others go on."""
    if not path.is_file():
        raise refuse("no_file", "没有这个文件，或者它不是文件。", "请核对文件名和所在的文件夹。", value=path.name)
    if not os.access(path, os.R_OK):
        raise refuse("no_file", "没有读这个文件的权限。", "请改文件的权限，或换有权限的人来报。", value=path.name)
