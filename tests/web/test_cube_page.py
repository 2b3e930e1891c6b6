"""交叉分析: the page, its lists, its workbook, its API operation and its command say the same figures of web/town.py."""

from __future__ import annotations

import json
import re
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from python_calamine import CalamineWorkbook
from workbook import read

from wushang.people.models import AuditEntry
from wushang.pool import snapshot
from wushang.pool.models.clock import latest

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
QUESTION = "down=town&measure=injury_events&measure=incidence_rate&from=2026-01&to=2026-02&basis=reported&scope=all"


@pytest.fixture
def get(town, people):
    town.spring()

    def go(who: str, path: str):
        client = Client()
        client.force_login(getattr(people, who), backend=BACKEND)
        return client.get(path)

    return go


def figures(page: str) -> dict[str, str]:
    """First cell's text of each row."""
    page = page[page.index("<tbody>") :]
    rows = re.findall(r"<tr[^>]*><th>(.*?)</th>\s*<td class=\"num\"[^>]*>(.*?)</td>", page, re.S)
    return {re.sub("<.*?>", "", name).strip(): re.sub("<.*?>", "", text).strip() for name, text in rows}


def test_page_api_command_and_workbook_agree(get) -> None:
    page = figures(get("shenzhiyuan", f"/analyse/cube/?{QUESTION}").content.decode())
    assert page["合计"] == "3" and page["东城街道"] == "2" and page["石塘镇"] == "1"
    told = get("shenzhiyuan", f"/api/cube?{QUESTION}").json()
    assert {row["label"]: f"{row['figures']['injury_events']['value']:.0f}" for row in told["rows"]} == {
        name: text for name, text in page.items() if name != "合计"
    }
    out = StringIO()
    call_command("cube", "--down", "town", "--from", "2026-01", "--to", "2026-02", "--basis", "reported", "--scope", "all",
                 "--json", stdout=out)  # fmt: skip
    assert json.loads(out.getvalue())["rows"] == told["rows"]
    sheet = read(get("shenzhiyuan", f"/analyse/cube.xlsx?{QUESTION}").content)
    assert {row[0].replace("全部", "合计"): row[1] for row in sheet.rows} == page


def test_page_api_command_and_workbook_are_ordered_alike(get) -> None:
    """By name, backwards: 石塘镇 (shi) before 东城街道 (dong); the head of the page says so and turns it round."""
    question = f"{QUESTION}&order=-label"
    page = get("shenzhiyuan", f"/analyse/cube/?{question}").content.decode()
    named = [name for name in figures(page) if name != "合计"]
    assert named == ["石塘镇", "东城街道"] and 'aria-sort="descending"' in page and "order=label" in page
    told = get("shenzhiyuan", f"/api/cube?{question}").json()
    assert [row["label"] for row in told["rows"]] == named == [row[0] for row in read(get("shenzhiyuan", f"/analyse/cube.xlsx?{question}").content).rows][1:]
    out = StringIO()
    call_command("cube", "--down", "town", "--from", "2026-01", "--to", "2026-02", "--basis", "reported", "--scope", "all",
                 "--order=-label", "--json", stdout=out)  # fmt: skip
    assert json.loads(out.getvalue())["rows"] == told["rows"]


def test_the_workbook_has_a_sheet_to_reckon_on_with_and_one_that_says_what_it_is(get) -> None:
    """数据: heads in the first line, a figure a line, no total; a rate with its cases, workers and interval, as the API tells them."""
    content = get("shenzhiyuan", f"/analyse/cube.xlsx?{QUESTION}&across=month&only_section=C&against=last_year").content
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    table, data, notes = (book.get_sheet_by_index(place).to_python() for place in range(3))
    assert data[0] == ["镇（街道、区）", "月", "指标", "单位", "数值", "分子", "分母", "区间下限", "区间上限", "对比值", "增减%"]
    told = get("shenzhiyuan", f"/api/cube?{QUESTION}&across=month&only=section=C").json()
    cells = [cell for row in told["rows"] for cell in row["cells"]]
    assert len(data) - 1 == 2 * len(cells) and "合计" not in {line[0] for line in data}
    rate, line = cells[0]["incidence_rate"], next(line for line in data if line[2] == "工伤事故发生率")
    assert line[4:9] == [pytest.approx(n) for n in (rate["value"], rate["count"], rate["over"], *rate["interval"])]
    said = {line[0]: line[1] for line in notes}
    assert said["只看"] == "行业门类：制造业" and said["数据版本"] == f"{latest()}" and said["数据截至"] and "Clopper" in said["区间"]
    assert len(table[0]) and not any("统计" in f"{cell}" for line in table[4:] for cell in line)


