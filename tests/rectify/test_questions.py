"""The enterprise's form: photos first, five questions a page, one page a measure, nothing lost; asked by rule and kind of place."""

from rectify.place import GAOTAI, YONGKANG

from wushang.rectify.questions import BY_CODE, QUESTIONS, spoken
from wushang.rectify.report_form import form, form_of

YONGKANG_SAYS = "以‘一查、二降、三禁、四不放过’的原则，剖析企业发生工伤事故原因"
CUPS, BUILDERS, HOTEL = "C3382", "E4710", "H6110"
ALL = form(YONGKANG_SAYS, CUPS, {})
FULL = {q.code: "有" for q in QUESTIONS if q.required} | {"measures": [{"what": "加装光电保护", "who": "陈厂长", "by": "2026-04-10"}]}


def codes(words: str, industry: str, answers=None) -> set[str]:
    return {q.code for q in form(words, industry, answers or {}).questions}


def test_photos_come_first_and_no_page_asks_more_than_five_questions():
    assert ALL.page(1)[0].code == "photos"
    assert all(len(ALL.page(n)) <= 5 for n in range(1, ALL.first_pages + 2))
    assert [q.code for n in range(1, ALL.first_pages + 1) for q in ALL.page(n)] == [q.code for q in QUESTIONS]


def test_words_the_document_does_not_define_are_blank_fields_that_say_so():
    assert {str(BY_CODE[c].hint) for c in ("check_one", "lower_two", "forbid_three")} == {"请按本地文件核定"}
    assert not any(BY_CODE[c].required for c in ("check_one", "lower_two", "forbid_three"))


def test_what_only_one_document_asks_is_asked_only_under_it():
    only = {"check_one", "lower_two", "forbid_three", "four_no"}
    assert only <= codes(YONGKANG_SAYS, CUPS)
    assert not only & codes("立行立改", CUPS)
    assert codes("按“四不放过”处理", CUPS) & only == {"four_no"}


def test_the_rule_and_the_industry_behind_a_case_decide_its_form(place):
    warning = place.warning("orange", GAOTAI)
    factory = form_of(place_case(place, warning))
    assert not any(q.code == "check_one" for q in factory.questions) and any(q.code == "robots" for q in factory.questions)
    builders = place.enterprise("云溪市大成建设有限公司", "990100001", industry=BUILDERS)
    site = form_of(place_case(place, place.warning("key", YONGKANG, at=builders)))
    assert any(q.code == "check_one" for q in site.questions) and not any(q.code == "robots" for q in site.questions)


def place_case(place, warning):
    from wushang.people.actor import Actor
    from wushang.rectify.deeds.open_case import OpenCase

    return OpenCase(Actor.system(), place.now, warning).do()


def test_machines_for_men_are_asked_of_factories_and_each_place_gets_its_own_example():
    assert "robots" in codes("", CUPS) and not any("robots" in codes("", one) for one in (BUILDERS, HOTEL, ""))
    hints = [next(str(q.hint) for q in form("", one, {}).questions if q.code == "direct") for one in (CUPS, BUILDERS, HOTEL)]
    assert [hint[:8] for hint in hints] == ["例如：光电保护失", "例如：临边没有护", "例如：地面积水没"]


def test_what_was_answered_before_stays_in_the_form():
    assert "robots" in codes("", HOTEL, {"robots": "暂无"})


def test_a_page_leaves_the_other_pages_alone():
    answers = {"basic": "杯厂", "people": "新职工"}
    assert ALL.read({"people": " 没有带教 ", "strange": "x"}, 2, answers) == {"people": "没有带教"}


def test_measures_are_added_changed_and_taken_away_one_page_each():
    first = ALL.first_pages + 1
    one = ALL.read({"what": "装护罩", "who": "陈", "by": "2026-04-10"}, first, {})
    assert (ALL.pages({}), ALL.pages(one), ALL.most(one)) == (first, first, first + 1)
    two = ALL.read({"what": "培训", "who": "李", "by": "2026-04-12"}, first + 1, one)
    assert [m["what"] for m in two["measures"]] == ["装护罩", "培训"] and ALL.pages(two) == first + 1
    changed = ALL.read({"what": "换护罩", "who": "陈", "by": "2026-04-10"}, first, two)
    assert [m["what"] for m in changed["measures"]] == ["换护罩", "培训"]
    assert [m["what"] for m in ALL.read({"what": "", "who": ""}, first, changed)["measures"]] == ["培训"]
    assert ALL.most({"measures": [{}] * 6}) == ALL.first_pages + 6  # six are the most


def test_what_is_missing_is_named_with_its_page():
    assert ALL.missing(FULL) == []
    assert [q.code for q in ALL.missing(FULL | {"goal": ""})] == ["goal"]
    assert ALL.page_of("goal") == 4 and form("", CUPS, {}).page_of("goal") == 3
    half = FULL | {"measures": [{"what": "装护罩", "who": "", "by": "2026-04-10"}]}
    assert [q.code for q in ALL.missing(half)] == ["measures"]
    assert ALL.page_of("measures") == 5


def test_a_measure_is_read_in_one_line():
    row = {"what": "装护罩", "who": "陈厂长", "money": "3000", "by": "2026-04-10", "state": "done"}
    said = spoken(BY_CODE["measures"], {"measures": [row]})
    assert said == "1. 装护罩；责任人 陈厂长；资金 3000 元；2026-04-10 前；已完成"
