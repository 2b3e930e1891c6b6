"""A later publication against earlier ones: what can be worked out from both, by hand."""

from __future__ import annotations

from fractions import Fraction

from wushang.statistics.disclosure import Box, Cell, keys, rest, revealed

LEAST = 3


def months(*names: str) -> dict[str, frozenset[str]]:
    return {"month": keys(*names)}


def cell(value: float, shown: bool = True, of: str = "", **sides: frozenset[str]) -> Cell:
    return Cell(Box(sides), value, shown, of=of)


def test_a_quarter_less_its_first_two_months_tells_the_third() -> None:
    before = [cell(11, of="2月", month=keys("01", "02"), place=keys("A"))]
    now = [cell(12, month=keys("01", "02", "03"), place=keys("A"))]
    (found,) = revealed(now, before, LEAST)
    assert found.value == 1 and found.box.sides["month"] == keys("=03")
    assert [times for _cell, times in found.recipe] == [Fraction(1), Fraction(-1)]
    assert revealed([cell(15, month=keys("01", "02", "03"), place=keys("A"))], before, LEAST) == []


def test_single_months_published_one_by_one_are_taken_from_a_quarter_together() -> None:
    before = [cell(5, month=keys("01")), cell(6, month=keys("02"))]
    (found,) = revealed([cell(13, month=keys("01", "02", "03"))], before, LEAST)
    assert found.value == 2 and len(found.recipe) == 3


def test_a_total_less_the_towns_of_an_earlier_table_tells_the_rest() -> None:
    before = [cell(20, place=keys("A")), cell(30, place=keys("B"))]
    (found,) = revealed([Cell(Box(), 51)], before, LEAST)
    assert found.value == 1 and found.box.sides["place"] == keys("=")


def test_a_cell_hidden_then_is_not_told_by_a_table_split_otherwise_now() -> None:
    """A was hidden with B; a later table shows B by another name for the same place: with the total of then, A follows."""
    before = [Cell(Box(), 40), cell(1, False, place=keys("A")), cell(9, False, place=keys("B")), cell(30, place=keys("C")),
              cell(0, place=rest(None, "ABC"))]  # fmt: skip
    found = revealed([cell(9, place=keys("B"))], before, LEAST)
    assert [one.value for one in found if one.box == before[1].box] == [1]


def test_the_same_figure_restated_tells_what_came_late() -> None:
    before = [cell(20, place=keys("A"))]
    assert [one.value for one in revealed([cell(21, place=keys("A"))], before, LEAST)] == [1]
    assert [one.value for one in revealed([cell(18, place=keys("A"))], before, LEAST)] == [2]
    assert revealed([cell(20, place=keys("A"))], before, LEAST) == [] == revealed([cell(24, place=keys("A"))], before, LEAST)


def test_what_earlier_ones_told_by_themselves_is_not_held_against_the_new_one() -> None:
    before = [cell(11, month=keys("01", "02")), cell(10, month=keys("01"))]
    assert revealed([cell(9, kind=keys("03"))], before, LEAST) == []


def test_unrelated_splits_tell_nothing() -> None:
    before = [cell(20, place=keys("A")), cell(30, place=keys("B"))]
    assert revealed([cell(4, kind=keys("03")), cell(46, kind=keys("05"))], before, LEAST) == []
