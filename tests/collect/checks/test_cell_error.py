def test_a_formula_error_is_named_once_and_not_as_a_bad_date(claim, find):
    found = claim("cell_error", "决定日期", "#REF!", "2026-03-20", "########", "#N/A")
    assert [row for row, *_ in found] == [2, 4, 5]
    assert claim("unreadable_date", "决定日期", "#REF!") == []
