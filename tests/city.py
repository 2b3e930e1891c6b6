"""A small practice city inside one transaction that is rolled back: real files through every room."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import override_settings

TODAY = date(2026, 11, 22)


@contextmanager
def practice_city(home: Path, enterprises: int = 40, months: int = 12, today: date = TODAY) -> Iterator[None]:
    from wushang.web.demo import replay

    folders = {
        "WUSHANG_HOME": home, "WUSHANG_FILES": home / "files", "MEDIA_ROOT": home / "files",
        "WUSHANG_SNAPSHOT": home / "snapshot", "WUSHANG_REGION": "990100", "WUSHANG_CITY": "云溪市",
    }  # fmt: skip
    assert settings.WUSHANG_MODE == "demo"
    with override_settings(**folders), transaction.atomic():
        _count_from_one()
        replay.build(home / "city", today, enterprises, months, lambda _text: None)
        yield
        transaction.set_rollback(True)


def _count_from_one() -> None:
    """Numbers of rows start anew, whatever tests ran before in this process: the table of doors names some by number."""
    sequences = connection.introspection.sequence_list()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_by_name_sql(no_style(), sequences):
            cursor.execute(statement)
