"""The linkage itself: persons of a public set whose truth is known, and what is kept of a model."""

import json
import math
from pathlib import Path

import pytest

from wushang.integrate.linkage import linker
from wushang.integrate.linkage.deciding import is_clear
from wushang.web.bench import integrate_febrl as febrl
from wushang.web.bench.febrl_people import PEOPLE

DATA = Path(__file__).parents[4] / "shared" / "data"


@pytest.fixture(scope="module")
def lists():
    """FEBRL 1: 500 persons, each once as they are and once with errors."""
    if not (DATA / "linkage_febrl").is_dir():
        pytest.skip("the FEBRL sets are not beside this project (../shared/data)")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WUSHANG_BENCH_DATA", str(DATA))
        everybody = febrl.records("dataset1.csv")
    as_they_are = [r for r in everybody if r["rec_id"].endswith("org")]
    return as_they_are, [r for r in everybody if not r["rec_id"].endswith("org")]


def test_persons_with_errors_are_found_and_nobody_wrongly(lists):
    found = febrl.link(*lists)
    assert found["precision"] >= 0.999 and found["recall"] >= 0.99


def test_a_model_holds_no_value_of_any_person(lists):
    some = [linker.table(PEOPLE, one[:300]) for one in lists]
    model = json.dumps(linker.learn(PEOPLE, *some))
    names = {r["surname"] for one in lists for r in one[:300] if len(r["surname"]) > 6}
    assert len(names) > 50 and not any(name in model for name in names)


def test_the_bits_of_the_comparisons_and_of_the_beginning_add_up_to_the_weight():
    record = {"given_name": "anna", "surname": "smith", "date_of_birth": "19700101", "soc_sec_id": "1234567", "postcode": "4011"}
    left = linker.table(PEOPLE, [record | {"unique_id": "1"}])
    right = linker.table(PEOPLE, [record | {"unique_id": "2", "surname": "smyth", "postcode": ""}])
    model = linker.by_judgement(PEOPLE, 1000, 1000)
    (pair,) = linker.score(PEOPLE, model, left, right, 0.0)
    assert (pair.left, pair.right, pair.levels["postcode"]) == ("1", "2", -1)
    said = sum(linker.bits(model, name, gamma) for name, gamma in pair.levels.items())
    assert math.isclose(pair.weight, said + linker.prior_bits(model), abs_tol=1e-6)
    assert pair.levels["soc_sec_id"] == 2 and PEOPLE.compared[2].words(2) == "number equal"


def test_of_two_that_weigh_the_same_neither_is_linked_and_the_setting_says_by_how_much_one_must_lead(settings):
    said = {"id_number": 2, "name": 2, "day": 3}
    pairs = [linker.Pair("1", "x", 30.0, 0.999, said), linker.Pair("2", "x", 26.0, 0.999, said)]
    assert is_clear(pairs) and not is_clear([pairs[0], pairs[0]])
    settings.WUSHANG_LINK_LEAD = 5
    assert not is_clear(pairs)
    settings.WUSHANG_LINK_LEAD, settings.WUSHANG_LINK_ACCEPT = 3, 0.9995
    assert not is_clear(pairs), "the threshold is that of this moment"
