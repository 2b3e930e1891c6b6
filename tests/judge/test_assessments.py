"""Rules about cases, townships and the whole area in force: assessed every day, kept, shown, explained; nobody is warned."""

import json
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from judge.test_run import day, moment
from judge.town import REGION

import wushang
from wushang.judge import commands
from wushang.judge.assessments.judging import assess
from wushang.judge.assessments.models import Assessment
from wushang.judge.deeds.draft_policy import DraftPolicy
from wushang.judge.deeds.report_inputs import ReportInputs
from wushang.judge.edit import Edit, edited
from wushang.judge.groups import table_of
from wushang.judge.models import Finding, PolicyVersion, Run
from wushang.judge.run import judge_commits, regional
from wushang.judge.selection import choose
from wushang.people.models import User
from wushang.pool import reading, snapshot
from wushang.rectify.models import Case, CaseVersion
from wushang.terms.problem import Refused
from wushang.warn.models import Warning
from wushang.web.worker import judge_daily

pytestmark = pytest.mark.django_db
POLICIES = Path(wushang.__file__).parent / "policies"
OVERDUE, TARGET, INDEX = ((POLICIES / f"{name}.yaml").read_text(encoding="utf-8") for name in (
    "yongkang/overdue_reports", "zhejiang/incidence_target", "zhejiang/regional_index"))  # fmt: skip
SINCE = date(2026, 3, 1)
THREE = "key,dual,hazards,mended,general,larger,spending,training,dead\n990100001,100,0,100,0,0,3,100,0\n990100002,60,8,50,10,2,1,40,4\n"


def case_of(town, version: PolicyVersion, at: int) -> int:
    """A case of a unit, whose report is due; what the snapshot knows of it is written by `tell`."""
    run = Run.objects.create(version=version, as_of=SINCE, at=town.now, commit=0, road="paper", units=1, digest="d")
    finding = Finding.objects.create(
        run=run, version=version, policy=version.policy, region=REGION, enterprise_id=at, as_of=SINCE, commit=1, at=town.now, cause="facts"
    )
    warning = Warning.objects.create(
        enterprise_id=at, policy=version.policy, version=version, finding=finding, level="orange", opened=town.now, mode="demo"
    )
    return Case.objects.create(
        warning=warning, enterprise_id=at, policy=version.policy, level="orange", state="report_due", opened=town.now, delivered=day(2)
    ).pk


def tell(town, case: int, at: int, submitted: date | None = None, due: date | None = day(10)) -> None:
    row = {"case_id": case, "enterprise_id": at, "policy": "p", "level": "orange", "state": "report_due"}
    old = tuple(CaseVersion.objects.current().filter(case=case).values_list("pk", flat=True))
    town.land(CaseVersion, [row | {"opened": day(2), "report_due": due, "submitted": submitted}], replaces=old)


def told() -> list[tuple]:
    return [(one.key, one.before, one.outcome, one.as_of) for one in Assessment.objects.order_by("pk")]


def page(user, address: str) -> str:
    User.objects.update(password_set=timezone.now())  # pages run by the real clock
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(address)
    return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)


def test_overdue_reports_are_found_by_the_day_and_with_each_step_of_a_case_and_warn_nobody(town) -> None:
    """恒岳杯业 owes its report of 10 March and hands it in on the 14th; 石塘门业 hands its own in in time; a third case asks for none."""
    version = town.adopt(OVERDUE, SINCE)
    late, timely, silent = (case_of(town, version, at) for at in (town.cup, town.door, town.away))
    for case, at in ((late, town.cup), (timely, town.door), (silent, town.away)):
        tell(town, case, at, due=None if at == town.away else day(10))
    judge_commits(moment(day(3)))
    assert judge_daily(moment(day(10))) == 1 and told() == []
    judge_daily(moment(day(11)))
    tell(town, timely, town.door, submitted=day(9))
    judge_commits(moment(day(12)))
    tell(town, late, town.cup, submitted=day(14))
    judge_commits(moment(day(14)))
    key = str(late)
    assert [one for one in told() if one[0] == key] == [(key, "", "unreported", day(11)), (key, "unreported", "late", day(14))]
    assert [one[1:3] for one in told() if one[0] == str(timely)] == [("", "unreported"), ("unreported", "")], "known late to be in time"
    assert Run.objects.filter(version=version, road="ledger").count() == 3
    assert Finding.objects.count() == Warning.objects.count() == 3

    snapshot.build(town.now)  # both roads, and the scalar form, say the same
    from_files = assess(version.pack, regional(REGION), day(15), REGION)
    from_ledger = assess(version.pack, reading.for_enterprises([town.cup, town.door, town.away]), day(15), REGION)
    assert from_files == from_ledger and from_files.digest == from_ledger.digest and len(from_files.groups) == 2
    assert from_files.outcomes == choose(version.pack, [one.values for one in from_files.groups], version.pack.settings(day(15))) == ["late", ""]
    assert assess(version.pack, regional(REGION), day(12), REGION).groups[0].values == {"unreported": 2, "late": 0}, "as the 12th saw it"

    [because] = commands.explain_key(version.policy, key)
    assert because["title"] == "逾期上报" and because["met"] == [{"text": "整改逾期上报天数 4 达到 逾期上报：晚于期限 1", "holds": True}]
    shown = page(town.people.lijianguo, f"/judge/policies/{version.pk}/assessments/")
    assert "恒岳杯业：橙色预警" in shown and "逾期上报" in shown and "石塘门业" not in shown
    assert "22家企业开展重点安全执法" in page(town.people.lijianguo, f"/judge/assessments/{because['assessment']}/")
    rule = page(town.people.lijianguo, f"/judge/policies/{version.pk}/")
    assert "的案件" in rule and "不作历史试算" in rule and "看评定结果" in rule
    assert page(town.people.linwai, f"/judge/policies/{version.pk}/assessments/") == "404"
    assert page(town.people.linwai, f"/judge/assessments/{because['assessment']}/") == "404"


