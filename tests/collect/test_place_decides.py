"""What a place may change is read when it is used: days, shares, limits by setting; figures by the source."""

from datetime import date

import polars as pl
import pytest

from wushang.collect.checking import check_file
from wushang.collect.deeds.check_batch import check
from wushang.collect.deeds.receive_file import ReceiveFile
from wushang.collect.doubts import asks_why
from wushang.collect.known import before
from wushang.collect.models import Batch
from wushang.collect.source import load, shipped
from wushang.collect.todo import items
from wushang.people.models import Department

WRONG = "受理编号,单位名称,姓名,事故时间,申请日期\n工〔2026〕2号,乙公司,李四,2026-13-02,2026-03-09\n"
INSURED = "所属期,单位编号,单位名称,参保人数\n202603,1,甲,20\n"


@pytest.mark.django_db
def test_the_days_for_confirming_and_for_mending_are_settings(people, now, settings):
    """Received on Friday 20 March 2026."""
    batch = ReceiveFile(people.wangli.actor, now, WRONG.encode(), "a.csv", Department.objects.get(code="990100-hrss")).do()
    check(batch, now)

    def due() -> dict[str, date]:
        return {todo.stage: todo.due for todo in items(people.wangli.actor, now.date()) if todo.due and "报送：" in str(todo.name)}

    assert due() == {"待确认": date(2026, 3, 24), "待订正": date(2026, 3, 27)}
    settings.WUSHANG_CONFIRM_DAYS, settings.WUSHANG_MEND_DAYS = 1, 3
    assert due() == {"待确认": date(2026, 3, 23), "待订正": date(2026, 3, 25)}


@pytest.mark.parametrize(("share", "asked"), [(20, True), (30, False)])
def test_the_share_of_gone_rows_that_asks_for_a_reason_is_a_setting(share, asked, settings, monkeypatch):
    """Three of ten known rows are gone."""
    monkeypatch.setattr("wushang.collect.doubts.emptied", lambda batch: None)
    monkeypatch.setattr("wushang.collect.doubts._later", lambda batch: None)
    settings.WUSHANG_DOUBT_GONE = share
    batch = Batch(difference={"gone": 3, "same": 6, "changed": 1})
    assert bool(asks_why(batch, date(2026, 4, 1))) is asked


def test_from_which_figure_a_jump_counts_is_the_sources_word():
    known = pl.DataFrame({"whose": ["1|"], "since": ["2026-02"], "insured": [2]})

    def told(source) -> list[str]:
        checked = check_file(INSURED.encode(), "202603.csv", source, date(2026, 4, 15), history=lambda *_: known)
        return [remark.problem.code for remark in checked.remarks]

    source = shipped()["insurance_monthly"]
    assert told(source) == []
    assert told(load(source.text.replace("jump_from: 50", "jump_from: 20"), source.id)) == ["jump"]


@pytest.mark.django_db
@pytest.mark.parametrize(("months", "first"), [("", "2025-12"), ("known_months: 1\n", "2026-02")])
def test_how_far_back_figures_are_compared_is_the_sources_word(months, first, monkeypatch):
    asked = {}

    class Facts:
        def current(self):
            return self

        def filter(self, **said):
            asked.update(said)
            return self

        def of_periods(self, periods):
            asked["first"] = min(periods)
            return self

        def order_by(self, *_):
            return self

        def values_list(self, *_):
            return self

        def iterator(self, **_):
            return iter([])

    source = shipped()["insurance_monthly"]
    changed = load(source.text + "\n" + months, source.id)
    monkeypatch.setattr("wushang.pool.models.Headcount.objects", Facts())
    assert before(changed, "990100-agency", date(2026, 3, 1)).is_empty()
    assert asked["first"] == first
