from datetime import date

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wushang.collect.checking import check_file
from wushang.collect.checks.accident_grade import grade_by_figures
from wushang.collect.source import shipped
from wushang.terms import codes

HEADER = "事故编号,发生时间,事故单位,等级,死亡,重伤,直接经济损失（万元）\n"
ROWS = "1,2026-03-01,甲,一般,2,9,999.99\n2,2026-03-01,甲,一般,3,0,10\n3,2026-03-01,甲,,3,0,10\n4,2026-03-01,甲,较大,0,0,1000\n5,2026-03-01,甲,一般,,,\n6,2026-03-01,甲,较大,30,,\n"


def test_a_grade_that_the_figures_do_not_make_is_remarked_and_taken():
    checked = check_file((HEADER + ROWS).encode(), "事故.csv", shipped()["safety_accidents"], date(2026, 5, 1))
    assert [(r.row, r.problem.why) for r in checked.remarks if r.problem.code == "accident_grade"] == [
        (3, "按死亡、重伤、直接经济损失应为较大事故"), (7, "按死亡、重伤、直接经济损失应为特别重大事故"),
    ]  # fmt: skip
    assert checked.accepted.height == 6


FIGURE = st.one_of(st.none(), st.integers(0, 120))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine draws slowly
@given(st.lists(st.tuples(FIGURE, FIGURE, st.one_of(st.none(), st.integers(0, 12).map(lambda n: n * 1_000_000_000))), min_size=1, max_size=30))
def test_column_by_column_it_is_what_the_decree_says_of_each_accident(rows):
    frame = pl.DataFrame(rows, schema={"dead": pl.Int64, "serious": pl.Int64, "loss": pl.Int64}, orient="row")
    said = [codes.grade_of(*(figure or 0 for figure in row)).code for row in rows]
    assert frame.select(grade_by_figures().alias("ours"))["ours"].to_list() == said