def test_townships_are_coloured_by_what_the_pool_does_not_hold_and_a_new_table_changes_them(town) -> None:
    version = town.adopt(INDEX, SINCE)
    town.staff(town.cup, {day(1): 100})
    judge_daily(moment(day(3)))
    assert told() == [], "nothing was reported yet"
    head = town.people.lijianguo
    with pytest.raises(Refused, match="缺少列：hazards"):
        table_of("key,dual\n990100001,1\n", version.pack)
    with pytest.raises(Refused, match="不能晚于今天"):
        ReportInputs(head.actor, moment(day(4)), version, table_of(THREE, version.pack), day(9)).do()
    ReportInputs(head.actor, moment(day(4)), version, table_of(THREE.replace(",", "\t"), version.pack), day(3)).do()
    judge_daily(moment(day(4)))
    assert told() == [("990100001", "", "blue", day(4)), ("990100002", "", "red", day(4))]
    one = Assessment.objects.get(key="990100001")
    assert one.figures["index"] == pytest.approx(1.0)
    [because] = commands.explain_key(version.policy, "990100001")
    assert because["met"][0]["text"].startswith("风险综合指数 1 ") and because["met"][0]["holds"], "with what stood between on that day"
    judge_daily(moment(day(5)))
    assert len(told()) == 2, "kept where it changes only"
    stricter = edited(INDEX, version.pack, Edit({"parameters.blue_from": 0.9}, "云政发〔2026〕3号", "0.9以上为蓝色")).replace("else 1 - scaled(dead)", "else scaled(dead)")
    draft = DraftPolicy(head.actor, moment(day(5)), stricter, REGION).do()
    apart = commands.diff(version.policy, moment(day(5)), day(5), REGION, None, None, day(5))
    assert apart["sentence"] == "按 2026-03-05 的数据，2 个镇（街道、区）中有 1 个结果改变。"
    assert apart["texts"] == ["蓝色：指数达到：0.7 → 0.9", "“风险综合指数”的算法有改动"]
    assert [one["sentence"] for one in apart["moves"]] == [f"{one.name}：由“蓝色（风险较低）”变为“黄色（风险一般）”（风险综合指数 1 → 0.8）"]
    shown = page(head, f"/judge/policies/{draft.pk}/difference/")
    assert "2 个镇（街道、区）中有 1 个结果改变。" in shown and "哪些镇（街道、区）会变" in shown and "风险综合指数 1 → 0.8" in shown
    assert "新旧对比" in page(head, f"/judge/policies/{draft.pk}/")
    ReportInputs(head.actor, moment(day(6)), version, table_of(THREE.replace("60,8,50,10,2,1,40,4", "100,0,100,0,0,3,100,4"), version.pack), day(6)).do()
    judge_daily(moment(day(6)))
    assert told()[2:] == [("990100002", "red", "blue", day(6))], "only the dead (0.2) stand against it"
    shown = page(head, f"/judge/policies/{version.pk}/assessments/")
    assert "蓝色（风险较低）" in shown and "本地填报" in shown and "加一个地方" in shown


def test_the_target_of_the_whole_area_is_followed_from_year_to_year_and_the_machine_reads_it(town, tmp_path: Path) -> None:
    version = town.adopt(TARGET, SINCE)
    recognised = {"status": "recognised", "accepted": day(3), "recognised": day(3)}
    town.staff(town.cup, {day(1): 100, day(1) - timedelta(days=1): 100})
    town.injure(day(2), at=town.cup, **recognised)
    judge_daily(moment(day(4)))
    town.injure(day(3), at=town.cup, **recognised)
    judge_daily(moment(day(5)))
    assert told() == [("", "", "met", day(4)), ("", "met", "missed", day(5))]
    out = StringIO()
    call_command("policy", "explain", "--policy", version.policy, "--key", "", "--json", stdout=out)
    assert json.loads(out.getvalue())[0]["title"] == "未达目标"
    easier = edited(TARGET, version.pack, Edit({"parameters.rate_to": 3}, "云政发〔2026〕4号", "降到3%以内")).replace("window: last_12_months", "window: year_to_date")
    file = tmp_path / "easier.yaml"
    file.write_text(easier, encoding="utf-8")
    apart = commands.diff(str(file), moment(day(5)), day(5), REGION, None, None, day(5))
    assert [one["sentence"] for one in apart["moves"]] == ["全域：由“未达目标”变为“达到目标”（本年累计工伤事故发生率（百分率） 2）"]
    assert len(apart["texts"]) == 2
    file.write_text(INDEX.replace("zhejiang-regional-index", version.policy), encoding="utf-8")
    apart = commands.diff(str(file), moment(day(5)), day(5), REGION, None, None, day(5))
    assert apart["sentence"] == "两版评定的对象不同，不能逐个比较谁的结果变了。" and apart["texts"][0] == "评定对象：全域 → 镇（街道、区）"
    client = Client()
    client.force_login(town.people.lijianguo, backend="django.contrib.auth.backends.ModelBackend")
    User.objects.update(password_set=timezone.now())
    found = client.get("/api/assessments").json()["items"]
    assert [(one["outcome"], one["subject"], one["values"]["rate"]) for one in found] == [("missed", "area", 2.0), ("met", "area", 1.0)]
    assert client.get(f"/api/assessments/{found[0]['assessment']}/why").json()["before"] == "达到目标"
    client.force_login(town.people.linwai, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/api/assessments").json()["items"] == []
