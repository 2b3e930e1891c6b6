"""What a command answers: one JSON object with --json, plain lines without."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser


class SayingCommand(BaseCommand):
    """A command that prints what it did. Subclasses write `options(parser)` and `run(**options) -> dict`."""

    def add_arguments(self, parser: CommandParser) -> None:
        self.options(parser)
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def options(self, parser: CommandParser) -> None:
        """Arguments of the command."""

    def run(self, **options: Any) -> Any:
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        as_json = options.pop("json")
        result = self.run(**options)
        if as_json:
            self.stdout.write(json.dumps(result, ensure_ascii=False, default=str))
        else:
            self.stdout.write(plain(result))


def plain(result: Any) -> str:
    """Lines a person reads: 'name: value', nested parts indented."""
    if isinstance(result, dict):
        return "\n".join(_line(name, value) for name, value in result.items())
    if isinstance(result, list):
        return "\n".join(plain(item) if isinstance(item, dict) else str(item) for item in result)
    return str(result)


def _line(name: str, value: Any) -> str:
    if isinstance(value, dict | list) and value:
        return f"{name}:\n" + "\n".join(f"  {line}" for line in plain(value).splitlines())
    return f"{name}: {value if value not in ({}, [], None) else '—'}"
