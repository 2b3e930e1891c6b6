import pytest

from wushang.integrate.names import Neighbours, likeness, plain_name


@pytest.mark.parametrize(
    "written",
    [
        "云溪市恒岳杯业有限公司", "云溪市恒岳杯业有限责任公司", "恒岳杯业有限公司", " 云溪市 恒岳杯业有限公司　",
        "云溪市恒岳杯业\n有限公司",
    ],
)  # fmt: skip
def test_spellings_of_one_name_have_one_plain_form(written):
    assert plain_name(written, ["云溪市", "云溪"]) == "恒岳杯业有限公司"


def test_brackets_full_width_or_not_do_not_matter():
    assert plain_name("恒岳（云溪）杯业有限公司") == plain_name("恒岳(云溪)杯业有限公司")


def test_a_branch_is_not_its_company():
    assert plain_name("恒岳杯业有限公司东城分公司") != plain_name("恒岳杯业有限公司")


def test_a_place_that_is_nearly_the_whole_name_is_kept():
    assert plain_name("云溪市城建", ["云溪市"]) == "云溪市城建"


def test_likeness_is_one_for_equal_and_small_for_different_names():
    assert likeness("恒岳杯业有限公司", "恒岳杯业有限公司") == 1
    assert likeness("恒岳杯业有限公司", "恒悦杯业有限公司") > 0.7
    assert likeness("恒岳杯业有限公司", "铭锐门业股份有限公司") < 0.6


def test_neighbours_finds_the_nearest_name_first():
    near = Neighbours([(1, "恒岳杯业有限公司"), (2, "恒岳杯业制造有限公司"), (3, "铭锐门业有限公司")])
    assert [key for key, _ in near.near("恒岳杯业有限公司", 0.7, 3)] == [1, 2]