def test_api_and_command_compare_as_the_page_does(get) -> None:
    """3 accidents after 2, 4 hurt after 2 among 150 both times; beside the whole place; a word that is none is refused."""
    told = get("shenzhiyuan", f"/api/cube?{QUESTION}&against=last_year").json()
    assert (told["against"], told["before"], told["lacking"], told["moved"]) == ("last_year", {"from": "2025-01-01", "to": "2025-02-28"}, [], "")
    events = told["total"]["injury_events"]
    assert (events["value"], events["before"], events["change"]) == (3, 2, 50.0) and told["total"]["incidence_rate"]["word"] == "正常波动"
    out = StringIO()
    asked = ["--down", "town", "--from", "2026-01", "--to", "2026-02", "--basis", "reported", "--scope", "all", "--against", "last_year"]
    call_command("cube", *asked, "--json", stdout=out)
    assert json.loads(out.getvalue())["rows"] == told["rows"]
    call_command("cube", *asked, stdout=out)
    assert "3.00（+50.0%）" in out.getvalue()
    beside = get("zhanghaiyan", f"/api/cube?{QUESTION}&against=city").json()["rows"][0]["figures"]["incidence_rate"]
    assert beside["value"] == pytest.approx(30) and beside["before"] is None  # of two units one could be told
    assert "against" not in get("shenzhiyuan", f"/api/cube?{QUESTION}").json()["total"] and get("shenzhiyuan", f"/api/cube?{QUESTION}&against=x").status_code == 422


def test_months_that_never_came_are_named_and_nothing_is_compared_with_them(get) -> None:
    """March 2025 was never delivered, nor was March 2026."""
    question = QUESTION.replace("to=2026-02", "to=2026-03")
    page = get("shenzhiyuan", f"/analyse/cube/?{question}").content.decode()
    assert "2025年3月、2026年3月没有报来数据，不作比较" in page and "上升" not in page[page.index("<tbody>") :]
    told = get("shenzhiyuan", f"/analyse/cube/change/?{question}&against=last_year").content.decode()
    assert "2025年3月、2026年3月没有报来工伤数据" in told and "<table" not in told


def test_a_question_is_kept_to_what_is_ticked(get) -> None:
    """Of the four injured one died: its tick says 1, and with it only that one is counted. Who may not come close to persons gets no ticks
    of theirs."""
    page = get("shenzhiyuan", f"/analyse/cube/?{QUESTION}&choose=severity").content.decode()
    ticks = re.findall(r'<input type="checkbox" name="only_severity" value="(\w+)"( checked)?> (\S+?)<span class="unit">（(\d+)）', page)
    assert {tick[1:] for tick in ticks} == {("", "轻伤", "2"), ("", "重伤", "1"), ("", "死亡", "1")}
    kept = get("shenzhiyuan", f"/analyse/cube/?{QUESTION}&choose=severity&only_severity=fatal").content.decode()
    assert figures(kept)["合计"] == "1" and 'value="fatal" checked' in kept and 'type="hidden" name="only_severity"' not in kept
    assert "您的岗位不能按它看" in get("zhanghaiyan", f"/analyse/cube/?{QUESTION}&choose=grade").content.decode()


def test_taking_the_workbook_away_is_written_down(get) -> None:
    get("shenzhiyuan", f"/analyse/cube.xlsx?{QUESTION}")
    assert AuditEntry.objects.filter(verb="analyse.export").exists()


