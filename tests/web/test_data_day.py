"""数据截至: one definition on 今日待办, 会商一页, the wall and in 交叉分析; one entry by hand does not move it."""

from __future__ import annotations

from datetime import date

import pytest

from wushang.analyse.data_day import data_day
from wushang.people.access import scope_of
from wushang.pool import reading, reckoned, snapshot
from wushang.pool.models import Report
from wushang.pool.models.clock import latest
from wushang.warn import facts
from wushang.web.desk.data_day import data_to
from wushang.web.meeting.asked import asked
from wushang.web.meeting.figures import Figures

pytestmark = pytest.mark.django_db(transaction=True)


def shown(who: str, people) -> dict[str, date | None]:
    pool = reading.open(scope_of(getattr(people, who), date(2026, 3, 20)))
    page = Figures(pool, asked({}, date(2026, 3, 20)), {})
    return {"desk": data_to(), "meeting": page.data_to, "cube": data_day(pool), "letter": facts.known_to("990100", latest())}


def test_the_day_is_that_of_the_files_for_everybody_and_on_every_page(town, people, now):
    town.spring()
    made = town.injure(date(2026, 3, 20))
    Report.objects.filter(injury=made).update(source="hand_entry")
    snapshot.build(now)
    files_end = date(2026, 2, 25)
    for who in ("shenzhiyuan", "wangli", "zhanghaiyan"):
        assert set(shown(who, people).values()) == {files_end}
    Report.objects.filter(injury=made).update(source="injury_recognition")
    reckoned.forget()  # the ledger moved without a commit
    assert set(shown("wangli", people).values()) == {date(2026, 3, 20)}
