"""An index for a column whose equal values lie together in the table, as rows come in its order."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.indexes import BrinIndex
from django.db import models


class Along(BrinIndex):
    """On PostgreSQL the least and the greatest value of each megabyte of the table: a load hardly pays for it, a look-up reads the
    megabytes in question. SQLite has no such index and makes an ordinary one."""

    def create_sql(self, model: type[models.Model], schema_editor: Any, using: str = "", **kwargs: Any) -> Any:
        if schema_editor.connection.vendor == "postgresql":
            return super().create_sql(model, schema_editor, using, **kwargs)
        return models.Index.create_sql(self, model, schema_editor, using, **kwargs)
