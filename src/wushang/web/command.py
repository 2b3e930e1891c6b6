"""`wushang …`: Django's command runner under our name."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wushang.web.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["wushang", *_words(sys.argv[1:])])


def _words(words: list[str]) -> list[str]:
    """'audit verify' and the like are one command with a subcommand; nothing to change, only no words means help."""
    return words or ["help"]

if __name__ == "__main__":
    main()
