"""The cube on rows counted by hand: two townships, two trades, three months."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from wushang.analyse import delivered
from wushang.analyse.cube import Asked, Cube, reckon
from wushang.analyse.cube import reckoning as module
from wushang.analyse.cube.asked import offered
from wushang.analyse.cube.compared import Compared, compared, new_said
from wushang.analyse.cube.listing import cut_to, injuries_of
from wushang.analyse.cube.parted import why_not
from wushang.analyse.cube.places import places
from wushang.analyse.cube.said import asked_of, pairs_of
from wushang.analyse.cube.shown import Shown
from wushang.people.scope import Grant, Scope
from wushang.pool.reading import Pool
from wushang.terms.period import Period
from wushang.terms.problem import Refused

FIRST_QUARTER = Period(date(2026, 1, 1), date(2026, 3, 31))
UNITS = [
    {"enterprise": 1, "region": "990100001", "industry": "C3311", "size": "small"},
    {"enterprise": 2, "region": "990100001", "industry": "C3312", "size": "large"},
    {"enterprise": 3, "region": "990100002", "industry": "F5111", "size": "small"},
]


def injury(number: int, enterprise: int, day: date, event: str = "", **more) -> dict:
    told = {"injury": number, "event": event or f"e{number}", "enterprise": enterprise, "employer": enterprise}
    return told | {"occurred": day, "status": "reported", "at_work": True, "severity": "minor", "kind": "03"} | more


def staff(enterprise: int, *insured: int) -> list[dict]:
    """Insured of January, February, March."""
    return [{"enterprise": enterprise, "month": date(2026, m, 1), "insured": n} for m, n in enumerate(insured, 1)]


INJURIES = [
    injury(1, 1, date(2026, 1, 5), hour=8, tenure_days=20, sex="F", age_band="4", workshop_kind="press", post_kind="press", sender="hr"),
    injury(2, 1, date(2026, 2, 6), "pair", kind="05", severity="serious", worker=7, tenure_days=400),
    injury(3, 2, date(2026, 2, 6), "pair", worker=7),
    injury(4, 3, date(2026, 3, 7), region="990100001", severity="fatal"),  # the place of the event, not the unit's
    injury(5, 3, date(2026, 4, 1)),  # outside the quarter
    injury(6, 3, date(2026, 3, 8), at_work=False),
]
HEADCOUNTS = [*staff(1, 100, 100, 100), *staff(2, 50, 50, 200), *staff(3, 300, 300, 300)]


@pytest.fixture
def cube(pool_of: Callable[..., Pool], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Cube]:
    """cube("injured_cases", down="town", …) over the first quarter."""
    monkeypatch.setattr(module, "filled_tables", lambda _commit: frozenset({"injuries", "headcounts"}))

    def ask(*measures: str, pool: Pool | None = None, period: Period = FIRST_QUARTER, **more) -> Cube:
        made = pool or pool_of(enterprises=UNITS, injuries=INJURIES, headcounts=HEADCOUNTS)
        return reckon(made, Asked(measures, period, **more))

    return ask


def values(cube: Cube, measure: str) -> dict:
    return {key: cube.figure(measure, key).value for key in cube.down}


def test_without_a_split_there_is_one_figure(cube) -> None:
    found = cube("injured_cases", "injury_events", "fatal_cases")
    assert [found.figure(m).value for m in found.asked.measures] == [4, 3, 1]


def test_a_township_is_that_of_the_event_and_a_unit_s_own_where_the_event_says_none(cube) -> None:
    assert values(cube("injured_cases", down="town"), "injured_cases") == {"990100001": 4}


def test_an_accident_in_two_units_counts_in_both_and_once_in_the_total(cube) -> None:
    found = cube("injury_events", down="enterprise")
    assert values(found, "injury_events") == {"1": 2, "2": 1, "3": 1}
    assert found.figure("injury_events").value == 3
    assert found.overlaps("injury_events")


def test_two_sides_have_cells_and_sums_both_ways(cube) -> None:
    found = cube("injured_cases", down="section", across="kind")
    assert found.down == ["C", "F"] and found.across == ["machinery", "electric_shock"]
    assert found.figure("injured_cases", "C", "machinery").value == 2
    assert found.figure("injured_cases", "C", "electric_shock").value == 1
    assert found.figure("injured_cases", "F", "electric_shock").value == 0
    assert found.figure("injured_cases", "C").value == 3 and found.figure("injured_cases", None, "machinery").value == 3


def test_a_rate_is_the_sum_of_cases_over_the_sum_of_staff(cube) -> None:
    """Unit 1: mean 100; unit 2: mean of 50, 50, 200 = 100; both in C: 3 cases ÷ 200 = 15 ‰. F: 1 ÷ 300."""
    found = cube("incidence_rate", down="section")
    assert values(found, "incidence_rate") == {"C": pytest.approx(15.0), "F": pytest.approx(1000 / 300)}
    assert found.figure("incidence_rate").value == pytest.approx(4000 / 500)
    assert found.months == 3


def test_a_rate_by_month_divides_by_that_month_s_staff(cube) -> None:
    found = cube("incidence_rate", down="month", filters={"section": ("C",)})
    assert values(found, "incidence_rate") == {
        "2026-01": pytest.approx(1000 / 150), "2026-02": pytest.approx(2000 / 150), "2026-03": 0.0,
    }  # fmt: skip


def test_a_unit_s_rate_is_over_the_months_it_was_there(cube, pool_of) -> None:
    pool = pool_of(enterprises=UNITS, injuries=INJURIES, headcounts=[*staff(1, 100), *staff(3, 300, 300, 300)])
    found = cube("incidence_rate", pool=pool, down="enterprise")
    assert found.figure("incidence_rate", "1").value == pytest.approx(20.0)
    assert found.figure("incidence_rate", "2").value is None  # nobody said how many work there: not 0


def test_a_rate_by_cause_divides_by_all_staff(cube) -> None:
    found = cube("incidence_rate", down="kind")
    assert values(found, "incidence_rate") == {"machinery": pytest.approx(6.0), "electric_shock": pytest.approx(2.0)}


def test_a_place_without_an_injury_but_with_workers_has_a_rate_of_nought(cube, pool_of) -> None:
    pool = pool_of(enterprises=UNITS, injuries=INJURIES[:3], headcounts=HEADCOUNTS)
    found = cube("incidence_rate", "injured_cases", pool=pool, down="town")
    assert found.figure("incidence_rate", "990100002").value == 0.0
    assert found.figure("injured_cases", "990100002").value == 0


def test_hours_are_legal_hours_of_the_year(cube) -> None:
    """500 workers over three months of 2026: 500 × 248 × 8 × 3/12 hours; 4 cases."""
    found = cube("frequency_rate")
    assert found.figure("frequency_rate").value == pytest.approx(4e6 / (500 * 248 * 8 / 4))


def test_a_share_has_a_denominator_of_its_own(cube) -> None:
    """One of the two whose tenure is known was in the first year."""
    assert cube("new_worker_share").figure("new_worker_share").value == pytest.approx(50.0)


def test_one_person_hurt_twice_is_one_person_and_an_unknown_one_counts_alone(cube) -> None:
    assert cube("injured_persons").figure("injured_persons").value == 3


def test_who_may_not_come_close_to_persons_gets_no_figure_of_persons(cube, pool_of) -> None:
    pool = pool_of(enterprises=UNITS, injuries=INJURIES, headcounts=HEADCOUNTS)
    pool.scope = Scope((Grant(frozenset({"analyse.see"}), regions=("9901",)),))
    found = cube("injured_persons", "injured_cases", pool=pool)
    assert found.missing == ("injured_persons",)
    assert found.figure("injured_persons").value is None and found.figure("injured_cases").value == 4


@pytest.mark.parametrize(("near", "open_"), [("9901", True), ("990100001", False)])
def test_who_may_come_close_in_a_part_gets_no_figure_of_persons_of_the_whole(cube, pool_of, near: str, open_: bool) -> None:
    """Unit 3 of the other township would count with as many persons as cases."""
    pool = pool_of(enterprises=UNITS, injuries=INJURIES, headcounts=HEADCOUNTS)
    grants = (Grant(frozenset({"analyse.see"}), ("9901",)), Grant(frozenset({"pool.case_analysis"}), (near,)))
    pool.scope = Scope(grants, frozenset({"case_analysis"}))
    assert cube("injured_persons", pool=pool).figure("injured_persons").value == (3 if open_ else None)


def test_filters_hold_for_cases_and_staff_alike(cube) -> None:
    found = cube("incidence_rate", filters={"size": ("large",)})
    assert found.figure("incidence_rate").value == pytest.approx(10.0)


def test_all_injuries_are_counted_where_commuting_is_asked_for_too(cube) -> None:
    assert cube("injured_cases", scope="all").figure("injured_cases").value == 5


def test_a_rate_carries_the_exact_interval_of_its_cases(cube) -> None:
    """Garwood for 4 cases: 1.0899 to 10.2416, over 500 workers."""
    interval = cube("incidence_rate").figure("incidence_rate").interval
    assert interval.low == pytest.approx(1.0899 / 0.5, rel=1e-4) and interval.high == pytest.approx(10.2416 / 0.5, rel=1e-4)


def test_severities_stand_from_the_slight_to_the_fatal(cube) -> None:
    assert cube("injured_cases", down="severity", order="label").down == ["minor", "serious", "fatal"]
    assert cube("injured_cases", down="town", across="severity").across == ["minor", "serious", "fatal"]


def test_every_dimension_splits_and_filters_without_losing_a_case(cube) -> None:
    from wushang.analyse.dimensions import dimensions

    for code in dimensions():
        found = cube("injured_cases", "incidence_rate", down=code)
        assert sum(found.figure("injured_cases", key).value for key in found.down) == 4, code
        assert found.figure("injured_cases").value == 4, code


@pytest.mark.parametrize(("more", "said"), [({"down": "colour"}, "colour"), ({"down": "town", "across": "town"}, "同一个分类")])
def test_a_question_with_an_unknown_word_is_refused_with_the_words_there_are(cube, more, said) -> None:
    with pytest.raises(Refused) as refused:
        cube("injured_cases", **more)
    assert said in refused.value.problem.why


def test_sectors_follow_the_rule_of_three(cube, pool_of) -> None:
    """A05 and C43 are services (2012 rule)."""
    units = [{"enterprise": n, "industry": i, "region": "990100001"} for n, i in enumerate(("A0111", "A0511", "C3311", "C4310"), 1)]
    pool = pool_of(enterprises=units, injuries=[injury(n, n, date(2026, 1, n)) for n in (1, 2, 3, 4)])
    assert values(cube("injured_cases", pool=pool, down="sector"), "injured_cases") == {"3": 2, "1": 1, "2": 1}


LAST_YEAR = [injury(11, 1, date(2025, 3, 5)), injury(12, 1, date(2025, 3, 6)), injury(13, 2, date(2025, 12, 6))]


@pytest.fixture
def two_years(cube, pool_of, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Compared]:
    """The same with two injuries in March 2025, one in December, and 200 insured in each month of 2025."""
    monkeypatch.setattr("wushang.analyse.cube.compared.data_day", lambda _pool: None)  # it asks the ledger who entered what
    monkeypatch.setattr("wushang.analyse.cube.compared.came", lambda _commit: {delivered.INJURIES: set()})  # and this which months came
    before = [{"enterprise": 1, "month": date(2025, m, 1), "insured": 200} for m in range(1, 13)]
    pool = pool_of(enterprises=UNITS, injuries=[*INJURIES, *LAST_YEAR], headcounts=[*HEADCOUNTS, *before])

    def ask(*measures: str, against: str, **more) -> Compared:
        cube("injured_cases", pool=pool)  # the tables are filled
        return compared(pool, Asked(measures, FIRST_QUARTER, **more), against)

    return ask


def test_a_period_is_compared_with_the_same_of_last_year_or_the_one_before(two_years) -> None:
    """4 against 2 in the first quarter of 2025; against 1 in the last quarter of 2025."""
    assert two_years("injured_cases", against="last_year").change("injured_cases") == pytest.approx(100.0)
    assert two_years("injured_cases", against="previous").change("injured_cases") == pytest.approx(300.0)
    assert two_years("injured_cases", against="").last("injured_cases") is None


def test_a_month_is_compared_with_the_same_month_a_year_before(two_years) -> None:
    """March: 1 against 2; January: 1 against none, which is no per cent but 新增."""
    found = two_years("injured_cases", down="month", against="last_year")
    assert found.change("injured_cases", "2026-03") == pytest.approx(-50.0)
    assert found.change("injured_cases", "2026-01") is None
    assert new_said(found.now.figure("injured_cases", "2026-01"), found.last("injured_cases", "2026-01")) == "新增 1"


def test_nothing_is_compared_with_months_that_were_never_delivered(two_years) -> None:
    """Had January and February 2025 never come, they would not be nought but unknown, and so would the quarter; March is compared. So
    it is with a month of this year that has not come."""
    found = two_years("injured_cases", down="month", against="last_year")
    assert found.lacking() == [] and found.lacking_said == ""
    march, spring = {date(2025, 3, 1)}, {date(2026, m, 1) for m in (1, 2, 3)}
    young = replace(found, came=march | spring)
    assert young.lacking_said == "2025年1—2月" and young.last("injured_cases", "2026-01") is None is young.change("injured_cases")
    assert new_said(young.now.figure("injured_cases", "2026-01"), young.last("injured_cases", "2026-01")) == "—"
    assert young.change("injured_cases", "2026-03") == pytest.approx(-50.0)
    assert replace(young, came=march | {date(2026, 1, 1)}).change("injured_cases", "2026-03") is None
    assert replace(two_years("injured_cases", down="town", against="last_year"), came=march | spring).change("injured_cases", "990100001") is None


def test_a_change_is_not_parted_where_months_never_came() -> None:
    whole = {date(y, m, 1) for y in (2025, 2026) for m in (1, 2, 3)}
    asked = Asked(("injured_cases",), FIRST_QUARTER)
    assert why_not(asked, "last_year", {delivered.INJURIES: whole, delivered.HEADCOUNTS: whole}) == "" == why_not(asked, "last_year", {delivered.INJURIES: set(), delivered.HEADCOUNTS: whole})
    told = why_not(asked, "last_year", {delivered.INJURIES: whole - {date(2025, 2, 1)}, delivered.HEADCOUNTS: whole - {date(2025, 1, 1), date(2025, 3, 1), date(2026, 3, 1)}})
    assert told == "2025年2月没有报来工伤数据；2025年1月、2025年3月、2026年3月没有报来参保人数，不作比较，不能拆分。"


def test_rows_of_a_time_are_not_compared_with_the_period_just_before(two_years) -> None:
    assert two_years("injured_cases", down="month", against="previous").before is None


def test_a_change_of_few_cases_is_called_too_few(two_years) -> None:
    found = two_years("incidence_rate", down="month", against="last_year")
    assert found.word("incidence_rate", "2026-01") == "数据太少"  # 1 against 0
    assert found.word("incidence_rate") == "正常波动"  # 4 among 500 against 2 among 200


def test_january_and_february_may_stand_together(cube) -> None:
    """Staff of 1—2月: the mean of 450 and 450."""
    found = cube("injured_cases", "incidence_rate", down="season_month")
    assert values(found, "injured_cases") == {"2026-02": 3, "2026-03": 1}
    assert found.figure("incidence_rate", "2026-02").value == pytest.approx(3000 / 450)


def test_the_list_of_a_cell_adds_up_to_its_figure(cube, pool_of) -> None:
    pool = pool_of(enterprises=UNITS, injuries=INJURIES, headcounts=HEADCOUNTS)
    found = cube("injured_cases", pool=pool, down="section", across="kind")
    assert len(found.down) > 1 and len(found.across) > 1
    for down in found.down:
        for across in found.across:
            listed = injuries_of(pool, cut_to(found.asked, down=down, across=across), 50)
            assert listed.cases == len(listed.rows) == found.figure("injured_cases", down, across).value


@pytest.mark.parametrize("code", ["serious_cases", "fatal_cases", "injured_cases"])
def test_a_figure_of_some_opens_into_those_alone(cube, pool_of, code: str) -> None:
    pool = pool_of(enterprises=UNITS, injuries=INJURIES, headcounts=HEADCOUNTS)
    assert injuries_of(pool, cube(code, pool=pool).asked, 50).cases == cube(code, pool=pool).figure(code).value


def test_what_is_no_number_of_injuries_opens_into_no_list(cube) -> None:
    codes = ("injured_cases", "severity_index", "incidence_rate", "serious_cases")
    row = Shown(Compared(cube(*codes, "new_diseases"))).total
    assert [bool(cell.url) for cell in row.cells] == [True, False, False, True, False]


def test_a_comparison_says_when_its_headcount_moved_too_much(two_years) -> None:
    """450 or 600 a month, 500 on average, after 200: counts mislead; without a rate nobody asked for the headcount."""
    said = "平均参保人数由 200 人增至 500 人（+150.0%），变动超过 20%"
    found = two_years("injured_cases", "incidence_rate", against="last_year")
    assert said in found.moved and found.moved in Shown(found).notes
    assert two_years("injured_cases", against="last_year").moved == "" == two_years("incidence_rate", against="").moved


def test_a_share_that_was_nought_is_not_called_new(two_years) -> None:
    """Two unhurt by grave harm last year; serious and dead are half of this year's four: no 新增 50, which is for counts."""
    row = Shown(two_years("serious_share", "serious_cases", against="last_year")).total
    assert [cell.instead for cell in row.cells] == ["—", "新增 1"]


