"""The circular: what it counts of the whole place and says so, its day, who reads it."""

from __future__ import annotations

from datetime import date

import pytest

from wushang.people.access import scope_of
from wushang.people.actor import Actor
from wushang.people.models import Appointment, Department, Region, Role, User
from wushang.pool.models import EnterpriseVersion, Report
from wushang.pool.models.clock import latest
from wushang.terms.period import Period
from wushang.warn import facts, outbox, papers, tell, wording
from wushang.warn.compose import _until
from wushang.warn.deeds.draft_warning import DraftWarning
from wushang.warn.deeds.edit_letter import EditLetter
from wushang.warn.deeds.issue import Issue
from wushang.warn.deeds.number_letter import NumberLetter
from wushang.warn.models import InboxItem, Warning

pytestmark = pytest.mark.django_db
YEAR = Period(date(2026, 1, 1), date(2026, 3, 17))


@pytest.fixture
def circular(world, people, now):
    """Three accidents of 恒岳杯业 whose rows name no town, one of 石塘门业 that names another, one of another county."""
    for day in (6, 7, 8):
        world.injury(date(2026, 3, day))
    door = world.enterprise("石塘门业", "990100002", uscc="91999901MA00000026")
    world.injury(date(2026, 3, 9), at=door, region="990100002")
    world.injury(date(2026, 3, 9), at=world.enterprise("外县厂", "990200001", uscc="91999901MA00000034"))
    return DraftWarning(people.system.actor, now, world.finding("red")).do()


def test_rows_that_name_no_town_count_where_their_unit_lies(circular):
    assert circular.letter.values["total"] == 4
    assert facts.events_in("990100001", YEAR, latest()) == 3
    assert facts.events_in("990200", YEAR, latest()) == 1


def test_where_work_was_done_goes_before_who_employs(world):
    agency = world.enterprise("外县劳务派遣", "990200001", uscc="91999901MA00000034")
    world.injury(date(2026, 3, 6), at=agency, host_id=world.cup.pk)
    assert (facts.events_in("990100", YEAR, latest()), facts.events_in("990200", YEAR, latest())) == (1, 0)


def test_the_letter_says_by_which_date_it_counts_beside_the_number(circular):
    letter = circular.letter
    assert letter.values["period"] == "2026年1月1日至2026年3月9日"
    text = str(wording.letter("circular").fill(letter.values, issuer="人社局", number="", signed=None))
    assert "全市共接报生产经营性工伤事故4起（按发生日期统计）" in text
    assert letter.values["definition"].startswith("本通报按发生日期统计")


def test_one_injury_entered_today_does_not_move_the_day_the_data_reach(world):
    world.injury(date(2026, 3, 9))
    commit = world.injury(date(2026, 3, 20))
    entered = facts.counted(commit).get(occurred=date(2026, 3, 20)).injury_id
    row = {"source": "hand_entry", "sender": "990100001-town", "key": "SL1", "digest": "d", "injury_id": entered}
    commit = world.land(Report, row)
    assert facts.known_to("990100", commit) == date(2026, 3, 9)
    told = row | {"source": "injury_recognition", "sender": "990100-hrss", "key": "1号"}
    assert facts.known_to("990100", world.land(Report, told)) == date(2026, 3, 20)  # the file tells of it too
    assert facts.known_to("990100", commit) == date(2026, 3, 9)


def test_where_everything_is_entered_by_hand_the_entries_tell_the_day(world):
    commit = world.injury(date(2026, 3, 20))
    entered = facts.counted(commit).get().injury_id
    row = {"source": "hand_entry", "sender": "990100001-town", "key": "SL1", "digest": "d", "injury_id": entered}
    assert facts.known_to("990100", world.land(Report, row)) == date(2026, 3, 20)


@pytest.fixture
def stone_town(people, now):
    """石小溪 of 石塘镇, where the unit of the circular does not lie."""
    town = Department.objects.create(
        code="990100002-town", name="石塘镇人民政府", short_name="石塘镇", kind="township", region=Region.objects.get(code="990100002")
    )
    user = User.objects.create_user("shixiaoxi", "Wushang-2026", name="石小溪", department=town, password_set=now)
    Appointment.objects.create(user=user, role=Role.objects.get(code="township"), regions=["990100002"])
    user.actor = Actor(user, user.name, scope_of(user, now.date()))
    people.shixiaoxi = user
    return user


@pytest.fixture
def issued(circular, stone_town, people, now):
    """The circular of 恒岳杯业 in 东城街道, gone out to the whole county."""
    Warning.objects.filter(pk=circular.pk).update(state="signed")
    circular.refresh_from_db()
    NumberLetter(people.wangli.actor, now, circular, circular.letter, typed="云人社预〔2026〕38号").do()
    Issue(people.wangli.actor, now, circular).do()
    outbox.deliver_some(now)
    return circular


