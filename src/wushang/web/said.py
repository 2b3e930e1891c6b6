"""What a command answers: one JSON object with --json, plain lines without; a refusal is a sentence and exit code 1."""

from __future__ import annotations

import json
from argparse import SUPPRESS
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from wushang.terms.problem import Refused


class SayingCommand(BaseCommand):
    """A command that prints what it did. Subclasses write `options(parser)` and `run(**options) -> dict`."""

    def add_arguments(self, parser: CommandParser) -> None:
        self.options(parser)
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def options(self, parser: CommandParser) -> None:
        """Arguments of the command."""

    def run(self, *args: Any, **options: Any) -> Any:
        raise NotImplementedError

    def words(self, result: Any, options: dict[str, Any]) -> str:
        """The answer for a person."""
        return plain(result)

    def wrong(self, result: Any, options: dict[str, Any]) -> str:
        """Why the answer, though printed, counts as a failure; '' where it does not."""
        return ""

    def handle(self, *args: Any, **options: Any) -> None:
        as_json = options.pop("json")
        try:
            result = self.run(**options)
        except Refused as refused:
            raise CommandError(str(refused)) from None
        said = json.dumps(result, ensure_ascii=False, default=str) if as_json else self.words(result, options)
        self.stdout.write(said)
        if wrong := self.wrong(result, options):
            raise CommandError(wrong)


def json_too() -> CommandParser:
    """The parent of a subcommand's parser, so that --json may stand at the end of the line."""
    parent = CommandParser(add_help=False)
    parent.add_argument("--json", action="store_true", default=SUPPRESS, help="print one JSON object")
    return parent


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
