"""数据订正: three accidents stood in a letter, one of them was not; who was told, what is said to them, what is never done."""

from datetime import date

import pytest

from wushang.integrate.undo import copy_of
from wushang.people.models import Department
from wushang.pool import landing
from wushang.pool.models import Commit, InjuryVersion
from wushang.terms.problem import Refused
from wushang.warn import corrected, noting, papers
from wushang.warn.deeds.draft_warning import DraftWarning
from wushang.warn.deeds.edit_letter import EditLetter
from wushang.warn.deeds.explain_correction import DraftNote, ReviewNote, SendBackNote, SignNote
from wushang.warn.deeds.issue_note import IssueNote, NumberNote, StampNote
from wushang.warn.deeds.keep_correction import KeepCorrection
from wushang.warn.deeds.settle_correction import NeedsNoNote, NeedsNote
from wushang.warn.models import Correction, Delivery, Letter, Push
from wushang.warn.outbox import deliver_some

pytestmark = pytest.mark.django_db
DAYS = (date(2026, 1, 12), date(2026, 2, 3), date(2026, 3, 6))


def amend(world, occurred, kind="correction", **changes) -> Commit:
    """A later commit says something else of the accident of that day."""
    row = InjuryVersion.objects.current().get(occurred=occurred)
    commit = landing.start(kind, "订正", world.people.system.actor, world.now)
    landing.claim(commit, InjuryVersion, [row.pk])
    landing.load(commit, InjuryVersion, [copy_of(row, **changes)])
    landing.publish(commit, world.now, [world.cup.pk])
    return commit


@pytest.fixture
def told(world, advance, people, now):
    """An orange warning of two accidents was delivered to the unit by hand, and told to its township and regulator."""
    world.headcount(58)
    for day in DAYS[1:]:
        world.injury(day)
    warning = DraftWarning(people.system.actor, now, world.finding("orange", values={"events": 2, "hazards": 0})).do()
    advance(warning, "delivered")
    deliver_some(now)
    return warning


def keep(world, commit) -> Correction:
    held = KeepCorrection(world.people.system.actor, world.now, commit, corrected.uses(commit)).do()
    return held[0]


def test_the_correction_lists_the_letter_with_its_number_and_both_figures(world, told):
    correction = keep(world, amend(world, DAYS[2], status="refused"))
    letters = [use for use in correction.uses.all() if use.kind == "letter"]
    first = letters[0]
    assert (first.what, first.number, first.figure, first.old, first.new) == (
        "《整改建议书》", "云人社预〔2026〕37号", "工伤事故起数", "2 起", "1 起",
    )  # fmt: skip
    assert "云溪市恒岳杯业有限公司" in first.told and "东城街道办事处" in first.told
    assert [(use.old, use.new) for use in letters[1:]] == [("2026年3月6日 车辆伤害 冲压工", "不再计入")]
    assert (correction.cause, correction.state, first.known < correction.commit) == ("mended", "pending", True)


def test_the_finding_carries_its_old_measure_too(world, told):
    correction = keep(world, amend(world, DAYS[2], status="refused"))
    finding = correction.uses.get(kind="finding")
    assert (finding.ref, finding.old, finding.new, finding.outside) == (told.finding_id, "2 起", "1 起", False)


def test_a_later_commit_that_changes_nothing_told_makes_no_correction(world, told):
    amend(world, DAYS[2], status="refused")
    assert corrected.uses(amend(world, DAYS[1], workshop="二车间")) == []


def test_a_late_report_is_listed_and_needs_no_explanation(world, told):
    world.injury(date(2026, 1, 9))
    commit = Commit.objects.order_by("-number").first()
    Commit.objects.filter(pk=commit.pk).update(enterprises=[world.cup.pk])
    commit.refresh_from_db()
    correction = keep(world, commit)
    assert (correction.cause, correction.state, correction.by) == ("late", "not_needed", "平台")
    assert ("2 起", "3 起") in [(use.old, use.new) for use in correction.uses.filter(kind="letter")]


def test_what_nobody_outside_was_told_needs_no_explanation(world, drafted):
    correction = keep(world, amend(world, DAYS[2], status="refused"))
    assert correction.state == "not_needed" and correction.uses.filter(kind="warning").exists()


def test_a_push_that_was_sent_is_listed(world, told, now):
    injury = InjuryVersion.objects.current().get(occurred=DAYS[2])
    push = Push.objects.create(injury_id=injury.injury_id, enterprise=world.cup, commit=injury.recorded.number, occurred=DAYS[2], created=now)
    town = Department.objects.get(code="990100001-town")
    Delivery.objects.create(
        push=push, purpose="push", recipient_kind="township", recipient=town.name, department=town, channel="inbox", title="t",
        mode="demo", state="delivered", created=now, next_attempt=now,
    )  # fmt: skip
    correction = keep(world, amend(world, DAYS[2], status="refused", kind="landing"))
    use = correction.uses.get(kind="push")
    assert (use.old, use.new, use.told) == ("2026年3月6日 车辆伤害", "不予认定", ["东城街道办事处"])
    assert correction.cause == "refused"