def test_measures_are_offered_as_the_trade_names_them() -> None:
    codes = [measure.code for measure in offered()]
    assert codes[:3] == ["injury_events", "injured_cases", "injured_persons"] and codes[-1] == "serious_share"
    assert codes.index("recognised_cases") < codes.index("incidence_rate") < codes.index("severity_index")


def test_rows_are_ordered_by_any_measure_or_by_name_both_ways(cube) -> None:
    """Small units: 3 cases ÷ 400 = 7.5 ‰; the large one: 1 ÷ 100 = 10 ‰. What nobody said comes last, whichever way."""
    ask = lambda order: cube("injured_cases", "incidence_rate", down="size", order=order).down  # noqa: E731 - asked six times
    assert ask("") == ask("-injured_cases") == ["small", "large"] and ask("injured_cases") == ["large", "small"]
    assert ask("-incidence_rate") == ["large", "small"] and ask("incidence_rate") == ["small", "large"]
    assert ask("label") == ["large", "small"] and ask("-label") == ["small", "large"]  # 大型 da, 小型 xiao
    by_tenure = cube("injured_cases", down="tenure", order="-label").down
    assert by_tenure == ["5", "1", ""] and cube("injured_cases", down="tenure", order="injured_cases").down[-1] == ""
    with pytest.raises(Refused):
        ask("serious_cases")


