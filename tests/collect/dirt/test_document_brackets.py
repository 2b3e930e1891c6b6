"""Dirt: brackets and blanks of a document number written in every way: 〔2026〕 [2026] （2026） 【2026】."""

from collect.dirt.files import CASE, CLAIM, claims, csv_of

WAYS = ["永工认〔2026〕0123号", "永工认[2026]0123号", "永工认（2026）0123 号", "永工认【2026】0123号", "永工认［２０２６］0123号"]


def test_every_bracket_is_the_same_number():
    checked = claims(csv_of(CLAIM, *[[way, *CASE[1:]] for way in WAYS]), "a.csv")
    assert checked.accepted["number"].to_list() == ["永工认〔2026〕0123号"]
    assert checked.duplicates["row"].to_list() == [3, 4, 5, 6]
