from django.core.management.base import CommandError
from django.utils import timezone

from wushang.pool import snapshot
from wushang.web.said import SayingCommand


class Command(SayingCommand):
    help = "Bring the snapshot to the latest commit (--full: build all of it anew; --verify: check hashes)."

    def options(self, parser):
        parser.add_argument("--full", action="store_true")
        parser.add_argument("--verify", action="store_true")

    def run(self, full: bool, verify: bool, **_):
        if verify:
            manifest = snapshot.current()
            wrong = snapshot.verify(manifest) if manifest else []
            if wrong:
                raise CommandError(f"{len(wrong)} files differ from their hash: {', '.join(wrong[:5])}. Run --full.")
            return {"commit": manifest.commit if manifest else 0, "ok": True}
        started = timezone.now()
        manifest = snapshot.build(started, full=full)
        if manifest is None:
            raise CommandError("Another process is building the snapshot; try again in a minute.")
        rows = {table: sum(p["rows"] for p in parts.values()) for table, parts in manifest.parts.items()}
        return {"commit": manifest.commit, "rows": rows, "seconds": round((timezone.now() - started).total_seconds(), 2)}
