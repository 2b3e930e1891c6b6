"""Start over: what the practice city left in the configured home and ledger goes, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from wushang.people.audit import heads_file
from wushang.people.models import Region, User
from wushang.pool.place import place
from wushang.simulate.places import CITY_CODE

MIGRATIONS = "django_migrations"  # Django's own list of what was migrated; no model names it


def mark() -> Path:
    """The file that says a practice city is finished."""
    return Path(settings.WUSHANG_HOME) / "demo.done"


def holds_another_place() -> bool:
    """Whether the ledger was founded by somebody: it has regions, and the invented city is none of them."""
    if Region._meta.db_table not in connection.introspection.table_names():
        return False
    return Region.objects.exists() and not Region.objects.filter(code=CITY_CODE).exists()


def holds_people() -> bool:
    return User.objects.exists()


def clear() -> None:
    """The mark first: killed half-way, the ledger is known as unfinished and can be cleared again. Secrets stay."""
    home = Path(settings.WUSHANG_HOME)
    mark().unlink(missing_ok=True)
    drop_tables()
    for folder in (settings.WUSHANG_FILES, settings.WUSHANG_SNAPSHOT, home / "city"):
        shutil.rmtree(folder, ignore_errors=True)
    if settings.WUSHANG_STORE:
        empty_store()
    heads_file().unlink(missing_ok=True)


def empty_store() -> None:
    """The snapshot's own files in a store that machines share, and no other; `current`, which says what counts, goes first."""
    there = place()
    there.remove("current")
    for name in [name for name, _at in there.names() if name.startswith("manifests/") or name.endswith(".parquet")]:
        there.remove(name)


def drop_tables() -> None:
    """Every table of ours, on either database; `migrate` makes them again."""
    there = set(connection.introspection.table_names())
    ours = [*connection.introspection.django_table_names(only_existing=True), MIGRATIONS]
    drop = connection.schema_editor().sql_delete_table
    with transaction.atomic(), connection.cursor() as cursor:
        for name in sorted(there.intersection(ours)):
            cursor.execute(drop % {"table": connection.ops.quote_name(name)})