def test_a_share_carries_the_exact_interval_of_its_part(cube) -> None:
    """One of two: Clopper–Pearson 1.26 % to 98.74 %."""
    interval = cube("new_worker_share").figure("new_worker_share").interval
    assert (interval.low, interval.high) == (pytest.approx(1.258, abs=1e-3), pytest.approx(98.742, abs=1e-3))


def test_a_ranking_tells_the_places_that_chance_leaves(cube, pool_of) -> None:
    """Cases 10, 9, 1: the first two may change places, the third may not. By months there is no ranking."""
    rows = [injury(100 * unit + n, unit, date(2026, 1, 5)) for unit, many in ((1, 10), (2, 9), (3, 1)) for n in range(many)]
    found = cube("injured_cases", pool=pool_of(enterprises=UNITS, injuries=rows), down="enterprise")
    assert places(found) == {"1": "1—2", "2": "1—2", "3": "3"}
    assert places(cube("injured_cases", down="month")) == {} == places(cube("serious_share", down="size"))


def test_a_question_survives_its_address(cube) -> None:
    asked = Asked(("injury_events", "serious_rate"), FIRST_QUARTER, "town", "kind", {"section": ("C", "F"), "size": ("",)}, "reported",
                  "all", "accepted", "-serious_rate")  # fmt: skip
    said: dict[str, list[str]] = {}
    for name, text in pairs_of(asked):
        said.setdefault(name, []).append(text)
    assert asked_of(said, date(2026, 5, 1)) == asked


