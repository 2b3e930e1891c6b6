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
