from pathlib import Path

import pytest

from wushang.integrate.likeness import Neighbours, likeness
from wushang.integrate.names import branch, core, former_names, plain_name
from wushang.web.bench import integrate_company_names as bench


@pytest.mark.parametrize(
    "written",
    [
        "云溪市恒岳杯业有限公司", "云溪市恒岳杯业有限责任公司", "恒岳杯业有限公司", " 云溪市 恒岳杯业有限公司　",
        "云溪市恒岳杯业\n有限公司", "雲溪市恆嶽盃業有限公司", "恒岳（云溪）杯业有限公司", "【云溪市】恒岳杯业有限公司", "云溪恒岳杯业有限责任公司",
        "恒岳杯业有限公司（原名：恒悦五金厂）", "恒岳杯业\u200b有限公司",
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


@pytest.mark.parametrize("name", ["恒岳杯业股份有限公司", "恒岳杯业股份公司", "恒岳杯业股份有限责任公司"])
def test_a_company_by_shares_is_written_one_way_and_is_not_a_limited_one(name):
    assert plain_name(name) == "恒岳杯业股份有限公司"


def test_a_place_that_is_all_the_name_a_unit_has_is_kept():
    assert plain_name("云溪市自来水有限公司", ["云溪市", "示例省"]) == "云溪市自来水有限公司"
    assert plain_name("示例省云溪市城投建设有限公司", ["云溪市", "示例省"]) == "云溪市城投建设有限公司"


def test_a_raw_material_in_brackets_is_no_former_name():
    assert plain_name("恒岳（原料）有限公司") == "恒岳原料有限公司"
    assert former_names("恒岳杯业有限公司（曾用名：恒悦五金制品厂）") == ["恒悦五金制品厂"]


def test_a_household_trader_is_the_same_with_or_without_the_word():
    assert plain_name("东城老王五金店（个体工商户）") == plain_name("东城老王五金店")


@pytest.mark.parametrize(
    "name, parts",
    [
        ("恒岳杯业有限公司东城分公司", ("恒岳杯业有限公司", "东城分公司")),
        ("云溪银行股份有限公司石塘支行", ("云溪银行股份有限公司", "石塘支行")),
        ("恒岳杯业有限公司", None),
    ],
)
def test_a_branch_names_its_parent(name, parts):
    assert branch(plain_name(name)) == parts


def test_the_core_is_what_stands_before_the_legal_form():
    assert [core(n) for n in ("恒岳杯业有限公司", "恒岳集团股份有限公司", "恒岳合伙企业有限合伙", "恒岳")] == ["恒岳杯业", "恒岳", "恒岳", "恒岳"]


@pytest.mark.parametrize(
    "asked",
    ["恒悦杯业有限公司", "恒岳杯业", "恒岳", "恒杯", "恒岳杯业厂", "岳恒杯业有限公司", "恒岳岳杯业有限公司", "恒岳业有限公司"],
)
def test_typing_errors_and_abbreviations_stand_among_the_proposed(asked):
    near = Neighbours([(1, "恒岳杯业有限公司"), (2, "铭锐门业有限公司"), (3, "云江五金有限公司")])
    assert near.near(asked, 0.72, 5)[0][0] == 1


def test_a_branch_is_not_proposed_as_its_parent_but_a_misspelt_branch_is_proposed():
    near = Neighbours([(1, "恒岳杯业有限公司"), (2, "恒岳杯业有限公司东城分公司"), (3, "恒岳杯业有限公司石塘分公司")])
    assert [key for key, _ in near.near("恒岳杯业有限公司东成分公司", 0.72, 5)] == [2]


def test_variants_made_from_a_public_list_are_found_by_themselves_or_proposed(monkeypatch):
    """What differs by place, brackets, width, script and suffix is found, never wrongly; the rest is proposed."""
    data = Path(__file__).parents[3] / "shared" / "data"
    if not (data / "cn_company_short_names").is_dir():
        pytest.skip("the public list of company short names is not beside this project (../shared/data)")
    monkeypatch.setenv("WUSHANG_BENCH_DATA", str(data))
    found = bench.measure(bench.shorts(), firms=2_000, asked=800)
    assert found["precision"] >= 0.999 and found["automatic"] >= 0.99
    assert found["short"] >= 0.97 and found["typo"] >= 0.97


@pytest.mark.django_db
@pytest.mark.parametrize("region", ["330700", "330000"])
def test_a_prefecture_or_a_province_knows_the_towns_and_counties_below_it(settings, region):
    from wushang.integrate.places import Places
    from wushang.integrate.resolve import _same_county
    from wushang.people import load

    names = ("code", "name", "kind", "parent")
    rows = [("330000", "浙江省", "province", ""), ("330700", "金华市", "city", "330000"), ("330784", "永康市", "county", "330700"),
            ("330784001", "东城街道", "township", "330784"), ("331000", "台州市", "city", "330000")]  # fmt: skip
    load.regions(dict(zip(names, row, strict=True)) for row in rows)
    settings.WUSHANG_REGION = region
    places = Places()
    assert (places.known_town("永康市"), places.known_town("东城街道"), places.town("说不清")) == ("330784", "330784001", region)
    assert places.known_town("台州市") == ("331000" if region == "330000" else "")
    assert _same_county("330784001", region), "a row without a town may be of any county"
    assert not _same_county("330784001", "330702001")
