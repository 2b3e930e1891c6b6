"""会商一页: its figures are those counted by hand in web/town.py, add up, open to lists of as many rows, and agree everywhere."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from docx import Document
from workbook import read

from wushang.analyse.models import Print
from wushang.collect.deeds.check_batch import check
from wushang.collect.deeds.receive_file import ReceiveFile
from wushang.people.models import AuditEntry, Department
from wushang.people.scope import Scope
from wushang.pool import snapshot
from wushang.pool.models import Headcount, InjuryVersion
from wushang.web.meeting.asked import asked
from wushang.web.meeting.content import Content
from wushang.web.meeting.drill import Drill
from wushang.web.meeting.listing import rows
from wushang.web.meeting.prints import changes
from wushang.web.meeting.reading import pool_of

TODAY = date(2026, 3, 20)
MAYOR = "shenzhiyuan"


def content(people, **said: str) -> Content:
    scope = people.shenzhiyuan.actor.scope
    return Content(pool_of(scope), asked(said, TODAY), scope, TODAY)


def said(content: Content) -> str:
    return "".join(part["t"] for line in content.sentences() for part in line)


def test_the_sentence_says_what_happened_and_how_sure(town, people):
    assert said(content(town.spring().people)) == (
        "2026年1—2月全市接报工伤事故 3 起（按申报日），比上年同期上升 50.0%（数据太少），同期参保人数持平。死亡 1 人，重伤 1 人。"
    )


def test_townships_add_up_to_the_area(town, people):
    towns = content(town.spring().people).towns()
    assert [(row["name"], row["count"], row["last"]) for row in towns["rows"]] == [("东城街道", 2, 1), ("石塘镇", 1, 1)]
    assert towns["total"]["count"] == sum(row["count"] for row in towns["rows"]) == 3


def test_the_rate_counts_people_over_the_mean_of_the_month_end_headcounts(town, people):
    towns = content(town.spring().people).towns()
    assert towns["total"]["rate"] == pytest.approx(4 / 150 * 1000)  # four injured, 150 insured in both months
    assert towns["rows"][0]["rate"] == pytest.approx(3 / 100 * 1000)


def test_trades_and_causes_add_up_to_the_total(town, people):
    industry, kind = content(town.spring().people).bars()
    assert [(r["name"], r["value"]) for r in industry["data"]["rows"]] == [("金属制品业", 3)]
    assert [(r["name"], r["value"]) for r in kind["data"]["rows"]] == [("机械伤害", 2), ("其他原因", 1)]


def test_the_months_of_the_line_add_up_to_the_period(town, people):
    data = content(town.spring().people).trend()["data"]
    by_month = dict(zip(data["months"], data["values"], strict=True))
    assert (by_month["2026-01"], by_month["2026-02"]) == (1, 2)
    assert by_month["2025-06"] is None  # not delivered is not zero
    assert data["joined"][-1]["label"] == "1—2月合计 3"
    assert data["unripe"] == {"from": "2026-03", "to": "2026-03"} and by_month["2026-03"] is None


def test_an_accident_stands_in_the_month_of_its_first_claim_alone(town, people):
    """Two hurt together, applied for on 30 December and 15 January: no accident of 1—2月, but one more person; December has it."""
    town.spring()
    town.injure(date(2026, 1, 15), event="e9")
    town.injure(date(2025, 12, 30), event="e9")
    snapshot.build(town.now)
    here = content(people)
    assert here.figures.total.now == 3 and here.figures.persons("cases") == 5
    assert here.figures.by_month[date(2025, 12, 1)] == 1 and here.figures.by_month[date(2026, 1, 1)] == 1
    assert sum(cell["now"] for cell in here.figures._counted["cells"]) == 3


def test_every_figure_opens_to_a_list_of_as_many_rows(town, visit):
    town.spring()
    page = visit(MAYOR, "/meeting/").context
    figures = [(row["url"], row["count"]) for row in [page["towns"]["total"], *page["towns"]["rows"]]]
    figures += [(row["last_url"], row["last"]) for row in [page["towns"]["total"], *page["towns"]["rows"]]]
    figures += [(row["url"], row["value"]) for bar in page["bars"] for row in bar["data"]["rows"]]
    trend = page["trend"]["data"]
    figures += [(u, v) for u, v in zip(trend["urls"], trend["values"], strict=True) if u]
    harm = [part for part in page["sentences"][1] if part["url"]]
    figures += [(part["url"], int(part["t"].split()[0])) for part in harm]
    assert len(figures) == 15
    for url, count in figures:
        assert visit(MAYOR, url).context["page"].paginator.count == count, url


def test_a_list_holds_units_and_no_personal_data(town, visit):
    town.spring()
    text = visit(MAYOR, "/meeting/list/?town=990100001").content.decode()
    assert text.count("云溪市恒岳杯业有限公司") == 2  # one a row
    assert "按申报日，同一起事故伤多人算 1 起" in text and "数据截至 2月25日" in text and f"数据版本第 {snapshot.current().commit} 号" in text
    assert "石塘门业" not in text and "张**" not in text


def test_the_overdue_list_is_of_units(town, people, visit):
    town.spring()
    town.case(town.cup, date(2026, 3, 1))
    snapshot.build(town.now)
    page = visit(MAYOR, "/meeting/").context
    assert page["towns"]["rows"][0]["late"] == page["towns"]["total"]["late"] == 1
    listed = visit(MAYOR, page["towns"]["total"]["late_url"]).context
    assert listed["page"].paginator.count == 1
    assert [(m.name, m.when) for m in page["push"] if m.level] == [("云溪市恒岳杯业有限公司", "已逾期 19 天")]


def test_a_refused_claim_counts_nowhere(town, people):
    pool = content(town.spring().people).pool
    injuries = pool.table("injuries")
    assert pool.fetch(injuries.filter(injuries.status == "refused")).num_rows == 1
    assert content(people).figures.persons("cases") == 4


def test_figures_are_read_once_for_the_same_version_and_scope_and_anew_for_any_other(town, people):
    first = content(town.spring().people).figures
    assert content(people).figures is first
    assert Content(pool_of(Scope.system()), asked({}, TODAY), Scope.system(), TODAY).figures is not first
    town.injure(date(2026, 2, 20))
    snapshot.build(town.now)
    assert (content(people).figures.total.now, first.total.now) == (4, 3)


# ---- refusing ----


def test_a_period_whose_headcounts_have_not_come_shows_no_figure_and_names_who(town, people):
    town.spring()
    town.injure(date(2026, 3, 5))
    snapshot.build(town.now)
    here = Content(pool_of(Scope.system()), asked({"end": "2026-03"}, date(2026, 4, 20)), Scope.system(), date(2026, 4, 20))
    missing = here.missing()
    assert missing is not None and missing["what"] == "2026年1—3月数据未齐，暂不出数。"
    assert missing["next"].startswith("经办中心未报参保缴费 2026年3月。")
    assert [act["url"] for act in missing["acts"]] == ["?end=2026-02&span=year"]


def test_an_address_without_a_month_shows_the_newest_complete_period_and_says_what_is_missing(town, visit, now, monkeypatch):
    town.spring()
    monkeypatch.setattr("wushang.people.middleware.timezone.localdate", lambda *_: date(2026, 4, 20))
    page = visit(MAYOR, "/meeting/")
    assert page.context["period"] == "2026年1—2月"
    text = page.content.decode()
    assert "2026年1—3月数据未齐" in text and "下面是数据齐全的 2026年1—2月" in text
    asked_for = visit(MAYOR, "/meeting/?end=2026-03").content.decode()
    assert "暂不出数" in asked_for and "各镇（街道、区）</h2>" not in asked_for


def test_without_any_data_the_page_says_so_instead_of_zeros(town, visit):
    text = visit(MAYOR, "/meeting/").content.decode()
    assert "暂不出数" in text and "0 起" not in text
    assert "交叉分析" in text  # other months and questions can be asked all the same


def test_nothing_is_compared_where_last_year_is_not_whole(town, people):
    for month in (date(2026, 1, 1), date(2026, 2, 1)):
        town.staff(month)
        town.injure(month.replace(day=8))
    snapshot.build(town.now)
    assert "上年同期数据不全，不作比较" in said(content(people))
    assert content(people).towns()["total"]["last"] is None


# ---- one number ----


def test_meeting_wall_list_and_ledger_agree_at_one_commit(town, visit, people):
    town.spring()
    meeting, wall = visit(MAYOR, "/meeting/").context, visit(MAYOR, "/wall/").context
    total = meeting["towns"]["total"]["count"]
    assert wall["towns"]["total"]["count"] == total == 3
    assert {one["label"]: one["value"] for one in wall["figures"]}["接报工伤事故"] == "3"
    ledger = read(visit("lijianguo", "/ledgers/injuries.xlsx?from=2026-01-01&to=2026-02-28").content)
    place = ledger.head.index("起数")
    assert (ledger.total[place], ledger.total[place + 1]) == ("3", "4")
    listed = visit(MAYOR, "/meeting/list/").context["page"].paginator.count
    assert listed == total
    versions = [part["text"] for part in meeting["footing"] if part["label"] == "数据版本"]
    commit = re.search(r"第 (\d+) 号", versions[0])[1]
    assert f"第 {commit} 号" in ledger.note and f"第 {commit} 号" in wall["version"]


def test_the_wall_hides_unit_names_unless_somebody_with_the_right_asks(town, visit, people):
    town.spring()
    town.case(town.cup, date(2026, 3, 1))
    snapshot.build(town.now)
    name = "云溪市恒岳杯业有限公司"
    assert name not in visit(MAYOR, "/wall/").content.decode()
    assert name in visit(MAYOR, "/wall/?names=1").content.decode()
    assert "东城街道 金属制品业 1 家" in visit(MAYOR, "/wall/").content.decode()
    assert name not in visit("lijianguo", "/wall/?names=1").content.decode()  # 科长 may not show names


def test_who_has_no_right_or_another_county_sees_nothing(town, visit):
    town.spring()
    for who, address in (("auditor", "/meeting/"), ("zhanghaiyan", "/wall/"), ("admin", "/meeting/list/")):
        assert visit(who, address).status_code == 403
    for address in ("/meeting/", "/meeting/list/", "/wall/"):
        assert "东城街道" not in visit("linwai", address).content.decode()


def test_trade_across_cause_adds_up_and_every_cell_opens_as_many_rows(town, visit, people):
    town.spring()
    crossed = visit(MAYOR, "/wall/").context["crossed"]
    assert [(row["name"], row["total"]["n"]) for row in crossed["rows"]] == [("金属制品业", 3), ("其他行业", 0)]
    assert (crossed["head"], [one["n"] for one in crossed["total"]]) == (["机械伤害", "其他原因", "合计"], [2, 1, 3])
    cells = [one for row in crossed["rows"] for one in (*row["cells"], row["total"]) if one["n"]] + crossed["total"]
    assert [one["n"] for one in cells] == [2, 1, 3, 2, 1, 3]
    assert [visit(MAYOR, one["url"]).context["page"].paginator.count for one in cells] == [2, 1, 3, 2, 1, 3]


def test_the_wall_s_large_figures_open_their_lists(town, visit, people):
    town.spring()
    town.case(town.cup, date(2026, 3, 1))
    snapshot.build(town.now)
    told = {one["label"]: one for one in visit(MAYOR, "/wall/").context["figures"]}
    listed = {label: visit(MAYOR, one["url"]).context["page"].paginator.count for label, one in told.items() if one.get("url")}
    assert listed == {"接报工伤事故": 3, "死亡": 1, "重伤": 1, "逾期未改": 1} == {label: int(told[label]["value"]) for label in listed}


def test_a_headcount_that_moved_by_more_than_a_fifth_is_told_beside_the_counts(town, people):
    """110 insured (120 and 100 at the ends of the months) after 150: told on the page and on the wall."""
    town.spring()
    for month in (date(2026, 1, 1), date(2026, 2, 1)):
        held = list(Headcount.objects.current().filter(month=month).values_list("pk", flat=True))
        town.land(Headcount, replaces=held)
        town.staff(month, cup=70 if month.month == 1 else 50)
    snapshot.build(town.now)
    moved = "平均参保人数由 150 人减至 110 人（−26.7%），变动超过 20%"
    assert moved in said(content(people)) and moved in "".join(part["t"] for line in content(people).sentences(short=True) for part in line)


def test_the_map_says_of_each_town_what_the_table_says(town, visit, people):
    town.spring()
    page = visit(MAYOR, "/wall/").context
    rows = {row["name"]: row for row in page["towns"]["rows"]}
    cells = {one["name"]: one for one in page["map"]["cells"]}
    assert cells.keys() == rows.keys() and "不代表方位" in page["map"]["note"]  # nothing was uploaded
    for name, one in cells.items():
        assert one["url"] == rows[name]["url"] and one["tone"] == "few"  # four injured: too few to say
        assert one["said"].endswith(rows[name]["against"])


def test_the_wall_says_who_has_reported_to_whom_the_whole_area_is_shown(town, visit, people, monkeypatch):
    town.spring()
    monkeypatch.setattr("wushang.people.middleware.timezone.localdate", lambda *_: date(2026, 4, 20))
    fresh = {one["title"]: one for one in visit(MAYOR, "/wall/?end=2026-02").context["fresh"]}
    assert fresh["参保缴费 3月"]["late"] > 0 and fresh["参保缴费 3月"]["said"].startswith("已迟")


# ---- prints ----


def test_a_print_keeps_its_figures_and_a_later_page_says_what_changed(town, visit, people):
    town.spring()
    answer = visit(MAYOR, "/meeting/print/", {})
    made = Print.objects.get()
    assert answer.url == f"/meeting/prints/{made.pk}/"
    assert made.figures["headline"]["events"] == 3
    assert AuditEntry.objects.filter(verb="analyse.meeting", detail__commit=made.commit).exists()
    town.injure(date(2026, 2, 27), town.door)  # came late
    old = InjuryVersion.objects.current().get(injury=town.first)
    town.land(InjuryVersion, {
        "injury_id": town.first, "employer_id": town.cup, "event": old.event, "occurred": old.occurred,
        "reported": old.reported, "status": "refused", "region": "990100001", "industry": "C3382",
    }, replaces=[old.pk])  # fmt: skip
    town.injure(date(2026, 1, 30))
    snapshot.build(town.now)
    footing = {part["label"]: part["text"] for part in visit(MAYOR, "/meeting/").context["footing"]}
    assert "3 起）多 1 起：补报 2、不予认定或撤回 1。" in footing["数据版本"]
    again = visit(MAYOR, answer.url).context
    assert again["towns"]["total"]["count"] == 3 and "沈志远" in again["footing"][-1]["text"]
    manifest = snapshot.root() / "manifests" / f"{made.commit:010d}.sealed"
    assert manifest.exists()


def test_the_parts_of_a_change_add_up_to_the_difference(town, people):
    town.spring()
    before = snapshot.current().commit
    town.injure(date(2026, 2, 27))
    snapshot.build(town.now)
    scope = people.shenzhiyuan.actor.scope
    found = changes(scope, asked({}, TODAY).period, before, snapshot.current().commit)
    assert (found.late, found.gone, found.corrected, found.net) == (1, 0, 0, 1)


def test_the_brief_says_the_same_as_the_page(town, visit, people):
    town.spring()
    at, rows = datetime(2026, 3, 12, 2, tzinfo=UTC), "所属期,单位编号,单位名称,参保人数\n202602,1,甲公司,58\n202602,2,,23"
    agency = Department.objects.get(code="990100-agency")
    assert check(ReceiveFile(people.wangli.actor, at, rows.encode(), "参保缴费202602.csv", agency).do(), at)
    answer = visit(MAYOR, "/meeting/brief.docx")
    paper = Document(BytesIO(answer.content))
    text = "\n".join(line.text for line in paper.paragraphs)
    assert said(content(people)) in text and "本稿内部使用" in text
    assert paper.sections[0].header.paragraphs[0].text == "内部使用" == paper.core_properties.category
    assert [cell.text for cell in paper.tables[0].rows[1].cells][:3] == ["全市", "3", "2"]
    quality = [[cell.text for cell in row.cells] for row in paper.tables[1].rows]
    assert quality[0] == ["部门", "报送表", "完整性", "有效性", "一致性", "唯一性", "及时性", "总分"] and "五、数据质量" in text
    assert quality[1][:4] == ["经办中心", "参保缴费", "87.5", "100.0"]  # of two rows' four needed columns one cell is blank
    assert AuditEntry.objects.filter(verb="analyse.export", subject="page:meeting_brief").count() == 1


def test_a_list_is_exported_with_an_audit_row(town, visit, people):
    town.spring()
    sheet = read(visit(MAYOR, "/meeting/list.xlsx?severity=fatal").content)
    assert len(sheet.rows) == 1 and sheet.rows[0][3] == "云溪市石塘门业有限公司"
    assert AuditEntry.objects.filter(verb="analyse.export", subject="page:meeting_list").count() == 1


def test_a_list_without_the_right_to_see_units_has_no_names(town, people):
    from dataclasses import replace

    from wushang.web.meeting.listing import table

    town.spring()
    scope = people.shenzhiyuan.actor.scope
    blind = Scope(tuple(replace(g, verbs=frozenset({"analyse.meeting"})) for g in scope.grants))
    drill = Drill(asked({}, TODAY), 0)
    found = rows(drill, blind, TODAY)
    text = json.dumps(table(drill, found[0 : len(found)], blind), ensure_ascii=False)
    assert len(found) == 3 and "恒岳" not in text and "不在您可查看的单位之内" in text
