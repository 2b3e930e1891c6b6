"""接续纸质件: twelve old cases come in with their numbers, dates and states; nothing is sent, none of our numbers is used."""

import json
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.utils import timezone

from wushang.collect.checking import check_file
from wushang.collect.source import load
from wushang.evaluate import work as evaluate
from wushang.judge.models import Finding
from wushang.judge.run import may_keep
from wushang.people.deed import NotAllowed
from wushang.pool import snapshot
from wushang.pool.models import EnterpriseVersion
from wushang.rectify import work as rectify
from wushang.rectify.models import Case
from wushang.terms.problem import Refused
from wushang.warn import paper
from wushang.warn.deeds.draft_warning import DraftWarning
from wushang.warn.deeds.take_over_paper_cases import TakeOverPaperCases, UndoTakeOver
from wushang.warn.models import Delivery, LetterNumber, PracticeMessage, Push, Warning

pytestmark = pytest.mark.django_db
HEADER = "序号,文号,单位名称,预警等级,发文日期,送达日期,整改期限,提交日期,复核通过日期,办理状态,办结日期"
FIRMS = [f"云溪市第{n}机械厂" for n in "一二三四五六七八九"] + ["云溪市甲铸造厂", "云溪市乙铸造厂", "云溪市丙铸造厂"]
#        发文        送达        期限        提交        复核通过    状态    办结       → warning, case
CASES = [
    ("橙", "2025-11-03", "2025-11-05", "2025-12-05", "", "", "办理中", "", "acknowledged", "overdue"),
    ("橙", "2025-12-01", "2025-12-03", "2026-01-05", "", "", "在办", "", "acknowledged", "overdue"),
    ("红", "2026-03-02", "2026-03-03", "2026-04-02", "", "", "办理中", "", "acknowledged", "report_due"),
    ("橙", "2026-03-05", "2026-03-06", "2026-04-07", "", "", "办理中", "", "acknowledged", "report_due"),
    ("橙", "2025-12-01", "2025-12-02", "2026-01-02", "2026-01-05", "", "办理中", "", "acknowledged", "late_submitted"),
    ("橙", "2025-12-01", "2025-12-02", "2026-01-02", "2025-12-30", "", "办理中", "", "acknowledged", "submitted"),
    ("橙", "2025-08-01", "2025-08-04", "2025-09-03", "2025-09-01", "2025-09-08", "办理中", "", "acknowledged", "evaluating"),
    ("橙", "2025-07-01", "2025-07-02", "2025-08-01", "2025-07-28", "2025-08-05", "办理中", "", "acknowledged", "evaluating"),
    ("黄", "2026-03-10", "", "", "", "", "办理中", "", "issued", ""),
    ("橙", "2025-05-06", "2025-05-08", "2025-06-09", "2025-06-05", "2025-06-10", "已办结", "2025-10-20", "closed", "closed_ok"),
    ("黄", "2025-06-03", "2025-06-04", "", "", "", "办结", "2025-06-30", "closed", "closed_ok"),
    ("红", "2025-01-13", "2025-01-14", "2025-02-13", "2025-02-10", "2025-02-20", "已办结", "2025-06-30", "closed", "closed_ok"),
]  # fmt: skip


def register(firms=FIRMS, cases=CASES, first=1) -> bytes:
    rows = [
        f"{n},云人社预[2025]第{n:03}号,{firm},{level}色,{','.join(rest)}"
        for n, (firm, (level, *rest)) in enumerate(zip(firms, (case[:8] for case in cases), strict=True), first)
    ]
    return "\n".join(["云溪市工伤预警台账", HEADER, *rows]).encode("gb18030")


@pytest.fixture
def bureau(world):
    for name in FIRMS:
        world.enterprise(name, uscc="")
    EnterpriseVersion.objects.update(provisional=False)
    return world


@pytest.fixture
def take(people, now, bureau):
    def go(content=None, name="旧台账.csv", who="wangli"):
        return TakeOverPaperCases(getattr(people, who).actor, now, content or register(), name, bureau.version).do()

    return go


