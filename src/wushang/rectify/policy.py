"""What the policy version behind a warning says of its case: clocks, addressees, re-check. Read once per version."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from wushang.judge.file.reader import read_pack

if TYPE_CHECKING:
    from wushang.judge.pack import Case as Rules
    from wushang.judge.pack import Pack


@functools.lru_cache(maxsize=64)
def read(text: str) -> Pack | None:
    """The pack of a version's text, read once; None where it cannot be read."""
    return read_pack(text)[0]


def pack_of(warning: Any) -> Pack | None:
    """The pack as it stood when the warning was judged: a later version changes no running case."""
    return read(warning.version.text)


def rules_of(warning: Any) -> Rules | None:
    """The `case:` section of the warning's level."""
    pack = pack_of(warning)
    return pack.cases.get(warning.level) if pack else None


def words_of(warning: Any) -> tuple[str, ...]:
    """What `then:` asks for at the warning's level."""
    pack = pack_of(warning)
    outcome = pack.outcome(warning.level) if pack else None
    return outcome.then if outcome else ()
