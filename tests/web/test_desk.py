"""今日待办: everybody sees what waits for them, by due date, and nobody sees what lies outside."""

from __future__ import annotations

from datetime import date, timedelta

from workbook import read

from wushang.analyse.delivered import delivered
from wushang.collect.deeds.enter_injury import EnterInjury
from wushang.collect.models import Batch, QuarantinedRow, SourceVersion
from wushang.collect.ways.hand import Entry
from wushang.judge.run import judge_commits
from wushang.people.models import AuditEntry, Department, Role
from wushang.people.todo import Todo, todos
from wushang.pool.models import Commit, Enterprise
from wushang.rectify.models import Referral
from wushang.web import reporting
from wushang.web.desk.views import of_tab, sunday

TODAY = date(2026, 3, 20)  # a Friday


def batch(town, state=Batch.CHECKED, waiting: int = 0, source: str = "injury_recognition", **more) -> Batch:
    version = SourceVersion.objects.filter(source=source).first() or SourceVersion.objects.create(
        source=source, text=reporting.shipped()[source].text, digest="d", since=town.now
    )
    made = Batch.objects.create(**{
        "version": version, "sender": Department.objects.get(code="990100-hrss"), "state": state, "file_name": "a.xlsx",
        "digest": "d", "size": 1, "received": town.now, "received_by": "王丽", "rows": 812, "start": date(2026, 2, 1),
        "end": date(2026, 2, 28),
    } | more)  # fmt: skip
    for row in range(waiting):
        QuarantinedRow.objects.create(batch=made, row=row, raw="{}", text="{}")
    return made


def said(rows: list[Todo]) -> list[str]:
    return [str(row.what) for row in rows]


def test_a_checked_delivery_waits_for_who_may_confirm_and_its_rows_for_who_may_mend(town, people):
    batch(town, waiting=7)
    mine = todos(people.wangli.actor, TODAY)
    assert said(mine) == ["确认入库 812 行", "订正工伤认定 7 行"]
    assert [row.due for row in mine] == [date(2026, 3, 24), date(2026, 3, 27)]  # 2 and 5 working days
    assert todos(people.linwai.actor, TODAY) == []


def test_imported_history_is_one_row_without_a_clock(town, people):
    for _n in range(3):
        batch(town, Batch.LANDED, waiting=2, historical=True)
    mine = todos(people.wangli.actor, TODAY)
    assert said(mine) == ["订正历史数据 6 行，3 份报送"] and mine[0].due is None


def test_a_report_that_came_in_waits_for_review_and_one_that_did_not_for_a_call(town, people):
    town.case(town.cup, date(2026, 3, 26), state="submitted")
    town.case(town.door, date(2026, 3, 18))
    section_head = todos(people.lijianguo.actor, TODAY)
    assert said(of_tab(section_head, "mine", TODAY)) == ["整改报告逾期未交", "审阅整改报告"]
    assert [(row.name, row.town) for row in section_head[:1]] == [("云溪市石塘门业有限公司", "石塘镇")]
    assert said(of_tab(section_head, "week", TODAY)) == ["整改报告逾期未交"]


def test_a_report_that_is_far_off_is_only_waited_for(town, people):
    town.case(town.cup, date(2026, 4, 18))
    every = todos(people.wangli.actor, TODAY)
    assert of_tab(every, "mine", TODAY) == [] and said(of_tab(every, "started", TODAY)) == ["等单位整改"]


def test_a_referral_is_with_the_department_asked_and_passed_on_for_the_one_that_asked(town, people):
    case = town.case(town.cup, date(2026, 4, 18))
    Referral.objects.create(
        warning=case.warning, case=case, enterprise=Enterprise.objects.get(pk=town.cup), kind="inspection", what="专项检查",
        to=Department.objects.get(code="990100-em"), reply_by=date(2026, 3, 25), sent=town.now, sent_by=people.wangli,
    )  # fmt: skip
    theirs = todos(people.fangzhiqiang.actor, TODAY)
    assert [(str(r.what), str(r.op)) for r in theirs if r.stage == "转办"] == [("专项检查", "接收")]
    passed = of_tab(todos(people.wangli.actor, TODAY), "passed", TODAY)
    assert said(passed) == ["转办应急局：专项检查，待接收"]


def test_nobody_of_another_county_sees_anything(town, people):
    town.case(town.cup, date(2026, 3, 18))
    assert todos(people.linwai.actor, TODAY) == []


def test_the_week_ends_on_sunday():
    assert sunday(TODAY) == date(2026, 3, 22) and sunday(date(2026, 3, 22)) == date(2026, 3, 22)


def test_the_page_counts_and_sorts_by_due_date(town, people, visit):
    town.injure(date(2026, 2, 8))
    batch(town, waiting=1)
    town.case(town.door, date(2026, 3, 18))
    page = visit("wangli", "/").context
    assert (page["mine"], page["late"], page["due_today"]) == (3, 1, 0)
    dues = [row.due for row in page["rows"]]
    assert dues == sorted(dues)
    assert [tab["count"] for tab in page["tabs"]] == [3, 0, 0, 1]


