"""Dirt: no-break spaces, zero-width characters, tabs, trailing blanks and line ends inside cells and headers."""

import pytest
from collect.dirt.files import CASE, CLAIM, claims, csv_of, xlsx_of

BLANKS = ["\u00a0", "\u3000", "\u200b", "\ufeff", "\t", "\n", "\r\n", "\u2028", " _x000D_\n", "\u202d", "\u00ad"]


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize("write", [csv_of, xlsx_of])
def test_what_cannot_be_seen_changes_nothing(write, blank):
    plain = claims(csv_of(CLAIM, CASE), "a.csv").accepted
    dirty = claims(write([f"{h}{blank}" for h in CLAIM], [f"{blank}{c}{blank}" for c in CASE]), "a.csv").accepted
    assert dirty["digest"].to_list() == plain["digest"].to_list()


def test_a_line_end_inside_a_cell_does_not_end_the_row():
    checked = claims(csv_of([*CLAIM, "事故经过"], [*CASE, "操作时\n手被压伤"]), "a.csv")
    assert checked.accepted["story"].to_list() == ["操作时 手被压伤"]


def test_a_line_end_inside_a_header_is_no_other_header():
    checked = claims(xlsx_of([*CLAIM[:3], "事故\n时间", CLAIM[4]], CASE))
    assert checked.accepted.height == 1
