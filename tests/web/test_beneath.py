"""下降里有没有少报: beside every fall that a page claims, and nowhere else."""

from datetime import date, timedelta

from django.utils import timezone
from web.test_desk import batch

from wushang.collect.models import Batch
from wushang.pool import snapshot
from wushang.pool.models import Headcount
from wushang.rectify.models import Case
from wushang.web.meeting import beneath
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


def told(context) -> tuple:
    sentences = ["".join(part["t"] for part in line) for line in context["sentences"]]
    return sentences, context["method"], context["last_meeting"], context["footing"][:4]


def test_a_sealed_print_says_what_the_page_said_when_it_was_sealed_and_says_it_for_ever(town, people, visit, monkeypatch):
    town.spring()
    for n in range(4):
        town.injure(date(2025, 1, 21 + n))
    given = town.case(town.cup, date(2026, 3, 1))
    snapshot.build(town.now)
    visit("shenzhiyuan", "/meeting/print/", {})
    monkeypatch.setattr(timezone, "now", lambda: town.now + timedelta(days=1))
    page = told(visit("shenzhiyuan", "/meeting/").context)
    assert len(page[0]) == 3 and page[2]["done"] == 0
    sealed = visit("shenzhiyuan", "/meeting/print/", {}).url
    assert told(visit("shenzhiyuan", sealed).context) == page
    Case.objects.filter(pk=given.pk).update(state="closed_ok")
    monkeypatch.setattr(beneath, "lines", lambda _content: [{"said": "今天另有所见。", "odd": True}])
    now = told(visit("shenzhiyuan", "/meeting/").context)
    assert now[2]["done"] == 1 and "今天另有所见。" in now[0][2]
    assert told(visit("shenzhiyuan", sealed).context) == page


def test_a_print_tells_its_leads_to_those_alone_who_may_see_leads(town, people, visit, monkeypatch):
    town.spring()
    for n in range(4):
        town.injure(date(2025, 1, 21 + n))
    snapshot.build(town.now)
    seen = [{"said": "轻伤少了。", "odd": True}, {"said": "疑似未申报 7 起。", "odd": True, "lead": True}]
    monkeypatch.setattr(beneath, "lines", lambda _content: seen)
    sealed = visit("lijianguo", "/meeting/print/", {}).url
    assert told(visit("lijianguo", sealed).context)[0][2].endswith("轻伤少了。疑似未申报 7 起。")
    others = visit("shenzhiyuan", sealed)
    assert told(others.context)[0][2].endswith("轻伤少了。") and "疑似未申报" not in others.content.decode()


def test_before_and_after_says_it_of_one_unit_where_it_fell(town, visit):
    hurt(town, [date(2024, 6, 4 + n) for n in range(9)], "minor")
    hurt(town, [date(2024, 7, 4)], "serious")
    hurt(town, [date(2025, 5, 4 + n) for n in range(5)], "serious")
    page = visit("wangli", f"/enterprises/{town.cup}/before-after/?since=2025-03-01").content.decode()
    assert "下降里有没有少报" in page and "轻伤占比由 90% 变为 0%，重伤和死亡 1 → 5 人次" in page and "像是轻伤没有报" in page and "请核实" in page
    hurt(town, [date(2025, 8, 4 + n) for n in range(9)], "minor")
    assert "下降里有没有少报" not in visit("wangli", f"/enterprises/{town.cup}/before-after/?since=2025-03-01").content.decode()


def test_a_clear_fall_of_the_cube_says_what_may_lie_beneath_it(town, visit):
    """东城: 20 slight and a grave one in the first half of 2024, 6 grave ones a year later, by as many workers."""
    hurt(town, [date(2024, 1, 4 + n) for n in range(20)], "minor")
    hurt(town, [date(2024, 2, 4)], "serious")
    hurt(town, [*(date(2025, 3, 4 + n) for n in range(6)), date(2025, 12, 1)], "serious")
    town.land(Headcount, *[
        {"source": "insurance_monthly", "sender": "990100-agency", "key": f"{year}-{month}", "digest": "d", "enterprise_id": town.cup,
         "month": date(year, month, 1), "insured": 100, "region": "990100001", "industry": "C3382"} for year in (2024, 2025) for month in range(1, 7)
        if (year, month) > (2025, 2) or year == 2024
    ])  # fmt: skip
    batch(town, Batch.LANDED, start=date(2024, 1, 1), end=date(2025, 12, 31))  # months without an accident came too
    snapshot.build(town.now)
    question = "down=town&measure=incidence_rate&from=2025-01&to=2025-06&scope=all&against=last_year"
    page = visit("wangli", f"/analyse/cube/?{question}").content.decode()
    assert "明显下降" in page and "/analyse/cube/beneath/?" in page
    told = visit("wangli", f"/analyse/cube/beneath/?{question}").content.decode()
    assert "<b>合计</b>" in told and "<b>东城街道</b>" in told and "轻伤占比由" in told and "像是轻伤没有报" in told and "请核实" in told
    calm = question.replace("2025-01&to=2025-06", "2025-07&to=2025-08")
    assert "beneath" not in visit("wangli", f"/analyse/cube/?{calm}").content.decode()
    assert "少报" not in visit("wangli", f"/analyse/cube/beneath/?{calm}").content.decode()


def hurt(town, days: list[date], severity: str) -> None:
    for day in days:
        town.injure(day, severity=severity)