def test_while_what_came_in_is_being_judged_the_page_says_so(town, people, visit, now):
    town.injure(date(2026, 2, 8))
    assert "新入库的数据正在研判" in visit("wangli", "/").content.decode()
    judge_commits(now)
    assert "新入库的数据正在研判" not in visit("wangli", "/").content.decode()


def test_the_weekly_sheet_has_what_is_due_and_leaves_an_audit_row(town, people, visit):
    town.case(town.door, date(2026, 3, 18))
    sheet = read(visit("wangli", "/week.xlsx").content)
    assert sheet.title == "本周调度表" and sheet.total[0] == "合计 1 条"
    assert sheet.rows[0][1:4] == ["2026-03-18", "已逾期 2 天", "整改报告逾期未交"]
    assert AuditEntry.objects.get(verb="desk.export").detail == {"rows": 1}


def test_the_first_day_shows_the_four_steps_and_then_they_are_gone(town, people, visit):
    page = visit("wangli", "/")
    assert [step["done"] for step in page.context["steps"]] == [True, False, False, False]
    assert "历史数据不会发送任何通知" in page.content.decode()
    assert visit("zhanghaiyan", "/").context["steps"] == []  # a township uploads nothing
    waits = {who: [act["title"] for act in visit(who, "/").context["to_begin"] or []] for who in ("lijianguo", "zhanghaiyan", "admin", "auditor")}
    assert waits == {"lijianguo": ["取用规则范本"], "zhanghaiyan": [], "admin": ["新建账号"], "auditor": []}
    assert "工伤台账还没有入库" in visit("zhanghaiyan", "/").content.decode() and "工伤台账" not in visit("auditor", "/").content.decode()
    town.injure(date(2026, 2, 8))
    empty = visit("wangli", "/")
    assert empty.context["steps"] == [] and empty.context["to_begin"] is None and "今天没有待办" in empty.content.decode()


def test_the_side_says_which_table_is_late(town, people, visit):
    town.staff(date(2026, 2, 1))
    lines = {line["title"]: line["late"] for line in visit("wangli", "/").context["reports"]["lines"]}
    assert lines == {"工伤认定 2月": 4, "参保缴费 2月": 0}  # due on 15 March, a Sunday: on the 16th
    for who in ("zhanghaiyan", "linwai"):
        assert visit(who, "/").context["reports"] is None
    assert visit("wangli", "/").context["reports"]["lines"][0]["url"]
    people.wangli.appointments.update(role=Role.objects.get(code="sender"))  # who hands in urges nobody
    assert [line["url"] for line in visit("wangli", "/").context["reports"]["lines"]] == ["", ""]


def test_one_injury_entered_by_hand_makes_no_table_owed(town, people, visit, now):
    """Exactly the two tables without which no figure is shown: what is entered by hand comes as it happens."""
    before = [line["title"] for line in visit("wangli", "/").context["reports"]["lines"]]
    entry = Entry("甲公司", "王五", date(2026, 3, 18), 9, part="手指", severity="轻伤")
    EnterInjury(people.wangli.actor, now, entry, Department.objects.get(code="990100-hrss"), None, "desk-1").do()
    assert [line["title"] for line in visit("wangli", "/").context["reports"]["lines"]] == before == ["工伤认定 2月", "参保缴费 2月"]


def test_a_delivered_month_is_known_by_the_delivery_and_not_by_stray_rows(town):
    town.injure(date(2026, 2, 8))
    source = reporting.shipped()["injury_recognition"]
    assert delivered(source) == {date(2026, 2, 1)}
    commit = Commit.objects.latest("number")
    batch(town, Batch.LANDED, commit=commit, start=date(2026, 1, 1), end=date(2026, 1, 31))
    assert delivered(source) == {date(2026, 1, 1)}
    batch(town, Batch.LANDED, start=date(2025, 12, 1), end=date(2025, 12, 31))  # nothing new in it: no commit
    assert delivered(source, commit.number) == {date(2026, 1, 1), date(2025, 12, 1)}


def test_new_warnings_of_the_month_are_counted_by_level(town, people, visit):
    town.injure(date(2026, 2, 8))
    town.case(town.cup, TODAY + timedelta(days=30))
    side = visit("wangli", "/").context["warnings"]
    assert (side["total"], side["title"], side["said"]) == (1, "3月新增预警", "在办 1 件，尚无办结。")


def test_a_township_sees_the_contacts_it_has_to_check_in_one_row(town, people):
    town.case(town.cup, date(2026, 4, 18))  # a warned unit without any contact
    mine = of_tab(todos(people.zhanghaiyan.actor, TODAY), "mine", TODAY)
    assert [(str(row.what), row.op_url) for row in mine] == [("走访核实联系人 1 家", "/rectify/visits/")]