def states() -> list[tuple[str, str]]:
    found = Warning.objects.exclude(paper=None).order_by("paper__row").select_related("case")
    return [(warning.state, warning.case.state if hasattr(warning, "case") else "") for warning in found]


def test_twelve_cases_stand_where_they_stood_on_paper(take, now):
    brought = take()
    assert (brought.rows, brought.taken, brought.refused) == (12, 12, [])
    rectify.run(now)
    assert states() == [case[8:] for case in CASES]


def test_nothing_is_sent_and_no_number_of_ours_is_used(take, now):
    take()
    for day in range(0, 40, 3):
        rectify.run(now + timedelta(days=day))
    assert not Delivery.objects.exists() and not PracticeMessage.objects.exists() and not Push.objects.exists()
    assert not LetterNumber.objects.filter(source="own").exists()
    assert [str(n) for n in LetterNumber.objects.order_by("number")][:2] == ["云人社预〔2025〕1号", "云人社预〔2025〕2号"]


def test_they_count_for_the_overdue_list_and_the_recheck(take, now, bureau):
    take()
    rectify.run(now)
    overdue = Case.objects.filter(state="overdue").order_by("due")
    assert [(case.due, case.report_due) for case in overdue] == [(date(2025, 12, 5),) * 2, (date(2026, 1, 5),) * 2]
    waiting = Case.objects.filter(state="evaluating").order_by("recheck_on")
    assert [case.accepted for case in waiting] == [date(2025, 8, 5), date(2025, 9, 8)]
    snapshot.build(now, full=True)
    ready = sum(case.recheck_on <= date(2026, 3, 20) for case in waiting)
    assert ready and evaluate.run(now)["proposed"] == ready


def test_an_undone_import_leaves_no_case_on_the_desk_and_the_mended_file_comes_in(take, people, now):
    brought = take()
    rectify.run(now)
    UndoTakeOver(people.wangli.actor, now, brought, "是旧版台账").do()
    rectify.run(now)
    assert {warning for warning, _case in states()} == {"withdrawn"}
    assert {case for _warning, case in states()} == {"dropped", ""}
    again = take()
    assert again.taken == 12
    rectify.run(now)
    assert Case.objects.filter(state="overdue").count() == 2
    with pytest.raises(Refused):
        UndoTakeOver(people.wangli.actor, now, brought, "再来一次").do()


def test_the_same_file_again_takes_nothing_twice(take, bureau, people, now):
    take()
    with pytest.raises(Refused, match="没有可以接续的件"):
        take()
    read = paper.read(register(), "旧台账.csv", people.wangli.actor.scope, now)
    assert (read.found, read.left, read.known) == ([], [], 12)


@pytest.mark.parametrize(
    ("case", "why"),
    [(("蓝", "2025-11-03", "", "", "", "", "办理中", ""), "预警等级"), (("橙", "2026-11-03", "", "", "", "", "办理中", ""), "晚于报送当日"),
     (("橙", "2025-11-03", "2025-11-01", "", "", "", "办理中", ""), "送达日期"), (("橙", "2025-11-03", "", "", "2025-11-20", "", "办理中", ""), "没有送达日期"),
     (("橙", "2025-11-03", "2025-11-04", "", "", "", "办理中", "2025-12-01"), "又写了办结日期")],
)  # fmt: skip
def test_a_line_that_does_not_fit_is_left_with_its_reason(bureau, people, now, case, why):
    read = paper.read(register(FIRMS[:1], [case]), "旧台账.csv", people.wangli.actor.scope, now)
    assert not read.found and len(read.left) == 1
    assert why in read.left[0].why and read.left[0].remedy


def test_an_unknown_unit_and_a_number_in_use_are_left(take, bureau, people, now):
    read = paper.read(register(["没听说过的厂"], CASES[:1]), "旧台账.csv", people.wangli.actor.scope, now)
    assert read.left[0].why == "认不出是哪个单位。"
    LetterNumber.objects.create(issuer="990100-hrss", word="云人社预", year=2025, number=1, source="own", at=now)
    read = paper.read(register(FIRMS[:1], CASES[:1]), "旧台账.csv", people.wangli.actor.scope, now)
    assert "平台已经用过" in read.left[0].why


