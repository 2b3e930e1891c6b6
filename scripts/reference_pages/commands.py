"""Commands with their arguments, from their own parsers."""

from __future__ import annotations

from argparse import SUPPRESS
from collections.abc import Iterator
from pkgutil import iter_modules
from typing import Any

from reference_pages.markdown import SOURCE, code, page, table


def commands() -> dict[str, Any]:
    """Our own commands by name."""
    from django.core.management import load_command_class

    found: dict[str, Any] = {}
    for folder in sorted(SOURCE.glob("*/management/commands")):
        room = f"wushang.{folder.parts[-3]}"
        for module in iter_modules([str(folder)]):
            if not module.name.startswith("_"):
                found[module.name] = load_command_class(room, module.name)
    return dict(sorted(found.items()))


BUILT_IN = {"help", "version", "settings", "pythonpath", "traceback", "no_color", "force_color", "skip_checks", "verbosity"}


def commands_page() -> str:
    parts = []
    for name, command in commands().items():
        parts.append(f"## `wushang {name}`\n\n{command.help}\n")
        parts += _arguments(command.create_parser("wushang", name), f"wushang {name}")
    about = """`.venv/bin/wushang <command>`; with `--json` where a command has it, one JSON object and nothing else is printed. Django's
own commands (`migrate`, `shell`, `check` …) work too."""
    return page("Commands", about, *parts)


def _arguments(parser: Any, called: str) -> Iterator[str]:
    rows, below = [], []
    for action in parser._actions:
        if action.dest in BUILT_IN or action.help == SUPPRESS:
            continue
        if isinstance(action.choices, dict):
            helps = {one.dest: one.help for one in getattr(action, "_choices_actions", [])}
            below += [(f"{called} {word}", sub, helps.get(word) or "") for word, sub in action.choices.items()]
            continue
        words = ", ".join(f"`{option}`" for option in action.option_strings) or f"`{action.dest}`"
        several = " …" if action.nargs in ("+", "*") else ""
        default = "" if action.default in (None, False, "", SUPPRESS) else f"`{action.default}`"
        rows.append((words + several, code(action.choices or ()), default, action.help or ""))
    if rows:
        yield table(["argument", "one of", "default", "meaning"], rows)
    for words, sub, said in below:
        yield f"### `{words}`\n" + (f"\n{said}\n" if said else "")
        yield from _arguments(sub, words)
