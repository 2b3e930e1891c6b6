"""From a file's bytes to sheets of text cells, with every line still in its place."""

from __future__ import annotations

import io

from wushang.collect.reading.markup import is_markup, markup
from wushang.collect.reading.separated import Opens, separated
from wushang.collect.reading.sheet import Sheet
from wushang.collect.reading.spreadsheet import is_spreadsheet, sheet_names, spreadsheet

__all__ = ["Opens", "Sheet", "is_spreadsheet", "read", "sheet_names"]


def read(content: bytes | Opens, file_name: str) -> list[Sheet]:
    """The sheets of a file (its bytes, or what opens it); Refused with a sentence when it cannot be read."""
    opened: Opens = content if callable(content) else lambda: io.BytesIO(content)
    with opened() as file:
        start = file.read(512)
        if is_spreadsheet(start):
            return spreadsheet(start + file.read(), file_name)
        if is_markup(start):
            return markup(start + file.read(), file_name)
    return [separated(opened, file_name)]
