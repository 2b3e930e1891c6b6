"""Dirt: words instead of codes: the industry as text, a kind of accident by its old name; what no list knows is not guessed."""

from collect.dirt.files import CASE, CLAIM, claims, csv_of, waits

HEADER = [*CLAIM, "行业", "事故类别"]


def test_the_industry_by_name_is_its_code():
    by_name = claims(csv_of(HEADER, [*CASE, "金属制厨房用器具制造", "机械伤害"]), "a.csv").accepted
    by_code = claims(csv_of(HEADER, [*CASE, "C3381", "机械伤害"]), "a.csv").accepted
    assert by_name["industry"].to_list() == by_code["industry"].to_list() != [None]


def test_a_word_that_no_list_knows_is_taken_without_a_code_or_waits():
    checked = claims(csv_of(HEADER, [*CASE, "杯子业", ""], ["工2", *CASE[1:], "", "被杯子砸"]), "a.csv")
    assert checked.accepted["industry"].to_list() == [None]
    assert waits(checked) == {3: ["code_unknown"]}
