"""专题库 over the town of web/town.py: rows counted by hand, cut to the reader's scope, and nothing of a person anywhere."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook
from web.town import Town
from workbook import read

from wushang.analyse.library import taken
from wushang.analyse.library.board import Listed, boards
from wushang.analyse.library.delivered import sent
from wushang.analyse.library.dictionary import columns_of, shown_of
from wushang.analyse.library.rows import Counted, counted, newest
from wushang.collect.deeds.check_batch import check
from wushang.collect.deeds.receive_file import ReceiveFile
from wushang.collect.source import shipped
from wushang.people.models import Appointment, AuditEntry, Department, Role, User
from wushang.people.scope import Grant, Scope
from wushang.people.verbs import words
from wushang.pool import reading, snapshot
from wushang.pool.models import EnterpriseVersion
from wushang.pool.tables import declared
from wushang.terms import codes
from wushang.terms.period import Period

BACKEND = "django.contrib.auth.backends.ModelBackend"
NUMBERS = {"enterprise", "name", "uscc", "employer", "host", "injury", "event", "case", "merged_into"}  # the unit's columns, and keys
TABLES = {one.name: one for board in boards().values() for one in board.tables}
BOARD = {one.name: board.id for board in boards().values() for one in board.tables}


@pytest.fixture
def town(people, now, monkeypatch) -> Town:
    monkeypatch.setattr(timezone, "now", lambda: now)
    return Town(people, now).spring()


@pytest.fixture
def get(client, people, town):
    def go(who: str, path: str):
        client.force_login(getattr(people, who), backend=BACKEND)
        return client.get(f"/analyse/library/{path}")

    return go


def seen(scope: Scope, name: str, period: Period | None = None) -> Counted:
    return counted(reading.open(scope), TABLES[name], period)


def lines(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_five_boards_in_their_order_hold_every_published_table_once() -> None:
    assert [board.title for board in boards().values()] == [
        "政策法规库", "参保缴费与费率库", "工伤认定与事故库", "鉴定·待遇·医疗康复库", "预防业务库"
    ]  # fmt: skip
    held = [one.name for board in boards().values() for one in board.tables]
    assert sorted(held) == sorted(declared())


def test_every_source_and_code_list_and_page_that_a_board_names_is_there() -> None:
    held = boards().values()
    named = [name for board in held for name in (*board.checked, *(s for one in board.tables for s in one.sources))]
    assert sorted(named) == sorted(shipped())
    offered = {name for board in held for name in board.codes}
    used = {column.codes for one in TABLES.values() for column in columns_of(one, shipped()) if column.codes}
    assert used <= offered <= set(codes.names())
    assert all(reverse(link.url) and link.verb in words() for board in held for link in board.links)


@pytest.mark.parametrize("listed", TABLES.values(), ids=list(TABLES))
def test_every_column_of_a_table_has_a_chinese_name(listed: Listed) -> None:
    columns = columns_of(listed, shipped())
    assert {column.name for column in columns} == {name for name, _type in declared()[listed.name].columns} - NUMBERS
    assert [column.title for column in columns if not re.search(r"[一-鿿]", column.title)] == []


@pytest.mark.parametrize("listed", TABLES.values(), ids=list(TABLES))
def test_no_column_of_a_person_is_ever_shown(listed: Listed) -> None:
    shown = {column.name for column in shown_of(listed, shipped())}
    near = {"worker", "part", "nature", "grade", "tenure_days"} if listed.name == "injuries" else set(declared()[listed.name].close)
    of_persons = {field for name in listed.sources for field in shipped()[name].personal}
    assert shown & (near | set(declared()[listed.name].close) | of_persons) == set()


def test_a_column_that_comes_from_a_persons_field_is_held_back() -> None:
    wrong = Listed(name="injuries", title="试", says="试", sources=["injury_recognition"], columns={"kind": {"of": "worker"}})
    assert shown_of(wrong, shipped()) == []


@pytest.mark.django_db
def test_rows_and_months_are_those_that_a_hand_counts(town, people) -> None:
    everything = people.wangli.actor.scope
    assert seen(everything, "injuries") == Counted(7, date(2025, 1, 17), date(2026, 2, 22))  # each three days before it was reported
    assert seen(everything, "headcounts") == Counted(8, date(2025, 1, 1), date(2026, 2, 1))
    assert seen(everything, "enterprises") == Counted(2, None, None)
    assert seen(everything, "injuries", Period(date(2026, 2, 1), date(2026, 2, 28))).rows == 4


@pytest.mark.django_db
def test_the_township_officer_gets_hers_and_another_county_nothing(town, people) -> None:
    hers, away = people.zhanghaiyan.actor.scope, people.linwai.actor.scope
    assert [seen(hers, name).rows for name in ("injuries", "headcounts", "enterprises")] == [5, 4, 1]
    assert [seen(away, name).rows for name in ("injuries", "headcounts", "enterprises")] == [0, 0, 1]


def test_the_file_has_the_rows_that_the_page_counts(get) -> None:
    for who, rows in (("wangli", 7), ("zhanghaiyan", 5)):
        assert f"{rows} 行" in get(who, "injuries/").content.decode()
        told = lines(get(who, "injuries/injuries.csv"))
        book = read(get(who, "injuries/injuries.xlsx").content)
        assert len(told) - 1 == len(book.rows) == rows
        assert book.head == told[0] and [row[0] for row in book.rows] == [row[0] for row in told[1:]]
    assert {row[0] for row in told[1:]} == {"云溪市恒岳杯业有限公司"}
    assert len(lines(get("wangli", "injuries/injuries.csv?from=2026-02&to=2026-02"))) - 1 == 4


def test_a_row_is_in_the_offices_words(get, town) -> None:
    EnterpriseVersion.objects.filter(enterprise=town.cup).update(regulator="990100-em")
    snapshot.build(town.now, full=True)
    head, first, *_more = lines(get("wangli", "injuries/injuries.csv"))
    row = dict(zip(head, first, strict=True))
    assert row["发生日期"] == "2026-02-22" and row["办到哪一步"] == "不予认定" and row["事故类别"] == "机械伤害"
    assert row["镇（街道、区，发生时）"] == "东城街道" and row["行业（发生时）"].startswith("C3382 ")
    assert dict(zip(*lines(get("zhanghaiyan", "insurance/enterprises.csv")), strict=True))["行业主管部门"] == "应急局"
    staff = dict(zip(*lines(get("wangli", "insurance/headcounts.csv"))[:2], strict=True))
    assert staff["所属期"] == "2026-02" and staff["执行费率（%）"] == "0.8"


def test_who_may_analyse_cases_takes_no_person_away_either(get, town) -> None:
    town.injure(date(2026, 3, 2), worker_id=None, part="finger", nature="amputation", grade=7, tenure_days=2345)
    snapshot.build(town.now)
    for name, board in BOARD.items():
        text = get("wangli", f"{board}/{name}.csv").content.decode() + get("wangli", f"{board}/").content.decode()
        assert not re.search(r"finger|amputation|2345|2,345|张\*\*", text), name
    assert "伤残等级" not in lines(get("wangli", "injuries/injuries.csv"))[0]


def test_who_may_not_ask_figures_is_refused(get) -> None:
    for path in ("", "injuries/", "injuries/injuries.csv"):
        assert [get(who, path).status_code for who in ("admin", "auditor", "zhanghaiyan")] == [403, 403, 200]
    assert [get("wangli", path).status_code for path in ("none/", "injuries/none.csv", "injuries/injuries.pdf", "rules/injuries.csv")] == [404] * 4


def test_an_analyst_without_dossiers_reads_no_unit_name(get, client, people) -> None:
    made = User.objects.create_user("fenxi", "x", name="分析员", department=people.wangli.department, password_set=timezone.now())
    Appointment.objects.create(user=made, role=Role.objects.get(code="analyst"), regions=["990100"])
    people.fenxi = made
    page, told = get("fenxi", "injuries/").content.decode(), lines(get("fenxi", "injuries/injuries.csv"))
    assert "7 行" in page and "恒岳杯业" not in page and "您没有看单位档案的权限" in page
    assert {(row[0], row[1]) for row in told[1:]} == {("", "")}


@pytest.mark.django_db
def test_names_stand_only_where_the_scope_opens_that_units_dossier(town) -> None:
    scope = Scope((Grant(frozenset({"analyse.see"}), regions=("9901",)), Grant(frozenset({"pool.see"}), regions=("990100002",))))
    rows = newest(reading.open(scope), TABLES["headcounts"], [], 99)
    assert sorted({row[0] or "" for row in rows}) == ["", "云溪市石塘门业有限公司"]


def test_more_rows_than_a_file_may_have_are_cut_and_it_says_so(get, monkeypatch) -> None:
    monkeypatch.setattr(taken, "MOST", 3)
    answer = get("wangli", "injuries/injuries.xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert book.sheet_names == ["工伤", "说明"] and len(read(answer.content).rows) == 3
    notes = {row[0]: row[1] for row in book.get_sheet_by_name("说明").to_python()}
    assert notes["行数"].startswith("共 7 行，这里是最近的 3 行") and notes["范围"] == "云溪市" and notes["起止"] == "2025-01—2026-02"
    assert notes["谁报的"] == "—" and notes["事故类别"] == "代码；代码表 事故类别"
    csv_name = get("wangli", "injuries/injuries.csv")["Content-Disposition"]
    assert "%E5%85%B17%E8%A1%8C" in csv_name  # 共7行


def test_taking_away_is_written_down_and_a_formula_stays_a_text(get, town) -> None:
    town.unit("=cmd()厂", "990100001", "C3382")
    snapshot.build(town.now)
    told = lines(get("zhanghaiyan", "insurance/enterprises.csv"))
    assert "'=cmd()厂" in {row[0] for row in told}
    entry = AuditEntry.objects.get(verb="analyse.export")
    assert (entry.user.username, entry.subject) == ("zhanghaiyan", "library:enterprises")
    assert entry.detail["rows"] == 2 and entry.detail["form"] == "csv"


def test_a_code_list_is_taken_whole(get) -> None:
    told = lines(get("zhanghaiyan", "rules/severity.csv"))
    assert [row[1] for row in told[1:]] == ["轻伤", "重伤", "死亡"]


def test_fresh_and_good_is_said_to_the_township_too(get, people) -> None:
    at = datetime.fromisoformat("2026-03-12T02:00:00+00:00")
    rows = ["所属期,单位编号,单位名称,参保人数", "202602,1,甲公司,58", "202602,2,,23"]  # a name is blank: one of 8 needed cells
    sender = Department.objects.get(code="990100-agency")
    batch = ReceiveFile(people.wangli.actor, at, "\n".join(rows).encode(), "参保缴费202602.csv", sender).do()
    assert check(batch, at)
    (found,) = sent(people.zhanghaiyan.actor.scope, date(2026, 3, 20))["insurance_monthly"]
    assert (found.sender, found.month, found.came, found.late, found.missing) == ("经办中心", date(2026, 2, 1), date(2026, 3, 12), 0, ())
    assert found.score == 97.5  # 87.5 complete, 100 valid, consistent, unique and in time
    assert sent(people.linwai.actor.scope, date(2026, 3, 20)) == {}
    page = get("zhanghaiyan", "insurance/").content.decode()
    assert "经办中心" in page and "2026-03-12" in page and "97.5" in page
