"""Which table a file is, where its header is like several: asked of a person before a row is read."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wushang.collect.models import Batch
from wushang.terms.problem import Problem


def asked(batch: Batch) -> Problem | None:
    """The question, until 对应列 has answered it."""
    if not batch.layout.get("may_be"):
        return None
    return Problem("several_sources", _("表头"), batch.file_name, batch.layout["which"], _("请打开“对应列”，选定是哪一张表。"))
