"""The enterprise's form: photos first, five questions a page, one page a measure, nothing lost."""

from wushang.rectify import questions
from wushang.rectify.questions import BY_CODE, QUESTIONS, missing, page, page_of, pages, read, spoken

FULL = {q.code: "有" for q in QUESTIONS if q.required} | {"measures": [{"what": "加装光电保护", "who": "陈厂长", "by": "2026-04-10"}]}


def test_photos_come_first_and_no_page_asks_more_than_five_questions():
    assert page(1)[0].code == "photos"
    assert all(len(page(n)) <= 5 for n in range(1, questions.FIRST_PAGES + 2))
    assert [q.code for n in range(1, questions.FIRST_PAGES + 1) for q in page(n)] == [q.code for q in QUESTIONS]


def test_words_the_document_does_not_define_are_blank_fields_that_say_so():
    assert {str(BY_CODE[c].hint) for c in ("check_one", "lower_two", "forbid_three")} == {"请按本地文件核定"}
    assert not any(BY_CODE[c].required for c in ("check_one", "lower_two", "forbid_three"))


def test_a_page_leaves_the_other_pages_alone():
    answers = {"basic": "杯厂", "people": "新职工"}
    assert read({"people": " 没有带教 ", "strange": "x"}, 2, answers) == {"people": "没有带教"}


def test_measures_are_added_changed_and_taken_away_one_page_each():
    first = questions.FIRST_PAGES + 1
    one = read({"what": "装护罩", "who": "陈", "by": "2026-04-10"}, first, {})
    assert pages({}) == first
    assert pages(one) == first + 1
    two = read({"what": "培训", "who": "李", "by": "2026-04-12"}, first + 1, one)
    assert [m["what"] for m in two["measures"]] == ["装护罩", "培训"]
    changed = read({"what": "换护罩", "who": "陈", "by": "2026-04-10"}, first, two)
    assert [m["what"] for m in changed["measures"]] == ["换护罩", "培训"]
    assert [m["what"] for m in read({"what": "", "who": ""}, first, changed)["measures"]] == ["培训"]


def test_what_is_missing_is_named_with_its_page():
    assert missing(FULL) == []
    assert [q.code for q in missing(FULL | {"goal": ""})] == ["goal"]
    assert page_of("goal") == 4
    half = FULL | {"measures": [{"what": "装护罩", "who": "", "by": "2026-04-10"}]}
    assert [q.code for q in missing(half)] == ["measures"]
    assert page_of("measures") == 5


def test_a_measure_is_read_in_one_line():
    row = {"what": "装护罩", "who": "陈厂长", "money": "3000", "by": "2026-04-10", "state": "done"}
    said = spoken(BY_CODE["measures"], {"measures": [row]})
    assert said == "1. 装护罩；责任人 陈厂长；资金 3000 元；2026-04-10 前；已完成"
