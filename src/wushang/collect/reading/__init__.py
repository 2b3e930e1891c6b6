"""From a file's bytes to sheets of text cells, with every line still in its place."""

from __future__ import annotations

from wushang.collect.reading.separated import separated
from wushang.collect.reading.sheet import Sheet
from wushang.collect.reading.spreadsheet import is_spreadsheet, spreadsheet

__all__ = ["Sheet", "read"]


def read(content: bytes, file_name: str) -> list[Sheet]:
    """The sheets of a file; Refused with a sentence when it cannot be read."""
    if is_spreadsheet(content):
        return spreadsheet(content, file_name)
    return [separated(content, file_name)]
