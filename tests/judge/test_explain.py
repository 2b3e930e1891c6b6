from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from judge.test_pages import page
from judge.test_run import FORCE, GAOTAI, KEY, SERIOUS, daily, day
from pypdf import PdfReader

import wushang
from wushang.evaluate.volume import reasons
from wushang.judge import commands
from wushang.judge.edit import Edit, edited
from wushang.judge.explain import why
from wushang.judge.file.reader import pack_of
from wushang.judge.load import load
from wushang.judge.models import Finding
from wushang.judge.preview import preview
from wushang.judge.run import regional
from wushang.people.models import Region, User
from wushang.pool import snapshot
from wushang.pool.models import EnterpriseVersion
from wushang.warn.judged import issuer_kind
from wushang.warn.models import Warning

TWO = (Path(wushang.__file__).parent / "policies/yongkang/two_warnings.yaml").read_text(encoding="utf-8")
pytestmark = pytest.mark.django_db


def test_why_gives_counts_dates_headcount_threshold_clause_version_and_commit(town) -> None:
    version = town.adopt(GAOTAI, FORCE)
    town.staff(town.cup, {day(1, 1): 100, day(1, 2): 120})
    town.injure(day(9), day(2), day(16))
    town.injure(day(30), at_work=False, situation="14-6")
    daily(town, version, day(20))
    told = why(Finding.objects.get())
    events = told.measured[0]
    assert (events.title, events.value, events.unit) == ("本年累计工伤事故起数", 3, "起")
    assert events.days == [day(2), day(9), day(16)]
    assert events.window and (events.window.start, events.window.end) == (day(1, 1), day(20))
    assert told.headcount == 110
    [red] = told.thresholds
    assert (red.value, red.words, red.basis) == (3, "发生3起以上工伤事故的企业,红色预警", "document")
    assert told.met[0].text == "本年累计工伤事故起数 3 达到 红色预警起点 3" and told.met[0].holds
    assert "红色预警" in told.clause and (told.version, told.commit, told.title) == (1, 4, "红色预警")


@pytest.mark.parametrize(("by_regulator", "issuer", "sent"), [(False, "township", "由所在镇（街道、区）发给单位"), (True, "regulator", "由行业主管部门发给单位")])
def test_why_says_who_warns_whom_as_the_parameter_decides(town, by_regulator, issuer, sent) -> None:
    """永康两预警: 市安委办 → 多发企业, 镇（街、区）或行业主管部门 → 一般企业."""
    told = {"parameters.key_events_from": 3, "parameters.general_events_from": 1, "parameters.by_regulator": by_regulator}
    version = town.adopt(edited(TWO, pack_of(TWO), Edit(told, "云安委办〔2026〕1号", "一般企业由谁预警")), FORCE)
    town.injure(day(2))
    daily(town, version, day(3))
    town.injure(day(5), day(6))
    daily(town, version, day(7))
    assert [why(one).sent for one in Finding.objects.order_by("pk")] == [sent, "由安委办发给单位"]
    assert [issuer_kind(one) for one in Finding.objects.order_by("pk")] == [issuer, "safety_committee"]
    User.objects.update(password_set=timezone.now())  # pages run by the real clock
    first = Finding.objects.order_by("pk")[0]
    assert f"按规则{sent}。" in page(town.people.wangli, f"/judge/findings/{first.pk}/")
    assert "一般企业由行业主管部门发出" in page(town.people.wangli, f"/judge/policies/{version.pk}/")


def test_why_speaks_of_the_facts_as_they_were_known_then(town) -> None:
    version = town.adopt(GAOTAI, FORCE)
    first, _second = town.injure(day(2), day(3))
    daily(town, version, day(20))
    town.correct(first, occurred=day(15))
    assert why(Finding.objects.get()).measured[0].days == [day(2), day(3)]


def test_why_says_years_later_what_it_said(town) -> None:
    """Later data, a later version of the rule, new names of the unit and of its township: page, PDF, command and API of the old finding
    do not move by a letter."""
    version = town.adopt(GAOTAI, FORCE)
    town.staff(town.cup, {day(1, 1): 100, day(1, 2): 120})
    first, *_others = town.injure(day(9), day(2), day(16))
    daily(town, version, day(20))
    finding = Finding.objects.get()
    warning = Warning.objects.create(
        enterprise_id=town.cup, policy=version.policy, version=version, finding=finding, level="red", opened=town.now, mode="demo"
    )
    User.objects.update(password_set=timezone.now())
    before = said(town, finding, warning)
    assert "恒岳杯业" in before[0] and "2026-03-16" in before[1] and "红色预警起点3起" in before[1] and '"version": 1' in before[2]

    old = EnterpriseVersion.objects.current().get(enterprise=town.cup)
    town.land(EnterpriseVersion, [town.unit(town.cup, "恒岳集团", "990100002")], replaces=(old.pk,))
    Region.objects.filter(code="990100001").update(name="新城街道")
    town.correct(first, occurred=day(15), severity="fatal", status="refused")
    town.injure(day(21), day(22), day(5, 1, 2027))
    town.staff(town.cup, {day(1, 3): 900})
    told = {"parameters.red_from": 9, "parameters.orange_from": 8, "parameters.yellow_from": 7}
    text = edited(GAOTAI, version.pack, Edit(told, "云人社发〔2026〕9号", "发生9起以上的")).replace("“黄橙红”分级预警\n", "分级预警（新）\n", 1)
    later = town.adopt(text, day(1, 6))
    daily(town, later, day(2, 6))
    assert Finding.objects.get(pk__gt=finding.pk).outcome == "", "five accidents are no warning by the later version"
    after = said(town, Finding.objects.get(pk=finding.pk), Warning.objects.get(pk=warning.pk))
    assert after == before
    assert "现名：恒岳集团" in page(town.people.wangli, f"/judge/findings/{finding.pk}/")


