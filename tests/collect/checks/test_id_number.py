def test_wrong_check_character_waits_and_a_passport_passes(claim):
    found = claim(
        "id_number", "证件号码", "11010519491231002X", "110105194912310021", "E12345678", "11010519491331002X"
    )
    assert [row for row, *_ in found] == [3, 5]


def test_the_sentence_tells_nothing_of_the_number(claim):
    found = claim("id_number", "证件号码", "110105194912310021")
    assert not any(digits in found[0][3] for digits in ("19491231", "110105"))
