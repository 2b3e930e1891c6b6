"""The contact book of the practice city."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from wushang.people import load
from wushang.people.crypto import blind_index
from wushang.pool.models import Contact, EnterpriseVersion

ROLES = {"主要负责人": "head"}


def bring(folder: Path, at: datetime) -> int:
    """Contacts of the enterprises we know, by credit code; returns how many."""
    known = dict(EnterpriseVersion.objects.current().values_list("uscc", "enterprise_id"))
    rows = [row for row in load.read_csv(folder / "contacts.csv") if row["uscc"] in known]
    Contact.objects.bulk_create(
        [
            Contact(
                enterprise_id=known[row["uscc"]], role=ROLES.get(row["role"], "handler"), name=row["name"],
                phone=row["phone"], phone_index=blind_index(row["phone"]), source=row["source"],
                verified=date.fromisoformat(row["verified"]) if row["verified"] else None, added=at,
            )  # fmt: skip
            for row in rows
        ]
    )
    return len(rows)
