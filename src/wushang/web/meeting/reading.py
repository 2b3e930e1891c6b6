"""The pool and the content of a meeting page: the snapshot as of its newest commit, or as of the commit that an address names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from wushang.people.scope import Scope
from wushang.pool import reading, snapshot
from wushang.pool.known import NOW, Known
from wushang.pool.reading import Pool
from wushang.web.meeting.asked import asked
from wushang.web.meeting.content import VERB, Content


def content_for(
    scope: Scope, said: Mapping[str, str], today: date, known: Known = NOW, manifest: snapshot.Manifest | None = None
) -> Content:
    """The page that an address asks for. An address that names no month gets the newest period that is complete; one that
    names a month gets that month or the reason why not."""
    pool = pool_of(scope, known.commit or 0, manifest)
    content = Content(pool, asked(said, known.day or today), scope, today, known=known)
    if "end" in said or not content.lacking:
        return content
    whole = content.complete_before()
    return replace(content, asked=whole, instead_of=content.missing()) if whole else content


def pool_of(scope: Scope, commit: int = 0, manifest: snapshot.Manifest | None = None) -> Pool:
    return reading.open(scope, known=commit or None, manifest=manifest, verb=VERB)


def sealed(commit: int) -> snapshot.Manifest | None:
    """The manifest that was current at a commit, where it has been kept."""
    return snapshot.kept(commit)