def said(town, finding: Finding, warning: Warning) -> tuple[str, str, str, dict]:
    """What decided, by the page, the PDF of the record, the command and the API."""
    whole = page(town.people.wangli, f"/judge/findings/{finding.pk}/")
    shown = whole[whole.index("<h1>") : whole.index("</h1>")] + whole[whole.index("数了什么") : whole.index("<h2>经过")]
    pdf = "".join(part.extract_text() for part in PdfReader(BytesIO(reasons.page(warning, ""))).pages)
    out = StringIO()
    call_command("policy", "explain", "--finding", str(finding.pk), "--json", stdout=out)
    client = Client()
    client.force_login(town.people.wangli, backend="django.contrib.auth.backends.ModelBackend")
    return shown, "".join(pdf.split()), out.getvalue(), client.get(f"/api/findings/{finding.pk}/why").json()


def test_what_is_missing_is_said_to_be_missing(town) -> None:
    version = town.adopt(GAOTAI, FORCE)
    town.injure(day(2), day(3))
    daily(town, version, day(20))
    told = why(Finding.objects.get())
    hazards = next(one for one in told.measured if one.code == "hazards")
    assert (hazards.value, hazards.shown) == (None, "缺数") and told.headcount is None
    assert told.met[1].text == "职业病危害隐患 缺数 超过 0" and not told.met[1].holds


def test_the_command_explains_a_unit_as_plain_values(town) -> None:
    version = town.adopt(GAOTAI, FORCE)
    town.injure(day(2))
    daily(town, version, day(20))
    [told] = commands.explain(town.cup)
    assert told["outcome"] == "yellow" and told["measured"][0]["days"] == ["2026-03-02"]
    assert commands.export("gaotai-graded-warning") == GAOTAI.encode()


def test_a_delivery_is_judged_before_it_is_taken_in(town) -> None:
    """恒岳杯业 has one accident; the file brings another for it and the first for 石塘门业. Nothing is written."""
    town.adopt(GAOTAI, FORCE)
    town.injure(day(2))
    row = {"event": "n1", "occurred": day(10), "status": "reported", "at_work": True, "severity": "minor"}
    added = [
        row | {"injury": -1, "enterprise": town.cup, "employer": town.cup},
        row | {"injury": -2, "enterprise": town.door, "employer": town.door},
    ]
    expected = preview([town.cup, town.door], {"injuries": added}, day(20))
    assert [(e.enterprise, e.before, e.after, e.rises) for e in expected] == [
        (town.cup, "yellow", "orange", True),
        (town.door, "", "yellow", True),
    ]
    assert [(e.before_title, e.after_title) for e in expected] == [("黄色预警", "橙色预警"), ("—", "黄色预警")]
    assert Finding.objects.count() == 0


def test_a_row_that_replaces_another_is_not_counted_twice(town) -> None:
    town.adopt(GAOTAI, FORCE)
    [injury] = town.injure(day(2))
    row = {"injury": injury, "enterprise": town.cup, "employer": town.cup, "event": "e", "occurred": day(3)}
    changed = [row | {"status": "accepted", "at_work": True, "severity": "minor"}]
    assert preview([town.cup], {"injuries": changed}, day(20), {"injuries": {injury}}) == []


def test_the_load_replays_twelve_months_and_sets_them_against_the_people_there(town) -> None:
    """2025: two accidents in May (one unit, yellow then orange), one in November at the other; a fresh year in January."""
    version = town.adopt(GAOTAI, FORCE)
    town.injure(date(2025, 5, 3), date(2025, 5, 20))
    town.injure(date(2025, 11, 20), at=town.door)
    town.injure(date(2026, 1, 20), at=town.door)
    snapshot.build(town.now)
    told = load(version.pack, regional("990100"), day(20), "990100")
    assert (told.months[0], told.months[-1]) == (date(2025, 3, 1), date(2026, 2, 1))
    by_month = {kind.outcome: kind.by_month for kind in told.kinds}
    assert by_month["yellow"] == [0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0]
    assert by_month["orange"] == [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    yellow = next(kind for kind in told.kinds if kind.outcome == "yellow")
    assert (yellow.total, yellow.days_each) == (3, 0.5)
    [desk] = told.desks
    assert (desk.people, desk.days, desk.working_days) == (2, 0.2, 20.7) and told.bearable  # (3 × 0.5 + 1 × 1.5) ÷ 12 = 0.25


def test_each_further_case_of_a_referral_is_one_more_piece_for_the_emergency_bureau(town) -> None:
    """Three grave accidents at one unit on three days are three referrals; 方志强 alone is there, half a day each."""
    version = town.adopt(SERIOUS, FORCE)
    town.injure(date(2025, 5, 3), date(2025, 5, 20), date(2025, 8, 1), severity="serious")
    town.injure(date(2025, 8, 9))
    snapshot.build(town.now)
    told = load(version.pack, regional("990100"), day(20), "990100")
    [kind], [desk] = told.kinds, told.desks
    assert kind.by_month == [0, 0, 2, 0, 0, 1, 0, 0, 0, 0, 0, 0]
    assert (desk.issuer, desk.people, desk.pieces, desk.days) == ("emergency", 1, 0.2, 0.1)


def test_two_issuers_are_two_desks_and_nobody_there_is_said(town) -> None:
    """永康: 安委办 issues to the key ones (nobody there), the townships to the general ones (张海燕)."""
    version = town.adopt(KEY, FORCE)
    told = load(version.pack, regional("990100"), day(20), "990100")
    assert [(desk.issuer, desk.people, desk.bearable) for desk in told.desks] == [("safety_committee", 0, False), ("township", 1, True)]
    assert not told.bearable