def test_of_two_open_letters_of_one_unit_the_older_is_merged_into_the_newer(take):
    take(register([FIRMS[0], FIRMS[0]], [CASES[0], CASES[3]]))
    older, newer = Warning.objects.exclude(paper=None).order_by("issued")
    assert (older.state, newer.state) == ("merged", "acknowledged")


def test_what_the_platform_judges_afterwards_joins_the_paper_case(take, bureau, people, now):
    take(register(["云溪市恒岳杯业有限公司"], CASES[3:4]))
    bureau.headcount(58)
    bureau.injury(date(2026, 3, 6))
    joined = DraftWarning(people.system.actor, now, bureau.finding("yellow")).do()
    assert joined.paper.number == "云人社预〔2025〕1号" and Warning.objects.count() == 1


def test_the_paper_finding_does_not_stand_for_what_was_judged(take, bureau):
    take()
    assert Finding.objects.standing(bureau.version.policy, bureau.version.region) == {}
    assert may_keep(bureau.version, date(2026, 3, 20))
    assert not Finding.objects.filter(may_warn=True).exists()


def test_only_who_may_takes_over(take):
    with pytest.raises(NotAllowed):
        take(who="zhanghaiyan")


def test_the_page_shows_first_and_takes_then(bureau, people, now, monkeypatch):
    from django.core.files.uploadedfile import SimpleUploadedFile

    monkeypatch.setattr(timezone, "now", lambda: now)
    client = Client()
    client.force_login(people.wangli, backend="django.contrib.auth.backends.ModelBackend")
    bad = register([*FIRMS[:11], "没听说过的厂"])
    shown = client.post("/warn/take-over/", {"file": SimpleUploadedFile("旧台账.csv", bad)}).content.decode()
    assert "可以接续 11 件，接不了 1 行" in shown and not Warning.objects.exists()
    digest = shown.split('name="digest" value="')[1].split('"')[0]
    client.post("/warn/take-over/confirm/", {"digest": digest, "name": "旧台账.csv", "version": bureau.version.pk})
    rectify.run(now)
    listed = client.get("/warn/").content.decode()
    assert "云人社预〔2025〕1号" in listed and "已签收" in listed and "办结" in listed
    held = Warning.objects.exclude(paper=None).first()
    page = client.get(f"/warn/{held.pk}/").content.decode()
    assert "正文以纸质文书为准" in page and "云人社预〔2025〕" in page
    assert client.get("/warn/take-over/").content.decode().count("旧台账.csv") == 1


def test_the_command_says_first_and_takes_then(bureau, tmp_path, capsys):
    path = tmp_path / "旧台账.csv"
    path.write_bytes(register())
    call_command("take_over", str(path), "--policy", bureau.version.policy, "--check", "--json")
    assert json.loads(capsys.readouterr().out) == {"rows": 12, "would_take": 12, "known": 0, "left": []}
    assert not Warning.objects.exists()
    call_command("take_over", str(path), "--policy", bureau.version.policy, "--json")
    assert json.loads(capsys.readouterr().out)["taken"] == 12
    with pytest.raises(CommandError, match="没有可以接续的件"):
        call_command("take_over", str(path), "--policy", bureau.version.policy)


def test_the_register_holds_its_own_example():
    found = load(paper.source().text, "paper_cases").example
    lines = "\n".join(",".join(line) for line in found.raw)
    checked = check_file(lines.encode(), found.file_name, paper.source(), date.fromisoformat(found.as_of))
    told = {row["row"]: row for row in checked.accepted.rows(named=True)}
    assert list(told) == [int(row["row"]) for row in found.accepted]
    for row in found.accepted:
        said = {name: "null" if told[int(row["row"])][name] is None else str(told[int(row["row"])][name]) for name in row}
        assert said == {name: str(value) for name, value in row.items()}
    assert {one.row: [r.problem.code for r in one.remarks] for one in checked.quarantined} == found.quarantined
