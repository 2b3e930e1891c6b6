"""Reading on in a thread: the same items in their order, what fails is raised, whoever stops early leaves no thread behind."""

import threading
from collections.abc import Iterator

import pytest

from wushang.collect.ahead import ahead


def test_the_items_come_in_their_order_and_the_next_is_made_while_one_is_worked_on():
    made, begun = [], threading.Event()

    def items() -> Iterator[int]:
        for n in range(4):
            made.append(threading.current_thread().name)
            if n == 1:
                begun.set()
            yield n

    seen = []
    for n in ahead(items()):
        assert n or begun.wait(5), "the second item is begun while the first is worked on"
        seen.append(n)
    assert seen == [0, 1, 2, 3]
    assert threading.current_thread().name not in made


def test_what_fails_in_the_making_is_raised_after_what_was_made_before():
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("the second slab is torn")

    seen = []
    with pytest.raises(ValueError, match="second slab"):
        for n in ahead(items()):
            seen.append(n)
    assert seen == [1]


def test_whoever_stops_early_leaves_no_thread_and_no_open_file():
    closed = threading.Event()

    def items() -> Iterator[int]:
        try:
            yield from range(10)
        finally:
            closed.set()

    before, source = threading.active_count(), items()
    reading = ahead(source)
    assert next(reading) == 0
    reading.close()
    source.close()
    assert closed.is_set() and threading.active_count() == before


def test_nothing_gives_nothing():
    assert list(ahead([])) == []
