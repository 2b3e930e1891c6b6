"""下降里有没有少报: beside every fall that a page claims, and nowhere else."""

from datetime import date

from wushang.pool import snapshot
from wushang.web.meeting.asked import asked
from wushang.web.meeting.content import Content
from wushang.web.meeting.reading import pool_of

TODAY = date(2026, 3, 20)


def lines(people) -> list[str]:
    scope = people.shenzhiyuan.actor.scope
    shown = Content(pool_of(scope), asked({}, TODAY), scope, TODAY)
    return ["".join(part["t"] for part in line) for line in shown.sentences()]


def test_the_meeting_page_says_what_lies_beneath_a_fall_and_nothing_beside_a_rise(town, people, visit):
    assert len(lines(town.spring().people)) == 2, "a rise"
    for n in range(4):
        town.injure(date(2025, 1, 21 + n))
    snapshot.build(town.now)
    assert lines(people)[2] == "少报核对（近一年与再前一年）：没有看出少报。"
    assert "轻伤、重伤的件数太少，看不出轻伤是不是少报了" in visit("shenzhiyuan", "/meeting/").content.decode()
    assert "少报核对" not in visit("shenzhiyuan", "/wall/").content.decode(), "the wall keeps its two lines"


def test_before_and_after_says_it_of_one_unit_where_it_fell(town, visit):
    hurt(town, [date(2024, 6, 4 + n) for n in range(9)], "minor")
    hurt(town, [date(2024, 7, 4)], "serious")
    hurt(town, [date(2025, 5, 4 + n) for n in range(5)], "serious")
    page = visit("wangli", f"/enterprises/{town.cup}/before-after/?since=2025-03-01").content.decode()
    assert "下降里有没有少报" in page and "轻伤占比由 90% 变为 0%，重伤和死亡 1 → 5 人次" in page and "像是轻伤没有报" in page and "请核实" in page
    hurt(town, [date(2025, 8, 4 + n) for n in range(9)], "minor")
    assert "下降里有没有少报" not in visit("wangli", f"/enterprises/{town.cup}/before-after/?since=2025-03-01").content.decode()


def hurt(town, days: list[date], severity: str) -> None:
    for day in days:
        town.injure(day, severity=severity)