def test_a_number_opens_into_its_list_and_a_name_into_the_next_level(get) -> None:
    page = get("shenzhiyuan", f"/analyse/cube/?{QUESTION}").content.decode()
    listed = re.search(r'href="(/analyse/cube/injuries/\?[^"]*only_town=[^"]*)"', page)[1].replace("&amp;", "&")
    assert "2 起，3 人次" in get("shenzhiyuan", listed).content.decode()
    deeper = re.search(r'<th><a href="([^"]*)">东城街道', page)[1].replace("&amp;", "&")
    assert figures(get("shenzhiyuan", deeper).content.decode())["合计"] == "2"


def test_who_sees_one_township_gets_that_township_s_figures(get) -> None:
    page = get("zhanghaiyan", f"/analyse/cube/?{QUESTION}").content.decode()
    assert figures(page) == {"合计": "2", "东城街道": "2"}


def test_a_question_that_cannot_be_asked_is_told_on_the_page(get) -> None:
    answer = get("shenzhiyuan", "/analyse/cube/?down=colour")
    assert answer.status_code == 422 and "没有“colour”" in answer.content.decode()


def test_a_change_tells_where_it_comes_from(get) -> None:
    """3 claims of 4 persons against 2 of the spring before, by as many workers: all of it is the rate, in strata of one unit."""
    told = get("shenzhiyuan", f"/analyse/cube/change/?{QUESTION}&against=last_year").content.decode()
    assert "平均参保人数持平" in told
    parts = dict(re.findall(r"<tr><th>([^<]*)</th><td class=\"num\">([^<]*)</td>", told))
    assert float(parts["参保人数增减"]) == float(parts["行业和规模构成变化"]) == 0
    assert float(parts["发生率变化"]) == 2
    assert "入职时间" not in told  # nobody's is known


def test_a_change_is_told_by_tenure_as_the_make_up_of_the_cases_alone(town, get) -> None:
    """The 4 of now and 2 of then of unknown tenure, one of 20 days and one of 400 now: the bands add up to the change of 4."""
    town.injure(date(2026, 2, 16), tenure_days=20)
    town.injure(date(2026, 2, 17), tenure_days=400)
    snapshot.build(town.now)
    told = get("shenzhiyuan", f"/analyse/cube/change/?{QUESTION}&against=last_year").content.decode()
    rows = [[cell.strip() for cell in row] for row in re.findall(r"<tr><th>([^<]*)</th>" + r"<td class=\"num\">([^<]*)</td>" * 3, told)]
    assert rows == [["不满1个月", "0", "1", "+1"], ["1—3年", "0", "1", "+1"], ["不详", "2", "4", "+2"]]
    assert "不是发生率" in told


def test_as_known_then_the_figures_the_list_and_its_sources_are_of_that_version(town, get) -> None:
    """The three accidents of 1—2月, and one more that became known later: 4 now, 3 by the version before."""
    before = latest()
    town.injure(date(2026, 2, 16))
    snapshot.build(town.now)
    assert figures(get("wangli", f"/analyse/cube/?{QUESTION}").content.decode())["合计"] == "4"
    page = get("wangli", f"/analyse/cube/?{QUESTION}&known={before}").content.decode()
    assert figures(page)["合计"] == "3" and f"按第 {before} 号数据版本所知" in page and 'name="known_on"' in page
    led_on = [link for link in re.findall(r'href="(/analyse/cube[^"]*\?[^"]*)"', page) if "known_on" not in link]
    assert led_on and all(f"known={before}" in link for link in led_on if "看现在" not in link)
    listed = next(link for link in led_on if "/injuries/" in link and "only_town=990100001" in link).replace("&amp;", "&")
    rows = get("wangli", listed).content.decode()
    assert "2 起，3 人次" in rows and rows.count(f"/?known={before}\">看来源") == 3
    source = re.search(r'href="([^"]*)">看来源', rows)[1]
    assert get("wangli", source).status_code == 200


def test_a_page_number_that_is_none_is_the_first(get) -> None:
    assert get("wangli", f"/analyse/cube/injuries/?{QUESTION}&page=x").status_code == 200


def test_who_may_not_see_units_gets_the_list_without_ways_to_them(get) -> None:
    rows = get("shenzhiyuan", f"/analyse/cube/injuries/?{QUESTION}").content.decode()
    assert ("看来源" in rows) is ("/enterprises/" in rows)
