"""一企一档: 事故分布, 前后对比 and 与同行业、同规模比, with figures counted by hand."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.utils.html import strip_tags

from wushang.pool import snapshot
from wushang.pool.models import Headcount, Injury, InjuryVersion
from wushang.terms.period import add_months


def hurt(town, at: int, *rows: dict) -> None:
    """Injuries as one delivery, an accident each unless told."""
    told = {"employer_id": at, "status": "recognised", "at_work": True, "severity": "minor", "kind": "03", "region": "990100001",
            "industry": "C3382"}  # fmt: skip
    made = [Injury.objects.create(created=town.now).pk for _row in rows]
    town.land(InjuryVersion, *[told | {"injury_id": pk, "event": f"n{pk}"} | row for pk, row in zip(made, rows, strict=True)])


def staff(town, at: int, first: date, *insured: int) -> None:
    """So many insured in this month and those that follow."""
    months = [(add_months(first, n), people) for n, people in enumerate(insured)]
    town.land(Headcount, *[
        {"source": "insurance_monthly", "sender": "990100-agency", "key": f"{month}|{at}", "digest": "d", "enterprise_id": at,
         "month": month, "insured": people, "region": "990100001", "industry": "C3382"} for month, people in months
    ])  # fmt: skip


def text(answer) -> str:
    return " ".join(unescape(strip_tags(answer.content.decode())).split())


def spread(answer, title: str, columns: slice = slice(4)) -> list[list[str]]:
    table = next((one for one in answer.context["spread"]["tables"] if str(one["label"]) == title), {"rows": []})
    return [[cell["text"] if isinstance(cell, dict) else cell for cell in row][columns] for row in table["rows"]]


S013 = {"金工车间": 70, "焊接车间": 29, "抛光车间": 12, "注塑车间": 11, "喷涂车间": 10, "包装车间": 9, "仓库": 8, "食堂": 5}


def test_two_workshops_have_the_shares_of_the_report_and_the_others_close_the_hundred(town, visit):
    """S0.13: 70 and 29 of 154 are 45.45 % and 18.83 %; 7.79, 7.14 and 6.49 follow; 22 others close from 85.70."""
    hurt(town, town.cup, *[{"workshop": name, "occurred": date(2025, 6, 2)} for name, n in S013.items() for _n in range(n)])
    page = visit("wangli", f"/enterprises/{town.cup}/")
    assert spread(page, "车间") == [
        ["金工车间", "70", "45.45", "45.45"], ["焊接车间", "29", "18.83", "64.28"], ["抛光车间", "12", "7.79", "72.07"],
        ["注塑车间", "11", "7.14", "79.21"], ["喷涂车间", "10", "6.49", "85.70"], ["其他", "22", "14.30", "100.00"],
    ]  # fmt: skip
    assert spread(page, "车间", slice(4, 6))[:3] == [["37.42～53.67", "1"], ["12.99～25.91", "2"], ["4.09～13.22", "3—8"]]  # 12 and 5: 2 × P(12 or more of 17) = 0.14
    assert "45.45" in page.content.decode() and "18.83" in page.content.decode()
    addresses = re.findall(r'href="(/enterprises/\d+/accidents/[^"]+)"[^>]*>(\d+)<', page.content.decode())
    assert len(addresses) == 6 and "没有报送工龄、工种，无从分布。" in text(page)
    for address, cases in addresses:
        assert visit("wangli", unescape(address)).context["found"]["counts"] == f"{cases} 起，{cases} 人次"


def test_tenure_goes_by_the_bands_of_the_cube_and_only_three_years_back(town, visit):
    hurt(
        town, town.cup, *[{"tenure_days": n, "occurred": date(2026, 1, 5)} for n in (29, 30, 89, 3650, None)],
        {"tenure_days": 1, "occurred": date(2023, 3, 20)}, {"tenure_days": 1, "occurred": date(2026, 1, 5), "at_work": False},
    )  # fmt: skip
    page = visit("wangli", f"/enterprises/{town.cup}/")
    assert [row[:2] for row in spread(page, "工龄")] == [["1—3个月", "2"], ["10年及以上", "1"], ["不满1个月", "1"], ["不详", "1"]]
    assert [row[:2] for row in spread(visit("wangli", f"/enterprises/{town.cup}/?months=60"), "工龄")][0] == ["1—3个月", "2"]
    assert ["不满1个月", "2"] in [row[:2] for row in spread(visit("wangli", f"/enterprises/{town.cup}/?months=60"), "工龄")]
    told = [row[-2] for row in page.context["tables"][0]["table"]["rows"]]  # of every accident, the newest first
    assert told == ["不满1个月", "—", "10年及以上", "1—3个月", "1—3个月", "不满1个月", "不满1个月"]


def test_equal_groups_have_equal_shares_and_all_of_them_are_a_hundred(town, visit):
    hurt(town, town.cup, *[{"workshop": name, "occurred": date(2026, 1, 5)} for name in ("一车间", "二车间", "三车间")])
    page = visit("wangli", f"/enterprises/{town.cup}/")
    assert [row[2:] for row in spread(page, "车间")] == [["33.33", "33.33"], ["33.33", "66.66"], ["33.33", "100.00"]]


def test_posts_and_people_are_for_case_analysis_alone(town, visit):
    hurt(town, town.cup, {"post": "冲床工", "part": "手指", "workshop": "金工车间", "occurred": date(2026, 1, 5)})
    days = "from=2026-01-01&to=2026-03-01"
    post, shop = (f"/enterprises/{town.cup}/accidents/?by={by}&part=named&name={name}&{days}" for by, name in (("post", "冲床工"), ("workshop", "金工车间")))
    assert spread(visit("wangli", f"/enterprises/{town.cup}/"), "工种") == [["冲床工", "1", "100.00", "100.00"]]
    assert "冲床工" in text(visit("wangli", post)) and "手指" in text(visit("wangli", shop))
    page = visit("zhanghaiyan", f"/enterprises/{town.cup}/")
    assert spread(page, "工种") == [] and "工种分布只供案例分析，您的岗位不列。" in text(page)
    assert visit("zhanghaiyan", post).status_code == 404
    listed = text(visit("zhanghaiyan", shop))
    assert "1 起，1 人次" in listed and "手指" not in listed and "冲床工" not in listed


@pytest.mark.parametrize("asked", ["", "by=workshop&part=rest", "by=grade&part=rest&from=2026-01-01&to=2026-02-01",
                                   "by=workshop&part=x&from=2026-01-01&to=2026-02-01", "by=workshop&part=rest&from=2026-02-01&to=2026-01-01"])  # fmt: skip
def test_what_is_no_row_is_no_page(town, visit, asked):
    assert visit("wangli", f"/enterprises/{town.cup}/accidents/?{asked}").status_code == 404


def test_who_belongs_elsewhere_opens_none_of_them(town, visit):
    for page in ("before-after/?since=2025-03-01", "accidents/?by=workshop&part=rest&from=2026-01-01&to=2026-02-01"):
        assert visit("linwai", f"/enterprises/{town.cup}/{page}").status_code == 404


def seven_to_one(town, workshop: str = "金工车间") -> None:
    """S0.16: seven accidents from March 2024 to February 2025, one in the twelve months after."""
    before = [{"occurred": add_months(date(2024, 3, 5), n), "workshop": workshop} for n in range(7)]
    hurt(town, town.cup, *before, {"occurred": date(2025, 8, 9), "workshop": workshop})


def test_seven_to_one_is_no_proof(town, visit):
    seven_to_one(town)
    staff(town, town.cup, date(2024, 3, 1), *[100] * 24)
    page = visit("wangli", f"/enterprises/{town.cup}/before-after/?since=2025-03-01")
    assert page.context["shown"]["sentence"] == "前 12 个月 7 起，后 12 个月 1 起，下降 85.7%；p＝0.07，属正常波动范围内，不能说明措施见效。"
    assert page.context["shown"]["heads"] == "平均参保人数前 100 人、后 100 人，持平；按同样人数折算，事故下降 85.7%。"
    assert "双侧 p＝0.0703，mid-p＝0.0391" in text(page) and "95% 精确区间 0.003～1.11" in text(page)
    assert page.context["shown"]["cautions"] == ["最近一个月申报期未满，数字可能增加。"]


def test_half_as_many_people_have_half_as_many_accidents(town, visit):
    """8 of 100 people and 4 of 50 are the same rate: nothing has fallen but the headcount."""
    hurt(town, town.cup, *[{"occurred": add_months(date(2024, 3, 5), n)} for n in (*range(8), 12, 13, 14, 15)])
    staff(town, town.cup, date(2024, 3, 1), *[100] * 12, *[50] * 12)
    shown = visit("wangli", f"/enterprises/{town.cup}/before-after/?since=2025-03-01").context["shown"]
    assert shown["sentence"] == "前 12 个月 8 起，后 12 个月 4 起，下降 50.0%；p＝1，属正常波动范围内，不能说明措施见效。"
    assert shown["heads"] == "平均参保人数前 100 人、后 50 人，下降 50.0%；按同样人数折算，事故持平。"
    assert shown["cautions"][0] == "人数变动超过 20%，起数的升降不能单独看，要看按人数折算的。"
    assert [row[4] for row in shown["table"]["rows"]] == ["8.00", "8.00"]  # of a hundred people in a year


def test_one_workshop_and_days_that_are_not_over(town, visit):
    """From 10 November 2025: that month is left out, December to February are over; September and October 2024 lie outside."""
    seven_to_one(town)
    hurt(town, town.cup, {"occurred": date(2025, 12, 1), "workshop": "焊接车间"}, {"occurred": date(2025, 11, 30), "workshop": "焊接车间"},
         {"occurred": date(2025, 12, 2), "workshop": "焊接车间", "at_work": False})  # fmt: skip
    url = f"/enterprises/{town.cup}/before-after/?since=2025-11-10"
    page = visit("wangli", f"{url}&workshop=焊接车间")
    assert page.context["shown"]["sentence"] == "前 3 个月 0 起，后 3 个月 1 起；没有参保人数，不能按人数折算，看不出风险有没有变化。"
    assert "前后不满整年" in text(page) and "前后都按已满的 3 个月比" in text(page) and "车间没有单独的参保人数" in text(page)
    assert visit("wangli", url).context["shown"]["sentence"].startswith("前 3 个月 1 起，后 3 个月 1 起，持平；")
    counts = re.findall(r'href="([^"]+)" title="看名单">(\d+)<', page.content.decode())
    assert [n for _url, n in counts] == ["0", "1"] and "1 起，1 人次" in text(visit("wangli", unescape(counts[1][0])))


def test_nothing_is_compared_before_a_day_is_chosen_or_a_month_is_over(town, visit):
    page = f"/enterprises/{town.cup}/before-after/"
    assert "还没有选日期。" in text(visit("wangli", page)) and "还没有选日期。" in text(visit("wangli", f"{page}?since=x&months=999&workshop=x"))
    assert "还没有满一个月" in text(visit("wangli", f"{page}?since=2026-02-20"))


def test_the_few_are_told_to_be_few(town, visit):
    """Two accidents in all: not even both on one side would be unusual."""
    hurt(town, town.cup, {"occurred": date(2024, 5, 5)}, {"occurred": date(2024, 6, 5)})
    staff(town, town.cup, date(2024, 3, 1), *[100] * 24)
    shown = visit("wangli", f"/enterprises/{town.cup}/before-after/?since=2025-03-01").context["shown"]
    assert shown["sentence"] == "前 12 个月 2 起，后 12 个月 0 起，下降 100.0%；p＝0.5，数据太少，再大的差别也可能是偶然，不能说明措施有没有用。"


@pytest.fixture
def alike(town) -> list[int]:
    """Six cup works of 100 people for three years, as many as 恒岳杯业 has: six accidents in all, 18 people-centuries: 3.33 ‰."""
    made = [town.unit(f"杯业{n}厂", "990100001", "C3382") for n in range(6)]
    for unit in (*made, town.cup):
        staff(town, unit, date(2023, 3, 1), *[100] * 36)
    for unit in made:
        hurt(town, unit, {"occurred": date(2025, 1, 5)})
    return made


@pytest.mark.parametrize(("cases", "word"), [(0, "相当"), (2, "相当"), (8, "明显偏高")])
def test_a_unit_beside_those_alike(town, visit, alike, cases, word):
    """One is expected of it: eight are more than chance gives, two and none are not."""
    hurt(town, town.cup, *[{"occurred": date(2025, 5, n + 1)} for n in range(cases)])
    snapshot.build(town.now)
    page = visit("wangli", f"/enterprises/{town.cup}/")
    told = page.context["beside"]
    assert told["word"] == word
    rate = {0: "0.00", 2: "6.67", 8: "26.67"}[cases]
    assert told["sentence"].startswith(
        f"本单位受伤 {cases} 人次，年均发生率 {rate}‰；同行业、参保 50～200 人的 6 家单位合计 3.33‰。照同类单位的水平约为 1.0 人次，"
    )
    assert "2023年3月—2026年2月" in text(page) and "漏斗图" in text(page)


def test_too_small_or_alone_no_unit_is_compared(town, visit, alike):
    small = [town.unit(f"小杯{n}厂", "990100001", "C3382") for n in range(6)]
    for unit in small:
        staff(town, unit, date(2023, 3, 1), *[20] * 36)
    hurt(town, small[1], {"occurred": date(2025, 1, 5)})
    snapshot.build(town.now)
    assert visit("wangli", f"/enterprises/{small[0]}/").context["beside"]["word"] == "数据太少"  # a fifth of a case is expected
    assert visit("wangli", f"/enterprises/{town.door}/").context["beside"]["empty"] == "没有参保人数，不能与同类单位比较。"
    assert "不与同类单位比较" in visit("wangli", f"/enterprises/{town.cup}/?known=1").context["beside"]["empty"]
