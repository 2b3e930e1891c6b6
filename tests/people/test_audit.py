from datetime import date

import pytest
from django.db import connection

from wushang.people import audit
from wushang.people.models import AuditEntry

pytestmark = pytest.mark.django_db


def _written(people, now, rows=3):
    for number in range(rows):
        audit.write(people.wangli.actor, now, "warn.draft", f"warning:{number}", {"n": number})
    audit.seal()


def test_a_sealed_chain_verifies(people, now):
    _written(people, now)
    verdict = audit.verify()
    assert (verdict.ok, verdict.rows, verdict.unsealed) == (True, 3, 0)


def test_a_changed_row_is_found(people, now):
    _written(people, now)
    AuditEntry.objects.filter(sequence=2).update(subject="warning:99")
    verdict = audit.verify()
    assert (verdict.ok, verdict.broken_at) == (False, 2)


def test_a_removed_row_is_found(people, now):
    _written(people, now)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_auditentry WHERE sequence = 2")
    assert audit.verify().why == "row 2 is missing"


def test_rows_cut_off_at_the_end_are_found_by_the_written_head(people, now):
    _written(people, now)
    audit.write_head(date(2026, 3, 20))
    AuditEntry.objects.filter(sequence=3).delete()
    assert audit.verify().why == "rows at the end are missing"


def test_the_head_is_written_once_a_day(people, now):
    _written(people, now)
    audit.write_head(date(2026, 3, 20))
    audit.write_head(date(2026, 3, 20))
    assert len(list(audit.read_heads())) == 1


def test_rows_not_sealed_yet_are_counted_and_do_not_break_the_chain(people, now):
    _written(people, now)
    audit.write(people.wangli.actor, now, "warn.draft", "warning:9")
    assert (audit.verify().ok, audit.verify().unsealed) == (True, 1)
