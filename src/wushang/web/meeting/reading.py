"""The pool a meeting page reads: the snapshot as of its newest commit, or as of the commit that an address names."""

from __future__ import annotations

from wushang.people.scope import Scope
from wushang.pool import reading, snapshot
from wushang.pool.reading import Pool
from wushang.web.meeting.content import VERB


def pool_of(scope: Scope, commit: int = 0, manifest: snapshot.Manifest | None = None) -> Pool:
    return reading.open(scope, known=commit or None, manifest=manifest, verb=VERB)


def sealed(commit: int) -> snapshot.Manifest | None:
    """The manifest that was current at a commit, where it has been kept."""
    return snapshot.kept(commit)
