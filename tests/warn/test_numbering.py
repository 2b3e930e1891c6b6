"""文号: read as written in GB/T 9704, refused with the reason otherwise."""

from __future__ import annotations

import pytest

from wushang.warn.numbering import Number, NumberRefused, read


def test_a_number_is_read_into_word_year_and_running_number() -> None:
    assert read(" 云人社预〔2026〕37号 ") == Number("云人社预", 2026, 37)
    assert str(Number("云人社预", 2026, 7)) == "云人社预〔2026〕7号"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "没有填写"),
        ("云人社预[2026]7号", "六角括号"),
        ("云人社预【2026】7号", "六角括号"),
        ("云人社预〔2026〕第7号", "不加“第”字"),
        ("云人社预〔2026〕007号", "不编虚位"),
        ("云人社预〔2026〕7", "写法不对"),
    ],
)
def test_a_wrong_number_is_refused_with_what_to_mend(typed: str, why: str) -> None:
    with pytest.raises(NumberRefused, match=why):
        read(typed)
