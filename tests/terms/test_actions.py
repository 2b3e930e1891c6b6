from wushang.terms.actions import actions


def test_the_words_of_then_have_a_title_and_one_room():
    assert {action.done_by for action in actions().values()} == {"warn", "rectify"}
    assert all(action.title for action in actions().values())
    assert actions()["interview"].title == "“一对一”警示约谈"
    assert actions()["regular_interview"].title == "定期约谈企业负责人"
    assert len(actions()) == 12


def test_a_circular_goes_through_the_place_as_it_is_called():
    assert actions()["county_circular"].said("全市") == "全市通报"
