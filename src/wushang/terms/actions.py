"""The words that a policy's `then:` may say (actions.yaml): their Chinese title and the room that does them."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True)
class Action:
    """One word: its name in policies, its title on pages, the room (warn or rectify) that does it."""

    name: str
    title: str
    done_by: str

    def said(self, whole: str) -> str:
        """The title in the words of a place that is called 全市, 全县 or 全区."""
        return self.title.format(whole=whole)


@cache
def actions() -> dict[str, Action]:
    """All words by name, in the order of the file."""
    rows = yaml.safe_load((files("wushang.terms") / "actions.yaml").read_text(encoding="utf-8"))
    return {name: Action(name, **row) for name, row in rows.items()}