def test_the_note_is_signed_by_three_people_numbered_and_sent_to_all_who_were_told(world, told, people, now):
    correction = keep(world, amend(world, DAYS[2], status="refused"))
    clerk, head, leader = (one.actor for one in (people.wangli, people.lijianguo, people.zhoumin))
    DraftNote(clerk, now, correction, {"cause": "3月6日的事故不是你单位职工"}).do()
    with pytest.raises(Refused, match="不在这个环节"):
        SignNote(leader, now, correction).do()
    ReviewNote(head, now, correction).do()
    SignNote(leader, now, correction).do()
    with pytest.raises(Refused, match="还没有文号"):
        IssueNote(clerk, now, correction).do()
    NumberNote(clerk, now, correction, word="云人社预").do()
    assert not Delivery.objects.filter(letter=correction.note).exists()
    letter = IssueNote(clerk, now, correction).do()
    assert letter.number == "云人社预〔2026〕1号" and papers.official_file(letter).size > 10_000
    text = papers.piece(letter).text()
    assert "3月6日的事故不是你单位职工" in text and "《整改建议书》云人社预〔2026〕37号" in text and "2 起 1 起" in text
    assert Delivery.objects.filter(letter=letter, enterprise=world.cup).exists()
    assert {row.recipient for row in Delivery.objects.filter(letter=letter).exclude(department=None)} == {"东城街道办事处", "云溪市应急管理局"}
    correction.refresh_from_db()
    told.refresh_from_db()
    assert (correction.state, correction.by, told.state) == ("explained", "王丽", told.state)


def test_the_stamped_scan_of_a_note_is_the_official_piece(world, told, people, now):
    correction, clerk = keep(world, amend(world, DAYS[2], status="refused")), people.wangli.actor
    DraftNote(clerk, now, correction, {}).do()
    with pytest.raises(Refused, match="还没有文号"):
        StampNote(clerk, now, correction, b"%PDF-1.7 stamped", date(2026, 3, 20)).do()
    NumberNote(clerk, now, correction, typed="云人社预〔2026〕41号").do()
    with pytest.raises(Refused, match="还没有签发"):
        IssueNote(clerk, now, correction).do()
    StampNote(clerk, now, correction, b"%PDF-1.7 stamped", date(2026, 3, 20)).do()
    letter = IssueNote(clerk, now, correction).do()
    assert letter.official == "scan" and papers.official_file(letter).file.open().read() == b"%PDF-1.7 stamped"
    assert Delivery.objects.filter(letter=letter).exists()


def test_a_head_of_another_department_does_not_review_the_bureaus_note(world, told, people, now):
    correction = keep(world, amend(world, DAYS[2], status="refused"))
    DraftNote(people.wangli.actor, now, correction, {}).do()
    head = people.lijianguo
    head.department = Department.objects.get(code="990100-em")
    with pytest.raises(Refused, match="由人社局发文，您不在该单位"):
        ReviewNote(head.actor, now, correction).do()


def test_one_person_does_not_draft_and_sign(world, told, people, now):
    correction = keep(world, amend(world, DAYS[2], status="refused"))
    head = people.lijianguo.actor
    DraftNote(head, now, correction, {}).do()
    with pytest.raises(Refused, match="不同的人"):
        ReviewNote(head, now, correction).do()


def test_a_note_sent_back_is_drafted_anew(world, told, people, now):
    correction = keep(world, amend(world, DAYS[2], status="refused"))
    DraftNote(people.wangli.actor, now, correction, {}).do()
    SendBackNote(people.lijianguo.actor, now, correction, "原因写得不清楚").do()
    assert noting.waits_for(correction) == "draft"
    DraftNote(people.wangli.actor, now, correction, {"cause": "写清楚了的原因"}).do()
    assert noting.waits_for(correction) == "review" and Letter.objects.filter(purpose="correction").count() == 1


def test_a_note_whose_issuer_was_entered_later_goes_on(world, told, people, now):
    """Written while the department list had no issuer: nobody may review it; written again it has one."""
    correction = keep(world, amend(world, DAYS[2], status="refused"))
    DraftNote(people.wangli.actor, now, correction, {}).do()
    Letter.objects.filter(purpose="correction").update(bureau=None, issuer="")
    correction.refresh_from_db()
    with pytest.raises(Refused, match="您不在该单位"):
        ReviewNote(people.lijianguo.actor, now, correction).do()
    DraftNote(people.wangli.actor, now, correction, {}).do()
    ReviewNote(people.lijianguo.actor, now, correction).do()
    assert Letter.objects.get(purpose="correction").issuer == "云溪市人力资源和社会保障局"


def test_a_letter_whose_department_was_renamed_has_a_note_all_the_same(world, told, people, now):
    """Letters of before the departments were kept with them: the rule's own issuer writes the note."""
    Letter.objects.update(bureau=None)
    correction = keep(world, amend(world, DAYS[2], status="refused"))
    DraftNote(people.wangli.actor, now, correction, {}).do()
    assert correction.note.issuer == "云溪市人力资源和社会保障局"


