"""The contact book of the practice city comes in as an office brings it: a file, checked and taken in by the clerk."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from wushang.pool import contact_file, contact_rows
from wushang.pool.deeds.import_contacts import ImportContacts, Taken
from wushang.web.demo.place import actor


def bring(folder: Path, at: datetime, today: date) -> Taken:
    """Contacts of the units we know. `today` is the visitor's day: the book is kept up to it."""
    clerk, path = actor("wangli", at), folder / "contacts.csv"
    directory = contact_rows.Directory(clerk.scope)
    checked = contact_rows.check(contact_file.read(path.read_bytes(), path.name), directory, today)
    return ImportContacts(clerk, at, checked.ready, path.name).do()