def test_every_township_reads_a_circular_whatever_unit_it_names(issued, people, signed_in, stone_town):
    """But the piece itself, its Word file and its pages stay with those whose unit it is."""
    client, letter = signed_in("shixiaoxi"), issued.letter
    page = client.get("/warn/inbox/").content.decode()
    assert "《通报》：云溪市恒岳杯业有限公司" in page
    item = InboxItem.objects.get(department=stone_town.department)
    assert client.post(f"/warn/inbox/{item.pk}/read/").url == f"/warn/letter/{letter.pk}/pdf"
    answer = client.get(f"/warn/letter/{letter.pk}/pdf")
    assert answer.status_code == 200 and b"".join(answer).startswith(b"%PDF")
    for address in (f"/warn/{issued.pk}/", f"/warn/letter/{letter.pk}/word", f"/warn/letter/{letter.pk}/page/1.png"):
        assert client.get(address).status_code == 404


def test_who_it_was_not_addressed_to_sees_neither_message_nor_letter(issued, people, signed_in):
    letter = issued.letter
    assert "《通报》" not in signed_in("linwai").get("/warn/inbox/").content.decode()
    assert signed_in("linwai").get(f"/warn/letter/{letter.pk}/pdf").status_code == 404
    assert signed_in("admin").get(f"/warn/letter/{letter.pk}/pdf").status_code == 403


def test_another_letter_of_another_town_stays_hidden(world, people, now, drafted, advance, stone_town, signed_in):
    advance(drafted, "issued")
    unit = stone_town.department
    tell.department(now, unit, purpose="letter", title="《风险提示函》已发给恒岳杯业", text="文", warning=drafted, letter=drafted.letter)
    outbox.deliver_some(now)
    assert "风险提示函" not in signed_in("shixiaoxi").get("/warn/inbox/").content.decode()
    assert signed_in("shixiaoxi").get(f"/warn/letter/{drafted.letter.pk}/pdf").status_code == 404


def test_before_it_leaves_nobody_elsewhere_reads_a_circular(circular, stone_town, signed_in):
    assert signed_in("shixiaoxi").get(f"/warn/letter/{circular.letter.pk}/pdf").status_code == 404


def handed_in(circular, people, now, advance, **written):
    """One more accident in the county came in since it was judged; then the clerk hands the circular in."""
    EditLetter(people.wangli.actor, now, circular, circular.letter, {"problems": ["未落实防护"], **written}).do()
    advance(circular, "signed")
    return Warning.objects.get(pk=circular.pk).letter


def test_a_circular_bears_the_day_of_its_signature_and_its_county_figures_are_of_that_day(world, people, now, circular, advance):
    """Judged on 17 March with data to the 9th, handed in and signed on the 20th with data to the 18th."""
    door = EnterpriseVersion.objects.current().get(name="石塘门业").enterprise
    world.injury(date(2026, 3, 18), at=door)
    letter = handed_in(circular, people, now, advance)
    piece = papers.piece(letter)
    assert piece.signed == "2026年3月20日"
    text = str(piece)
    assert "2026年1月1日至2026年3月18日，全市共接报生产经营性工伤事故5起（按发生日期统计）" in text
    assert "截至2026年3月17日，下列单位达到红色预警条件：" in text and letter.values["listed"][0]["events"] == 3


def test_county_figures_that_a_person_wrote_stay(world, people, now, circular, advance):
    world.injury(date(2026, 3, 18))
    letter = handed_in(circular, people, now, advance, total=6)
    assert (letter.values["total"], letter.values["period"]) == (6, "2026年1月1日至2026年3月18日")


def test_a_year_that_is_over_stays_as_it_was_judged():
    year = Period(date(2026, 1, 1), date(2026, 12, 30))
    assert _until(year, date(2027, 1, 4)) == year == _until(year, None)
    assert _until(year, date(2026, 12, 31)) == Period(date(2026, 1, 1), date(2026, 12, 31))
    rolling = Period(date(2025, 4, 1), date(2026, 3, 17))
    assert _until(rolling, date(2026, 3, 20)) == rolling


def test_a_circular_that_reached_the_whole_county_is_told_in_one_line(issued, signed_in):
    departments = Department.objects.filter(region__code__startswith="990100").count()
    item = InboxItem.objects.filter(department__isnull=False).first()
    InboxItem.objects.filter(pk=item.pk).update(read=issued.issued, read_by="石小溪")
    page = signed_in("wangli").get(f"/warn/{issued.pk}/")
    told = page.context["told"]
    assert len(told["folded"]) == issued.deliveries.filter(state="delivered").exclude(department=None).count() > 6
    assert all(row.department_id is None for row in told["rows"]) and departments >= len(told["folded"])
    assert f"站内已到达 {len(told['folded'])} 个镇街、部门，已阅 1 个" in page.content.decode()