def test_not_explaining_needs_a_reason_and_can_be_taken_back(world, told, people, now):
    correction = keep(world, amend(world, DAYS[2], status="refused"))
    with pytest.raises(Refused, match="没有写为什么"):
        NeedsNoNote(people.lijianguo.actor, now, correction, " ").do()
    NeedsNoNote(people.lijianguo.actor, now, correction, "已经当面向单位说明").do()
    assert correction.state == "not_needed"
    NeedsNote(people.wangli.actor, now, correction).do()
    assert correction.state == "pending"


def test_nobody_of_another_county_may_touch_it(world, told, people, now):
    correction = keep(world, amend(world, DAYS[2], status="refused"))
    with pytest.raises(Refused, match="没有“起草更正说明”的权限"):
        DraftNote(people.linwai.actor, now, correction, {}).do()


@pytest.fixture
def circular(world, advance, people, now):
    """《通报》 of three accidents (12 Jan, 3 Feb, 6 Mar) went out to the unit and the county."""
    world.headcount(58)
    for day in DAYS:
        world.injury(day)
    warning = DraftWarning(people.system.actor, now, world.finding("red", values={"events": 3, "hazards": 0})).do()
    EditLetter(people.wangli.actor, now, warning, warning.letter, {"problems": ["冲压设备光电保护缺失"]}).do()
    advance(warning, "delivered")
    deliver_some(now)
    return warning


def entered_by_hand(world, occurred) -> Commit:
    world.injury(occurred)
    commit = Commit.objects.order_by("-number").first()
    Commit.objects.filter(pk=commit.pk).update(enterprises=[world.cup.pk])
    commit.refresh_from_db()
    return commit


def lines(correction, kind="letter") -> list[tuple[str, str, str, bool]]:
    return [(use.figure, use.old, use.new, use.outside) for use in correction.uses.filter(kind=kind)]


def test_one_more_by_hand_and_one_not_recognised_leave_the_three_of_the_circular_as_they_are(world, circular, people, now):
    """The letter printed 3. 9 January came by hand (4), 6 March was not recognised (3): nothing printed is wrong."""
    assert circular.letter.values["listed"][0]["events"] == 3 and "accidents" not in circular.letter.values
    first = keep(world, entered_by_hand(world, date(2026, 1, 9)))
    assert ("工伤事故起数", "3 起", "4 起", True) in lines(first)
    second = keep(world, amend(world, DAYS[2], status="refused"))
    assert lines(second) == [
        ("工伤事故起数", "3 起", "3 起", True),
        ("事故清单（文中未列）", "2026年3月6日 车辆伤害 冲压工", "不再计入", False),
        ("事故清单（文中未列）", "未列", "2026年1月9日 车辆伤害 冲压工", False),
    ]
    assert lines(second, "finding") == [("本年累计工伤事故起数", "3 起", "3 起", False)]
    assert {use.known for use in second.uses.all()} == {circular.finding.commit}
    assert (second.state, "写出去的数和现在一样" in second.reason) == ("not_needed", True)
    assert noting.figures(second) == []
    NeedsNote(people.wangli.actor, now, second).do()
    with pytest.raises(Refused, match="还缺：更正内容"):
        DraftNote(people.wangli.actor, now, second, {}).do()


def test_a_letter_that_lists_its_accidents_is_put_right_though_its_count_is_the_same(world, told):
    """《整改建议书》 printed 2 and both accidents; 9 January came (3), 6 March went (2): its list is wrong, its count is not."""
    keep(world, entered_by_hand(world, date(2026, 1, 9)))
    second = keep(world, amend(world, DAYS[2], status="refused"))
    assert second.state == "pending"
    assert [(row["figure"], row["old"], row["new"]) for row in noting.figures(second)] == [
        ("事故清单", "2026年3月6日 车辆伤害 冲压工", "不再计入"), ("事故清单", "未列", "2026年1月9日 车辆伤害 冲压工"),
    ]  # fmt: skip


def test_a_figure_that_an_issued_note_had_put_at_four_is_put_right_where_the_note_said_it(world, circular, people, now):
    first = keep(world, entered_by_hand(world, date(2026, 1, 9)))
    NeedsNote(people.wangli.actor, now, first).do()
    DraftNote(people.wangli.actor, now, first, {}).do()
    ReviewNote(people.lijianguo.actor, now, first).do()
    SignNote(people.zhoumin.actor, now, first).do()
    NumberNote(people.wangli.actor, now, first, typed="云人社预〔2026〕38号").do()
    IssueNote(people.wangli.actor, now, first).do()
    deliver_some(now)
    second = keep(world, amend(world, DAYS[2], status="refused"))
    figures = [(row["where"], row["old"], row["new"]) for row in noting.figures(second)]
    assert figures == [("《更正说明》云人社预〔2026〕38号", "4 起", "3 起")] and second.state == "pending"


@pytest.mark.parametrize(
    ("value", "unit", "words"), [(2, "起", "2 起"), (1203, "件", "1,203 件"), (24.822695, "‰", "24.82 ‰"), (None, "起", "缺数")]
)
def test_a_changed_figure_is_told_with_its_unit(value, unit, words):
    assert corrected.said(value, unit) == words