def test_a_question_without_a_period_is_about_the_complete_months_of_the_year() -> None:
    assert asked_of({}, date(2026, 5, 20)).period == Period(date(2026, 1, 1), date(2026, 4, 30))
    assert asked_of({}, date(2026, 1, 20)).period == Period(date(2025, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize("said", [{"from": ["2026-13"]}, {"from": ["2026-05"], "to": ["2026-04"]}])
def test_a_period_that_is_none_is_refused_with_what_to_do(said) -> None:
    with pytest.raises(Refused):
        asked_of(said, date(2026, 5, 20))


def test_one_month_may_be_measured_by_the_mean_of_two_month_ends(cube, settings):
    march = Period(date(2026, 3, 1), date(2026, 3, 31))
    assert cube("average_headcount", period=march, down="enterprise").figure("average_headcount", "2").value == 200
    settings.WUSHANG_MONTH_HEADS = "mean"
    of_march = cube("average_headcount", "injured_rate", period=march, down="enterprise")
    assert of_march.figure("average_headcount", "2").value == 125  # (50 + 200) / 2
    assert of_march.figure("average_headcount").value == 525  # (450 + 600) / 2
    by_month = cube("average_headcount", down="month")
    assert [by_month.figure("average_headcount", key).value for key in ("2026-01", "2026-02", "2026-03")] == [450, 450, 525]
    assert by_month.figure("average_headcount").value == 500  # of a quarter the three month-ends


def test_projects_have_a_denominator_of_their_own(pool_of, cube, monkeypatch):
    """Unit 3 builds: 40 and 60 people named on two projects in January, 80 in all in February; one of its injured was theirs."""
    monkeypatch.setattr(module, "filled_tables", lambda _commit: frozenset({"injuries", "headcounts", "projects"}))
    projects = [{"enterprise": 3, "month": date(2026, m, 1), "heads": n} for m, n in ((1, 40), (1, 60), (2, 80), (3, None))]
    rows = [*INJURIES, injury(9, 3, date(2026, 2, 9), employment="project")]
    pool = pool_of(enterprises=UNITS, injuries=rows, headcounts=HEADCOUNTS, projects=projects)
    both = Period(date(2026, 1, 1), date(2026, 2, 28))
    found = cube("project_cases", "project_injured_rate", "incidence_rate", pool=pool, period=both, down="enterprise")
    assert found.figure("project_cases", "3").value == 1 and found.figure("project_injured_rate", "3").over == 90
    assert found.figure("project_injured_rate", "3").value == pytest.approx(1000 / 90)
    assert found.figure("project_injured_rate", "1").value is None  # no project: no rate, never 0
    assert found.figure("incidence_rate", "3").over == 300  # the unit's own people, as before
    from wushang.analyse.measures import Ask, measures

    by_unit = pool.fetch(measures()["project_injured_rate"].value(pool, Ask(date(2026, 2, 28), span=both))).to_pylist()
    assert {row["enterprise"]: row["value"] for row in by_unit}[3] == pytest.approx(1000 / 90)
