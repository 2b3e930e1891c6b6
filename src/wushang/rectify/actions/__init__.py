"""What rectify does for the words of `then:` when a case opens, one file each (terms/actions.yaml: done_by: rectify).

Each file has `opened(case, rules, actor, at)`, which returns a sentence for the record, '' for none.
"""

from __future__ import annotations

import functools
from importlib import import_module
from pathlib import Path
from types import ModuleType


@functools.cache
def owned() -> dict[str, ModuleType]:
    """Word → its module."""
    stems = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))
    return {stem: import_module(f"wushang.rectify.actions.{stem}") for stem in stems}
