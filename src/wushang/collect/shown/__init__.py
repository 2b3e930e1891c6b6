"""A delivery as people see it: numbers that tie, rows that wait, what is different from last time."""

from wushang.collect.shown.numbers import Numbers, numbers, tallies, ties

__all__ = ["Numbers", "numbers", "tallies", "ties"]
