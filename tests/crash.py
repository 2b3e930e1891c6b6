"""Die at the n-th database statement, as a killed process does: nothing runs afterwards, no clean-up either."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection


class Killed(BaseException):
    """The process is gone."""


class _Reaper:
    def __init__(self, at: int) -> None:
        self.left, self.seen = at, 0

    def __call__(self, execute, sql, params, many, context):
        if self.left <= 0:
            raise Killed
        self.left -= 1
        self.seen += 1
        return execute(sql, params, many, context)


@contextmanager
def dies_at(statement: int) -> Iterator[_Reaper]:
    reaper = _Reaper(statement)
    with connection.execute_wrapper(reaper):
        yield reaper


def statements_of(work: Callable[[], object]) -> int:
    """How many statements the undisturbed work takes."""
    with dies_at(10**9) as reaper:
        work()
    return reaper.seen


def killed(work: Callable[[], object], statement: int) -> bool:
    """Do the work, dying at that statement; True when it died."""
    try:
        with dies_at(statement):
            work()
    except Killed:
        connection.close()
        return True
    return False


def deaths(prepare: Callable[[int], Callable[[], object]], most: int = 40) -> Iterator[int]:
    """Prepare a piece of work and die in it, piece after piece at another of its statements (evenly spread where it has
    more than `most`); yields the number of each piece, for the test to let it recover and to look."""
    total = min(statements_of(prepare(piece)) for piece in (0, 1))  # the very first has more to do
    assert total, "it asks the ledger for nothing: there is nothing to die at"
    for piece, statement in enumerate(sorted({n * total // most for n in range(most)}), 2):
        assert killed(prepare(piece), statement), f"{total} statements, but it lived at {statement}"
        yield piece


@contextmanager
def dies_at_call(owner: object, name: str, at: int, after: bool = False) -> Iterator[None]:
    """Die at the n-th call of a function (a file's rename, say), before it is done or just after."""
    real, left = getattr(owner, name), at

    def call(*args, **kwargs):
        nonlocal left
        left -= 1
        if left < 0 and not after:
            raise Killed
        done = real(*args, **kwargs)
        if left < 0:
            raise Killed
        return done

    setattr(owner, name, call)
    try:
        yield
    finally:
        setattr(owner, name, real)
