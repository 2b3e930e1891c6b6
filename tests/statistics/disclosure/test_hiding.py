"""Hidden cells are attacked: by exact fractions (does a hidden figure follow?) and by linear programmes (how near can it be told?)."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from wushang.statistics.disclosure import Box, bounds, keys, protect, rest, small
from wushang.statistics.disclosure.bounds import atoms_of
from wushang.statistics.disclosure.box import parts_of

LEAST = 3


def table(cells: np.ndarray) -> tuple[list[Box], list[float]]:
    """Towns × kinds with the sums of rows, columns and all; a table lists all its rows, so that what it does not list is 0."""
    towns, kinds = ([f"{name}{n}" for n in range(size)] for name, size in zip("tk", cells.shape, strict=True))
    boxes, values = [], []
    for r, c in product([*range(len(towns)), None, -1], [*range(len(kinds)), None, -1]):
        boxes.append(Box(_side("place", towns, r) | _side("kind", kinds, c)))
        part = cells[slice(None) if r is None else r][..., slice(None) if c is None else c]
        values.append(0.0 if -1 in (r, c) else float(part.sum()))
    return boxes, values


def _side(way: str, names: list[str], place: int | None) -> dict[str, frozenset[str]]:
    return {} if place is None else {way: rest(None, names) if place == -1 else keys(names[place])}


def follows(shown: np.ndarray, wanted: np.ndarray) -> bool:
    """Whether a row is a sum of rows, by elimination in fractions."""
    rows = [[Fraction(int(x)) for x in row] for row in shown]
    left = [Fraction(int(x)) for x in wanted]
    for column in range(len(left)):
        lead = next((row for row in rows if row[column]), None)
        if lead is None:
            continue
        rows = [[a - b * row[column] / lead[column] for a, b in zip(row, lead, strict=True)] for row in rows if row is not lead]
        left = [a - b * left[column] / lead[column] for a, b in zip(left, lead, strict=True)]
    return not any(left)


def attack(boxes: list[Box], values: list[float], shown: np.ndarray) -> list[tuple[float, float, float]]:
    """Every small figure with the bounds in which it can be told; an assertion where it simply follows."""
    atoms, found = atoms_of(boxes, parts_of(boxes)), []
    for place, value in enumerate(values):
        if small(value, LEAST):
            assert not shown[place] and not follows(atoms[shown], atoms[place])
            found.append((value, *bounds(atoms[shown], np.asarray(values)[shown], atoms[place])))
    return found


def test_the_last_cell_of_a_row_does_not_give_the_hidden_one_away() -> None:
    boxes, values = table(np.array([[1, 9, 20], [8, 7, 30], [12, 11, 40]]))
    shown = protect(boxes, values, LEAST)
    assert not shown[0] and (~shown).sum() == 4  # the least that can protect: a rectangle of four
    assert attack(boxes, values, shown) == [(1, 0, 9)]


def test_two_small_ones_whose_sum_is_small_are_not_told_by_it() -> None:
    boxes, values = table(np.array([[1, 1, 0, 40], [9, 8, 20, 30]]))
    shown = protect(boxes, values, LEAST)
    assert all(high - low >= LEAST for _value, low, high in attack(boxes, values, shown))


def test_zeros_are_published_and_protect_nobody() -> None:
    boxes, values = table(np.array([[1, 0, 0, 5], [6, 0, 9, 7]]))
    shown = protect(boxes, values, LEAST)
    assert all(shown[place] for place, value in enumerate(values) if value == 0)
    assert all(low + LEAST <= high for _value, low, high in attack(boxes, values, shown))


def test_a_table_without_small_figures_is_published_whole() -> None:
    boxes, values = table(np.array([[5, 9], [8, 0]]))
    assert protect(boxes, values, LEAST).all()


def test_what_is_hidden_for_another_reason_does_not_follow_either() -> None:
    boxes, values = table(np.array([[50, 60], [70, 80]]))
    shown = protect(boxes, values, LEAST, also=[True] + [False] * (len(boxes) - 1))
    atoms = atoms_of(boxes, parts_of(boxes))
    assert not follows(atoms[shown], atoms[0])


@pytest.mark.parametrize("seed", range(4))
def test_no_table_of_chance_can_be_attacked(seed: int) -> None:
    of = np.random.default_rng(seed)
    cells = of.poisson(of.choice([0.5, 2, 8], size=(4, 4)))
    boxes, values = table(cells)
    shown = protect(boxes, values, LEAST)
    for value, low, high in attack(boxes, values, shown):
        assert low <= value <= high and high - low >= LEAST
    assert shown.any()


def test_trees_are_known_towns_add_up_to_their_county() -> None:
    boxes = [Box({"place": keys("9901")}), Box({"place": keys("990101")}), Box({"place": keys("990101001")}), Box({"place": keys("990101002")}),
             Box({"place": keys("990102")})]  # fmt: skip
    open_ended = protect(boxes, [60, 30, 1, 26, 30], LEAST)  # the county holds 3 cases that say no town
    assert list(open_ended) == [True, True, False, True, True]
    whole = Box({"place": rest(keys("990101"), ["990101001", "990101002"])})
    assert list(protect([*boxes, whole], [60, 30, 1, 29, 30, 0], LEAST)) == [True, True, False, False, True, True]
