"""Sessions in the ledger that a page which only shows does not write: SQLite has one writer, and a long act must not stop
everybody. The last moment of use is kept to a minute."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError

log = logging.getLogger(__name__)
OFTEN = timedelta(minutes=1)


class SessionStore(db.SessionStore):
    until: Any = None  # the last moment that is written in the ledger

    @classmethod
    def get_model_class(cls) -> Any:
        return db.SessionStore.get_model_class()

    def _get_session_from_db(self) -> Any:
        found = super()._get_session_from_db()  # type: ignore[misc]
        self.until = found.expire_date if found else None
        return found

    def save(self, must_create: bool = False) -> None:
        """What changed is written at once. A mere later end waits a minute, and is let go where the ledger stays locked."""
        if must_create or self.modified or self.until is None:
            super().save(must_create)
        elif self.get_expiry_date() - self.until > OFTEN:
            self._prolong()

    def _prolong(self) -> None:
        try:
            super().save()
        except UpdateError:
            if not self.exists(self.session_key):
                raise  # signed out meanwhile
            log.warning("the ledger stayed locked; a session was not prolonged")
