"""数据池. `wushang.pool.open` is the way in for an analyst's notebook; rooms call `pool.reading.open` themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wushang.people.scope import Scope
    from wushang.pool.reading import Pool


def open(scope: Scope | None = None, known: int | None = None) -> Pool:  # noqa: A001 - the word the design uses
    """The tables of the snapshot, cut to `scope` and to what was known at commit `known` (default: now).

    Without a scope it asks for a name and a password, as the sign-in page does, and cuts to what that person may see.
    """
    from wushang.pool import notebook  # Django is set up by then, not when this package is imported

    return notebook.opened(scope, known)
